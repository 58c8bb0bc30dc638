"""Answering a form: one that was asked, or an action's; the same steps whoever fills it in."""

from tratativa.cases.acting import actions
from tratativa.cases.core import rulebook_versions
from tratativa.cases.core.refusals import Invalid, NotAllowed, Outdated
from tratativa.cases.models import Case, Request
from tratativa.cases.requests import requests
from tratativa.rulebook.language.actions import Action
from tratativa.web.forms import inputs, uploads
from tratativa.web.forms.inputs import Filling
from tratativa.web.frame.gates import ActingRequest

ACCEPTED, WRONG, TOO_LATE = 302, 422, 409


def take(request: ActingRequest, asked: Request) -> tuple[Filling, int]:
    """What was filled in, and the status of the answer: 302 when it was taken, else 422 or 409 with its errors."""
    filling = inputs.read(request, requests.form(asked), rulebook_versions.of(asked.case), uploads.keep_photographs)
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


def act(request: ActingRequest, case: Case, chosen: Action) -> tuple[Filling, int]:
    """Does an action of a customer or a partner; what was filled in, and the status as `take` gives it."""
    filling = inputs.read(request, chosen.fields, rulebook_versions.of(case))
    if filling.errors:
        return filling, WRONG
    try:
        actions.perform(case, chosen.id, by=request.actor, at=request.at, fields=filling.values)
    except Invalid as bad:
        filling.errors = bad.errors
        return filling, WRONG
    except (NotAllowed, Outdated) as no:
        filling.errors = {"": str(no)}
        return filling, TOO_LATE
    return filling, ACCEPTED
