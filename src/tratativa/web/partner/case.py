"""A child case as its partner sees it: what was shared, the conversation, and the answer."""

from typing import Any

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tratativa.cases.acting import actions, replying
from tratativa.cases.core import live, order_lines, protocols, rulebook_versions
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.cases.queues import sharing
from tratativa.cases.reading import open_cases
from tratativa.notices import reading as noticed
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.verdict import Available
from tratativa.web.forms import answering, beginning, inputs, uploads
from tratativa.web.forms.inputs import Filling
from tratativa.web.frame import bodies, revealing, scoped_get, typed
from tratativa.web.frame.gates import PartnerRequest, partner
from tratativa.web.frame.typed import Writing
from tratativa.web.partner import states
from tratativa.web.timeline import lines

SHARED = "data.shared"


@require_GET
@partner
def case(request: PartnerRequest, protocol: str) -> HttpResponse:
    """The child case."""
    return _page(request, scoped_get.child(request.actor, protocol), Writing())


@require_GET
@partner
def timeline(request: PartnerRequest, protocol: str) -> HttpResponse:
    """The pieces that change while the partner writes."""
    found = scoped_get.child(request.actor, protocol)
    return render(request, "partner/fragment.html", _context(request, found) | {"fragment": True})


@bodies.takes_files
@require_POST
@partner
def reply(request: PartnerRequest, protocol: str) -> HttpResponse:
    """Answers; whoever asked hears of it."""
    found = scoped_get.child(request.actor, protocol)
    writing = typed.read(request.POST, asks=False)
    if "remove" in request.POST:
        uploads.discard(request, request.POST["remove"])
    kept = uploads.keep(request, rulebook_versions.of(found))
    writing.files, writing.errors = kept.files, kept.error
    if writing.errors or "remove" in request.POST:
        return _page(request, found, writing, status=422 if writing.errors else 200)
    try:
        message = Message(writing.text, files=writing.files, wait_for_answer=writing.wait_for_answer)
        replying.reply(found, message, by=request.actor, at=request.at)
    except Invalid as bad:
        writing.errors = bad.errors
        return _page(request, found, writing, status=422)
    except NotAllowed as no:
        writing.errors = {"": str(no)}
        return _page(request, scoped_get.child(request.actor, protocol), writing, status=409)
    notices.success(request, _("Resposta enviada. Obrigado!"))
    return redirect(_address(found))


@bodies.takes_files
@require_http_methods(["GET", "POST"])
@partner
def action(request: PartnerRequest, protocol: str, name: str) -> HttpResponse:
    """An action the rulebook gives its partners."""
    found = scoped_get.child(request.actor, protocol)
    chosen = rulebook_versions.of(found).action(name[:120])
    if chosen is None or request.actor.party not in chosen.by:
        raise Http404
    if request.method != "POST":
        return _form(request, found, chosen, beginning.of(request, found, chosen.fields))
    filling, status = answering.act(request, found, chosen)
    if status != answering.ACCEPTED:
        return _form(request, found, chosen, filling, status=status)
    notices.success(request, _("Feito: %(action)s.") % {"action": chosen.label})
    return redirect(_address(found))


def _page(request: PartnerRequest, found: Case, writing: Writing, *, status: int = 200) -> HttpResponse:
    token = live.token(request.actor, found, session=request.session.session_key, at=request.at)
    context = _context(request, found) | {"form": writing, "case_token": token}
    return render(request, "partner/case.html", context, status=status)


def _context(request: PartnerRequest, found: Case) -> dict[str, Any]:
    if request.actor.only_case is None:
        open_cases.read(found, by=request.actor, at=request.at)
        noticed.see(found, request.actor, at=request.at)
    book = rulebook_versions.of(found)
    verdict = actions.verdict(found, request.actor, at=request.at)
    told = lines.draw(found, request.actor)
    reply_ = verdict.find(book.replies.id)
    shown = protocols.show(found.protocol)
    # Bank data of a case that ended: their erasing follows within moments, and nobody reads them meanwhile.
    shared = [one for one in sharing.shown(found, request.actor) if found.closed_at is None or not one.sealed]
    return {
        "shown": shown,
        "case": found,
        "subject": rulebook_versions.subject(found),
        "state": states.tell(found, at=request.at, by_link=request.actor.only_case is not None),
        "shared": shared,
        "sealed": any(one.sealed for one in shared),
        "opened": revealing.is_open(request, found.pk, revealing.BANK),
        "shared_files": [file for line in told if line.event == SHARED for file in line.files],
        "lines": [line for line in told if line.event != SHARED and (line.is_message or not line.quiet)],
        "can_write": isinstance(reply_, Available),
        "offers": [
            {"label": one.action.label, "url": reverse("partner_action", args=[shown, one.action.id])}
            for one in verdict.available
            if one is not reply_
        ],
        "limit": book.attachments.max_size,
    }


def _form(request: PartnerRequest, found: Case, chosen: Action, filling: Filling, *, status: int = 200) -> HttpResponse:
    book = rulebook_versions.of(found)
    context = {
        "shown": protocols.show(found.protocol),
        "action": chosen,
        "fields": [inputs.draw(one, filling, book, at=request.at) for one in order_lines.offered(found, chosen.fields)],
        "trouble": filling.trouble,
    }
    return render(request, "partner/action.html", context, status=status)


def _address(found: Case) -> str:
    return reverse("partner_case", args=[protocols.show(found.protocol)])
