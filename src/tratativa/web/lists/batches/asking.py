"""Asking something of many cases: the form, who would be refused, how the first would read, and the go."""

from typing import Any

from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tratativa.accounts import text
from tratativa.batches import asking
from tratativa.batches.models import What
from tratativa.cases.core import protocols
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.models import Case
from tratativa.rulebook.terms.parties import Party
from tratativa.saved_replies import filling, gaps, shelf
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.frame.home import came_from
from tratativa.web.lists.batches import chosen, wanting
from tratativa.web.lists.batches.chosen import Chosen
from tratativa.web.lists.batches.wanting import Said


@require_POST
@staff
def ask(request: StaffRequest) -> HttpResponse:
    """The form for the chosen cases; with `step` it is looked at, or done."""
    what = request.POST.get("do", "")
    if what not in wanting.KINDS:
        return HttpResponseBadRequest(_("Escolha o que fazer com os selecionados."))
    found = chosen.read(request)
    if not found.keys:
        return redirect(came_from(request, reverse("cases")))
    # What a filter selects is done once somebody was shown how much that is.
    step = "" if found.fresh else request.POST.get("step", "")
    said = wanting.read(request, What(what), first=step == "")
    if step != "go" or said.errors:
        return page(request, found, said, looked=step == "look", status=422 if step and said.errors else 200)
    try:
        batch = asking.ask(request.actor, said.wanted, found.keys, at=request.at)
    except NotAllowed as no:
        said.errors[""] = str(no)
        return page(request, found, said, status=409)
    if reply := shelf.chosen(request.actor, request.POST.get("reply", "")):
        shelf.used(reply, at=request.at)
    if batch.total <= asking.AT_ONCE:
        asking.perform(batch.pk)
    return redirect("batch", batch.pk)


def page(request: StaffRequest, found: Chosen, said: Said, *, looked: bool = False, status: int = 200) -> HttpResponse:
    """The form, with those of the first cases that would be refused as things stand."""
    foretold = asking.foretold(request.actor, said.wanted, found.keys, at=request.at)
    refused = [(case, why) for case, why in foretold if why]
    able = [case for case, why in foretold if not why]
    context = {
        "heading": heading(said.wanted.what),
        "what": str(said.wanted.what),
        "form": said,
        "fields": wanting.fields(request, said),
        "carried": found.carried,
        "next": came_from(request, reverse("cases")),
        "total": len(found.keys),
        "most": asking.MOST if len(found.keys) == asking.MOST else 0,
        "able": len(found.keys) - len(refused),
        "unlooked": len(found.keys) - len(foretold),
        "refused": [{"shown": protocols.show(case.protocol), "why": why} for case, why in refused],
        "replies": shelf.offered(request.actor) if said.wanted.what is What.REPLY else [],
        "gaps": [str(gap.label) for gap in gaps.GAPS],
        "example": _example(request, able, said) if looked or said.wanted.text else None,
        "trouble": said.errors.get("", ""),
    }
    return render(request, "desk/batches/ask.html", context, status=status)


def heading(what: What) -> str:
    """What the page is called."""
    return {
        What.REPLY: _("Responder a vários"),
        What.TAG: _("Etiquetar vários"),
        What.ACT: _("Fazer uma ação em vários"),
        What.CLOSE: _("Encerrar vários"),
        What.ASSIGN: _("Atribuir vários"),
    }[what]


def _example(request: StaffRequest, able: list[Case], said: Said) -> dict[str, Any] | None:
    """How the first of them would read, as it will be sent."""
    if said.wanted.what is not What.REPLY or not able or not said.wanted.to or not text.line(said.wanted.text):
        return None
    case = able[0]
    filled = filling.fill(case, said.wanted.text, writer=request.actor, reader=Party(said.wanted.to), at=request.at)
    return {"shown": protocols.show(case.protocol), "words": filled.words, "html": filled.html}
