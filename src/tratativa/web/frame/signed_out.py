"""Signed out while writing: nothing was taken, and the page says so, with the way in and back to the very page."""

from typing import Any

from allauth.account.forms import LoginForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tratativa.web.frame import ways_back

WHO = "X-Person"  # whose page a script of ours speaks for
# What a form carries besides what somebody typed.
_OURS = {"csrfmiddlewaretoken", "rich", "password", "secret", "seen", "once", "draft", "slip", "kept"}


def asks_in_script(request: HttpRequest) -> bool:
    """Whether a script of ours asks, and reads the answer itself."""
    accepts = request.headers.get("Accept") == "application/json"
    return accepts or WHO in request.headers or request.headers.get("HX-Request") == "true"


def is_somebody_elses(request: HttpRequest, person: object) -> bool:
    """Whether the page that asks was drawn for another person than who acts now: it learns nothing of theirs."""
    said = request.headers.get(WHO, "")
    return bool(said) and said != str(person)


def refuse(request: HttpRequest, door: str = "") -> HttpResponse:
    """401: to a script in JSON, else as a page; `door` is the way in where it is not the staff's form."""
    if asks_in_script(request):
        return JsonResponse({"error": sentence(), "signed_out": True}, status=401)
    back = ways_back.page(request)
    context: dict[str, Any] = {"back": back, "door": door, "words": _words(request)}
    if not door:
        context["form"] = LoginForm(request=request)
    return render(request, "signed_out.html", context, status=401)


def sentence() -> str:
    """What a page says once its person is no longer signed in."""
    return _("Não guardado: sua sessão terminou.")


def _words(request: HttpRequest) -> list[str]:
    """What was typed, for a browser without scripts to copy; the page is kept in no cache."""
    return [str(value) for name, value in request.POST.items() if name not in _OURS and len(str(value).split()) > 1]
