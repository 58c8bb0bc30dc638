"""Playing a story: its case is opened and its steps are done, each at its own hour, through the desk's own verbs."""

import io
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from tratativa.accounts import actors
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer, Membership
from tratativa.cases import sweeping
from tratativa.cases.acting import actions, opening, replying
from tratativa.cases.acting.opening import Opening
from tratativa.cases.core import rulebook_versions
from tratativa.cases.files import attachments, identity_documents
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Attachment, Case
from tratativa.cases.orders import command_outcomes
from tratativa.cases.queues import children, receita
from tratativa.cases.requests import requests
from tratativa.demo.stories import Step, Story
from tratativa.orders import registry
from tratativa.orders.models import Command, Order
from tratativa.playbooks import calling, reading, running
from tratativa.rulebook.language.step_kinds import Call

_HALF_AN_HOUR = timedelta(minutes=30)


def play(order: Order, story: Story, *, now: datetime) -> Case:
    """Opens a story's case and does its steps."""
    actor = _actor(order, story.who)
    case = opening.open_case(
        Opening(
            order,
            reason=story.reason,
            message=Message(_named(story.text, order.customer), to=story.to, customer_reads=story.to == "customer"),
            channel=story.channel,
            kind=story.kind,
        ),
        by=actor,
        at=now - timedelta(hours=story.ago),
    )
    for step in story.steps:
        at = now - timedelta(hours=step.ago)
        sweeping.sweep(at=at)  # what ran out before this step happened before it
        _catch_up(order, at)
        about, by = _about(case, order, step)
        _VERBS.get(step.verb, _perform)(about, by, step, at, now)
        _catch_up(order, at)
    return case


def _catch_up(order: Order, at: datetime) -> None:
    """What a worker would have done by then: news between children and parents, commands on registrations."""
    for command in Command.objects.filter(marketplace=order.marketplace_id, order=None, state="asked"):
        command_outcomes.deliver(command.pk, at=at)
    while children.catch_up(order.marketplace_id, at=at):
        pass


def _about(case: Case, order: Order, step: Step) -> tuple[Case, Actor]:
    """The case the step is about, as it stands now, and who acts: for a queue, its last child case and its people."""
    case.refresh_from_db()
    if rulebook_versions.of(case).queue(step.who) is None:
        return case, _actor(order, step.who)
    child = Case.objects.filter(parent=case, queue=step.who).select_related("partner").latest("opened_at")
    assert child.partner
    member = Membership.objects.select_related("person").filter(partner=child.partner).first()
    return child, actors.of_membership(member) if member else actors.of_partner(child.partner)


def _reply(case: Case, by: Actor, step: Step, at: datetime, _now: datetime) -> None:
    replying.reply(
        case,
        Message(_named(step.text, case.customer), to=step.to, customer_reads=step.reads, wait_for_answer=step.waits),
        by=by,
        at=at,
    )


def _answer(case: Case, by: Actor, step: Step, at: datetime, _now: datetime) -> None:
    requests.answer(requests.pending(case, by)[0], step.fields, by=by, at=at)


def _start(case: Case, by: Actor, step: Step, at: datetime, _now: datetime) -> None:
    running.start(case, step.text, by=by, at=at)


def _choose(case: Case, by: Actor, step: Step, at: datetime, _now: datetime) -> None:
    running.choose(case, step.text, by=by, at=at)


def _call(case: Case, by: Actor, _step: Step, at: datetime, _now: datetime) -> None:
    """Calls at the last moment before `at` that counts; a story told on a Sunday has none since the procedure began."""
    run = running.of(case)
    here = reading.step(case, run) if run else None
    if run is None or not isinstance(here, Call):
        return
    clock, made = rulebook_versions.of(case).clock, calling.made(run)
    while at > max([run.started_at, *made]):
        if calling.counts(here.call, made, at, clock):
            running.call(case, reached=False, by=by, at=at)
            return
        at -= _HALF_AN_HOUR


def _verify(case: Case, by: Actor, step: Step, at: datetime, _now: datetime) -> None:
    running.verify(case, step.fields, by=by, at=at)


def _task(case: Case, by: Actor, step: Step, at: datetime, now: datetime) -> None:
    due = timezone.localtime(now + timedelta(hours=step.due))
    fields = {"data-e-hora": f"{due:%Y-%m-%dT%H:%M}", "texto": step.text}
    actions.perform(case, "Adicionar tarefa", by=by, at=at, fields=fields)


def _look_up(case: Case, by: Actor, _step: Step, at: datetime, _now: datetime) -> None:
    if registry.installed():
        receita.carry(receita.ask(case, by=by, at=at).pk, at=at)


def _paper(case: Case, by: Actor, _step: Step, at: datetime, _now: datetime) -> None:
    drawn = io.BytesIO()
    picture = Image.new("RGB", (640, 400), "#e8eef0")
    ImageDraw.Draw(picture).text((40, 180), "DOCUMENTO DE EXEMPLO", fill="#33525c", font_size=44)
    picture.save(drawn, "PNG")
    upload = SimpleUploadedFile("rg-frente.png", drawn.getvalue())
    file = attachments.receive(upload, by=by, at=at, limit=rulebook_versions.of(case).attachments.max_size)
    asked = requests.pending(case, by)[0]
    requests.answer(asked, {requests.form(asked)[0].id: [file]}, by=by, at=at)


def _open_paper(case: Case, by: Actor, _step: Step, at: datetime, _now: datetime) -> None:
    identity_documents.opened(Attachment.objects.filter(case=case, sensitive=True).latest("added_at"), by=by, at=at)


def _perform(case: Case, by: Actor, step: Step, at: datetime, _now: datetime) -> None:
    actions.perform(case, step.verb, by=by, at=at, fields=_filled(step.fields, case.customer))


_VERBS: Mapping[str, Callable[[Case, Actor, Step, datetime, datetime], None]] = {
    "reply": _reply,
    "answer": _answer,
    "start": _start,
    "choose": _choose,
    "call": _call,
    "verify": _verify,
    "task": _task,
    "look_up": _look_up,
    "paper": _paper,
    "open_paper": _open_paper,
}


def _filled(fields: Mapping[str, Any], buyer: Customer | None) -> dict[str, Any]:
    return {name: _named(value, buyer) if isinstance(value, str) else value for name, value in fields.items()}


def _named(words: str, buyer: Customer | None) -> str:
    return words.replace("{cliente}", buyer.name.split()[0] if buyer else "")


def _actor(order: Order, who: str) -> Actor:
    if who == "customer":
        return actors.of_customer(order.customer)
    seller = order.seller if who == "seller" else None
    members = Membership.objects.select_related("person").filter(
        marketplace=order.marketplace_id, seller=seller, partner=None
    )
    return actors.of_membership(members.order_by("person__name")[0])
