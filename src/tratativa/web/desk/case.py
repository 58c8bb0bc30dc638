"""The page of a case, the pieces of it that renew themselves, and the draft being written on it."""

import uuid
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from tratativa.cases.acting import at_once
from tratativa.cases.core import live, protocols, rulebook_versions
from tratativa.cases.messages import drafts
from tratativa.cases.models import Case, Draft
from tratativa.cases.reading import open_cases
from tratativa.notices import reading as notices
from tratativa.web.case import drawing, owed, presence, sending
from tratativa.web.case.sending import Sent
from tratativa.web.desk.answers import attached
from tratativa.web.forms import uploads
from tratativa.web.frame import bodies, scoped_get, strip, typed
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.frame.typed import Writing


@require_GET
@staff
def case(request: StaffRequest, protocol: str) -> HttpResponse:
    """The case, with the actor's draft in the composer."""
    return page(request, scoped_get.case(request.actor, protocol))


@require_GET
@staff
def timeline(request: StaffRequest, protocol: str) -> HttpResponse:
    """The pieces that change while somebody writes: all but the composer's text."""
    found = scoped_get.case(request.actor, protocol)
    open_cases.see(found, by=request.actor)
    notices.see(found, request.actor, at=request.at)
    view = drawing.view(found, request.actor, at=request.at)
    return render(request, "desk/fragment.html", {"view": view, "fragment": True})


@require_POST
@staff
def draft(request: StaffRequest, protocol: str) -> HttpResponse:
    """Keeps what is being written; 409 with the other words where another page of theirs kept some meanwhile."""
    found = scoped_get.case(request.actor, protocol)
    writing = typed.read(request.POST, asks=False)
    try:
        kept = keep_draft(request, found, writing)
    except drafts.WrittenElsewhere as there:
        other = {"text": there.draft.body, "rich": there.draft.rich, "version": str(there.draft.version)}
        return JsonResponse({"saved": False, "elsewhere": other}, status=409)
    return JsonResponse({"saved": True, "version": str(kept.version)})


@bodies.takes_files
@require_POST
@staff
def add_file(request: StaffRequest, protocol: str) -> HttpResponse:
    """Takes a file into the draft and answers with its line, or with what was wrong with it (422)."""
    found = scoped_get.case(request.actor, protocol)
    kept = uploads.keep(request, rulebook_versions.of(found), draft=_own_draft(request, found))
    if kept.errors:
        return JsonResponse({"error": " ".join(kept.errors)}, status=422)
    return render(request, "parts/waiting_files.html", {"files": kept.files, "previews": True})


@require_POST
@staff
def remove_file(request: StaffRequest, protocol: str, key: uuid.UUID) -> HttpResponse:
    """Takes a file out of the draft."""
    found = scoped_get.case(request.actor, protocol)
    uploads.discard(request, str(key))
    return redirect(address(found))


def page(
    request: StaffRequest, found: Case, writing: Writing | None = None, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The case's page around what is being written; without that, around the draft."""
    view = drawing.view(found, request.actor, at=request.at)
    if writing is None:
        kept = drafts.of(found, request.actor)
        files = list(kept.files.filter(entry=None)) if kept else []
        writing = typed.of_draft(
            kept,
            files,
            to=owed.to(found, request.actor, view.lines, [value for value, _label in view.reply.recipients]),
        )
        writing.undo = not at_once.wants(request.actor.person)
    beside = [one.case_id for one in strip.visit(request, found)]
    notices.see(found, request.actor, at=request.at)
    brought = attached.of_request(request, found)
    context = {
        "view": view,
        "form": writing,
        "sent_before": _sent_before(request, found),
        "attached": brought,
        "other_tags": attached.others(writing.tags, brought),
        "presence": presence.of(found, request.actor),
        "case_id": found.pk,
        "case_token": live.desk_token(
            request.actor, [found.pk, *beside], session=request.session.session_key, at=request.at
        ),
        **more,
    }
    return render(request, "desk/case.html", context, status=status)


def _sent_before(request: StaffRequest, found: Case) -> Sent | None:
    """What the actor sent on the case they came from, where they went on at once."""
    key = typed.key(request.GET.get("sending", ""))
    sent = sending.of_key(key, request.actor, at=request.at) if key else None
    return sent if sent and sent.case_url != reverse("case", args=[protocols.show(found.protocol)]) else None


def keep_draft(request: StaffRequest, found: Case, writing: Writing) -> Draft:
    """Stores what is being written. Raises drafts.WrittenElsewhere, where the page said which draft it showed."""
    written: dict[str, Any] = {
        "by": request.actor, "at": request.at, "words": writing.text, "rich": writing.rich, "to": writing.to,
        "customer_reads": writing.customer_reads, "wait_for_answer": writing.wait_for_answer, "tags": writing.tags,
    }  # fmt: skip
    if writing.knows_draft:
        return drafts.keep_over(found, writing.draft, **written)
    return drafts.keep(found, **written)


def address(found: Case) -> str:
    """The case's page, at its composer."""
    return reverse("case", args=[protocols.show(found.protocol)]) + "#composer"


def _own_draft(request: StaffRequest, found: Case) -> Draft:
    return drafts.own(found, by=request.actor, at=request.at)
