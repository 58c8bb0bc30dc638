"""Requests: forms one party asks another to answer, and the answers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tratativa.accounts import documents
from tratativa.accounts.actors import Actor
from tratativa.cases import door, events
from tratativa.cases.core import audience, order_lines, rulebook_versions, visibility
from tratativa.cases.core.change import Change
from tratativa.cases.core.filled import fields
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.files import attachments, identity_documents
from tratativa.cases.models import Case, Request, Text
from tratativa.cases.requests import following
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.forms import FormField
from tratativa.rulebook.terms.parties import Party


def pending(case: Case, actor: Actor) -> list[Request]:
    """The forms this actor's party is asked to answer, oldest first; a closed case asks nothing."""
    if not case.is_open:
        return []
    seen = visibility.visible_cases(actor).filter(pk=case.pk)
    asked = Request.objects.filter(case__in=seen, of=str(actor.party), answered_at=None, withdrawn_at=None)
    found = list(asked.order_by("asked_at"))
    for one in found:
        one.case = case
    return found


def form(request: Request) -> tuple[FormField, ...]:
    """The request's fields, as the rulebook had them when it was asked, in the language of who reads."""
    book = rulebook_versions.of(request.case)
    said = tuple(_said(FormField.model_validate(one), book) for one in request.form)
    return order_lines.offered(request.case, said)


def question(request: Request) -> str:
    """The words it is asked with, in the language of who reads; empty where they were erased."""
    words = Text.objects.filter(pk=request.entry_id).first() if request.entry_id else None
    return rulebook_versions.of(request.case).say(words.body) if words else ""


def label(request: Request) -> str:
    """What the form is called, in the language of who reads."""
    return rulebook_versions.of(request.case).say(request.label)


def _said(field: FormField, book: Rulebook) -> FormField:
    """It was kept in the rulebook's own language."""
    choices = {key: book.say(text) for key, text in field.choices.items()}
    return field.model_copy(update={"label": book.say(field.label), "help": book.say(field.help), "choices": choices})


def answer(request: Request, given: Mapping[str, Any], *, by: Actor, at: datetime) -> Case:
    """Answers a form, once; the turn goes back to who asked. Raises Invalid and NotAllowed."""
    if str(by.party) != request.of:
        raise NotAllowed(_("Este pedido é para outra pessoa responder."))
    with door.judging(request.case_id, by=by, at=at) as change:
        take(change, request, given, by=by)
    return change.case


def take(change: Change, request: Request, given: Mapping[str, Any], *, by: Actor, channel: str = "") -> None:
    """Takes a form's answer behind the door, as `by` gave it; `channel` where one of the team took it down.

    Raises Invalid, and NotAllowed where it waits for no answer any more.
    """
    asked = Request.objects.get(pk=request.pk)
    if asked.answered_at or asked.withdrawn_at or not change.case.is_open:
        raise NotAllowed(_("Este pedido já não espera resposta."))
    today = change.at.astimezone(change.book.clock.zone).date()
    values = fields.clean(form(asked), given, today=today, money=change.book.money, land=change.book.land)
    _check_owner(change, asked, values)
    _keep(change, asked, values, by, channel)


def withdraw(change: Change, request: Request) -> None:
    """Takes back a form that still waits: the procedure went on, and a late answer is refused."""
    if request.answered_at is None and request.withdrawn_at is None:
        request.withdrawn_at = change.at
        request.save(update_fields=["withdrawn_at"])
        readers = audience.of(Party(request.of), Party.MARKETPLACE)
        change.record(events.RequestWithdrawn(request=str(request.pk), ask=request.ask), to=readers)


def reopen(change: Change, request: Request) -> None:
    """Lets a form wait again that the team answered for the customer, or took back; what was answered is dropped."""
    if request.answered_at is None and request.withdrawn_at is None:
        return
    request.answered_at, request.withdrawn_at, request.answers, request.sealed = None, None, {}, {}
    request.save()
    change.case.answered = [name for name in change.case.answered if name != request.ask]
    readers = audience.of(Party(request.of), Party.MARKETPLACE)
    change.record(events.RequestReopened(request=str(request.pk), ask=request.ask), to=readers)


def _check_owner(change: Change, request: Request, values: Mapping[str, Any]) -> None:
    """Refuses a document that must be the customer's own and is another's (K04-06: the same CNPJ)."""
    own = change.case.customer.document if change.case.customer else ""
    for field in form(request):
        given = values.get(field.id)
        if field.owner == "customer" and given and given != own:
            kind = documents.kind_of(own, change.book.land.documents) or _("documento")
            said = _("A conta precisa ser do mesmo %(document)s da loja: «%(label)s» é outro.")
            raise Invalid({field.id: said % {"document": kind, "label": field.label}})


def _told(field: FormField, value: Any, book: Rulebook) -> str:
    """An answer as the timeline shows it: what is sealed is only said to have been given."""
    return str(_("informado")) if field.sealed else fields.show(field, value, book)


def _keep(change: Change, request: Request, values: Mapping[str, Any], by: Actor, channel: str) -> None:
    files = [file for field in form(request) if field.type == "files" for file in values[field.id]]
    plain = {field.id: values[field.id] for field in form(request) if field.type != "files" and not field.sealed}
    readers = audience.EVERYONE if Party.CUSTOMER in {request.of, request.by} else audience.TEAM_AND_SELLER
    filled = [(field, values[field.id]) for field in form(request) if values[field.id]]
    words = "\n".join(f"{field.label}: {_told(field, value, change.book)}" for field, value in filled)
    answered = events.Answered(request=str(request.pk), ask=request.ask, channel=channel)
    papers = [file for field in form(request) if field.type == "files" and field.sensitive for file in values[field.id]]
    with identity_documents.protecting(change, papers):
        attachments.record(change, answered, files, to=readers, words=words, by=by)
    request.answered_at, request.answers = change.at, plain
    request.sealed = {field.id: values[field.id] for field in form(request) if field.sealed and values[field.id]}
    request.save()
    change.case.answered = sorted({*change.case.answered, request.ask})
    if request.of == Party.CUSTOMER:
        change.case.customer_waiting = True
    change.case.photos_received = change.case.photos_received or bool(files)
    # A procedure that a customer's own answer walked on asks in the team's name, never in the customer's.
    asked_by = Party(request.by) if request.by != request.of else Party.MARKETPLACE
    change.hand_to(asked_by, readers)
    following.follow(change, request, values, by)
