"""Answering a form one was asked: the same steps for a customer and for staff."""

from tratativa.cases import books, requests
from tratativa.cases.models import Request
from tratativa.cases.refusals import Invalid, NotAllowed
from tratativa.web import inputs, uploads
from tratativa.web.gates import ActingRequest
from tratativa.web.inputs import Filling

ACCEPTED, WRONG, TOO_LATE = 302, 422, 409


def take(request: ActingRequest, asked: Request) -> tuple[Filling, int]:
    """What was filled in, and the status of the answer: 302 when it was taken, else 422 or 409 with its errors."""
    filling = inputs.read(request, requests.form(asked), books.of(asked.case), uploads.keep_photographs)
    if filling.errors:
        return filling, WRONG
    try:
        requests.answer(asked, filling.values, by=request.actor, at=request.at)
    except Invalid as bad:
        filling.errors = bad.errors
        return filling, WRONG
    except NotAllowed as no:
        filling.errors = {"": str(no)}
        return filling, TOO_LATE
    return filling, ACCEPTED
