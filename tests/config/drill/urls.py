"""The pages of a drill: one that is quick, one that takes what is sent, one that is long, one that takes its time."""

import time

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

LONG = 20_000_000  # bytes
SLOW = 3.0  # seconds


def quick(request: HttpRequest) -> HttpResponse:
    """Two words."""
    return HttpResponse("a page\n")


@csrf_exempt
def take(request: HttpRequest) -> HttpResponse:
    """How much came, and that it is what was sent."""
    return HttpResponse(f"{len(request.body)} {request.body[:10].decode()}\n")


def long(request: HttpRequest) -> HttpResponse:
    """More than any buffer holds."""
    return HttpResponse(b"x" * LONG)


def slow(request: HttpRequest) -> HttpResponse:
    """Begins, and is over after a while."""
    time.sleep(SLOW)
    return HttpResponse("made\n")


urlpatterns = [path("quick", quick), path("take", take), path("long", long), path("slow", slow)]
