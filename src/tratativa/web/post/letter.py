"""A letter to the customer, opened from the case as it was sent (T-05)."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from tratativa.cases.core import protocols
from tratativa.mail.models import Letter
from tratativa.mail.outgoing import outbox
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.post import frames
from tratativa.web.timeline import letters


@frames.around
@require_GET
@staff
def letter(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """What was sent, to whom, when, and what went wrong."""
    found = _find(request, key)
    context = {
        "letter": letters.draw(found, request.actor),
        "subject": found.subject,
        "text": found.text,
        "shown": protocols.show(found.case.protocol),
        "files": [file.name for file in found.entry.attachments.all()],
    }
    return render(request, "desk/letter.html", context)


@frames.inside
@require_GET
@staff
def letter_body(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """The letter's HTML, for the frame of its page."""
    return frames.letter(_find(request, key).html)


def _find(request: StaffRequest, key: uuid.UUID) -> Letter:
    return get_object_or_404(outbox.visible(request.actor).select_related("case", "entry"), pk=key)
