"""The anchors' page: open to everybody, as it proves something to those who trust the desk least."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tratativa.evidence import anchoring
from tratativa.evidence.models import Anchor

SHOWN = 60  # of the page; the file has a year's and more


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The newest anchors, with what each signs."""
    found = Anchor.objects.select_related("key", "marketplace").order_by("-day", "marketplace__name")
    return render(request, "anchors.html", {"anchors": found[:SHOWN]})


@require_GET
def lines(request: HttpRequest) -> HttpResponse:
    """The newest thousand, one a line, oldest first: what `tratativa ledger verify --anchor` takes."""
    found = list(Anchor.objects.select_related("key").order_by("-day", "marketplace__name")[:1000])
    text = "".join(f"{anchoring.carried(one)}\n" for one in reversed(found))
    kept = HttpResponse(text, content_type="application/jsonl")
    kept["Content-Disposition"] = 'attachment; filename="anchors.jsonl"'
    return kept
