"""Requests: forms one party asks another to answer, and the answers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases import attachments, audience, changing, events, fields, visibility
from tratativa.cases.changing import Change
from tratativa.cases.models import Case, Request
from tratativa.cases.refusals import NotAllowed
from tratativa.rulebook.forms import FormField
from tratativa.rulebook.parties import Party


def pending(case: Case, actor: Actor) -> list[Request]:
    """The forms this actor's party is asked to answer, oldest first; a closed case asks nothing."""
    if not case.is_open:
        return []
    asked = Request.objects.filter(case=case, of=str(actor.party), answered_at=None).order_by("asked_at")
    return [request for request in asked if visibility.visible_cases(actor).filter(pk=case.pk).exists()]


def form(request: Request) -> tuple[FormField, ...]:
    """The request's fields, as the rulebook had them when it was asked."""
    return tuple(FormField.model_validate(one) for one in request.form)


def answer(request: Request, given: Mapping[str, Any], *, by: Actor, at: datetime) -> Case:
    """Answers a form, once; the turn goes back to who asked. Raises Invalid and NotAllowed."""
    if str(by.party) != request.of:
        raise NotAllowed(_("Este pedido é para outra pessoa responder."))
    with changing.judging(request.case_id, by=by, at=at) as change:
        asked = Request.objects.get(pk=request.pk)
        if asked.answered_at or not change.case.is_open:
            raise NotAllowed(_("Este pedido já não espera resposta."))
        values = fields.clean(form(asked), given, today=at.astimezone(change.book.clock.zone).date())
        _keep(change, asked, values)
    return change.case


def _keep(change: Change, request: Request, values: Mapping[str, Any]) -> None:
    files = [file for field in form(request) if field.type == "files" for file in values[field.id]]
    plain = {field.id: values[field.id] for field in form(request) if field.type != "files"}
    readers = audience.EVERYONE if Party.CUSTOMER in {request.of, request.by} else audience.TEAM_AND_SELLER
    words = "\n".join(
        f"{field.label}: {fields.show(field, values[field.id])}" for field in form(request) if values[field.id]
    )
    entry = change.record(events.Answered(request=str(request.pk), ask=request.ask), to=readers, words=words)
    attachments.attach(change, entry, files)
    request.answered_at, request.answers = change.at, plain
    request.save()
    change.case.answered = sorted({*change.case.answered, request.ask})
    change.case.photos_received = change.case.photos_received or bool(files)
    change.hand_to(Party(request.by), readers)
