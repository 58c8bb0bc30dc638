"""Choosing a saved reply: its text comes back filled, for the composer to show; nothing is sent by it."""

import uuid

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tratativa.accounts import text
from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.messages import drafts
from tratativa.cases.models import Case
from tratativa.rulebook.terms.parties import Party
from tratativa.saved_replies import filling, gaps, shelf
from tratativa.saved_replies.filling import Filled
from tratativa.saved_replies.models import Reach, SavedReply
from tratativa.web.desk.answers import attached
from tratativa.web.frame import scoped_get, typed
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.frame.typed import Writing


@require_http_methods(["GET", "POST"])
@staff
def replies(request: StaffRequest, protocol: str) -> HttpResponse:
    """Those one may choose from: as a list for the page's picker; as a form of its own where no script runs, which
    keeps what was written, and puts the chosen text after it."""
    case = scoped_get.case(request.actor, protocol)
    offered = shelf.offered(request.actor)
    if request.method == "GET":
        return render(request, "desk/replies/list.html", {"replies": [_row(one) for one in offered]})
    writing = typed.read(request.POST, asks=False)
    reply = shelf.chosen(request.actor, request.POST.get("reply", ""))
    if reply is None:
        _keep(request, case, writing)
        context = {"shown": protocols.show(case.protocol), "form": writing, "replies": [_row(one) for one in offered]}
        return render(request, "desk/replies/choose.html", context)
    reader = _reader(request, case, reply, writing)
    filled = _filled(request, case, reply, reader)
    writing.text, writing.rich, writing.to = "\n\n".join(filter(None, [writing.text, filled.words])), "", str(reader)
    _keep(request, case, writing)
    return redirect(reverse("case", args=[protocols.show(case.protocol)], query={"reply": str(reply.pk)}) + "#composer")


@require_POST
@staff
def use(request: StaffRequest, protocol: str, key: uuid.UUID) -> HttpResponse:
    """The reply's text, filled for whom the form is addressed to, what it lacks, and what it brings along."""
    case = scoped_get.case(request.actor, protocol)
    reply = shelf.chosen(request.actor, str(key))
    if reply is None:
        raise Http404
    reader = _reader(request, case, reply, typed.read(request.POST, asks=False))
    filled = _filled(request, case, reply, reader)
    return JsonResponse(
        {
            "text": filled.words,
            "rich": filled.html,
            "to": str(reader),
            "told": _lacks(filled),
            "attached": render_to_string("desk/replies/attached.html", {"one": attached.of(reply, case, request)}),
        }
    )


def _filled(request: StaffRequest, case: Case, reply: SavedReply, reader: Party) -> Filled:
    filled = filling.fill(case, reply.text, writer=request.actor, reader=reader, at=request.at)
    shelf.used(reply, at=request.at)
    return filled


def _lacks(filled: Filled) -> str:
    if not filled.missing:
        return ""
    return _("Preencha antes de enviar: %(missing)s.") % {"missing": ", ".join(filled.missing)}


def _reader(request: StaffRequest, case: Case, reply: SavedReply, writing: Writing) -> Party:
    """Who is to read it: whom the reply is for, or else whom the form names; where neither says, the customer, who may
    know least."""
    may = [str(party) for party in rulebook_versions.of(case).replies.recipients(request.actor.party)]
    chosen = next((to for to in (reply.to, writing.to, *may[:1]) if to in may), "")
    return Party(chosen) if chosen else Party.CUSTOMER


def _keep(request: StaffRequest, case: Case, writing: Writing) -> None:
    kept = drafts.keep(
        case, by=request.actor, at=request.at, words=writing.text, rich=writing.rich, to=writing.to,
        customer_reads=writing.customer_reads, wait_for_answer=writing.wait_for_answer, tags=writing.tags,
    )  # fmt: skip
    writing.draft = kept.version


def _row(reply: SavedReply) -> dict[str, str]:
    said = gaps.shown(reply.text).replace("**", "")
    return {
        "key": str(reply.pk), "name": reply.name, "shortcut": reply.shortcut, "said": text.first_words(said, 90),
        "found_by": reply.found_by, "reach": str(Reach(reply.reach).label) if reply.reach != Reach.TEAM else "",
    }  # fmt: skip
