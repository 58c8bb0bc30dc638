"""Playing a story: its case is opened and its steps are done, each at its own hour, through the desk's own verbs."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tratativa.accounts import actors
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer, Membership
from tratativa.cases import actions, deadlines, messages, opening, requests
from tratativa.cases.models import Case
from tratativa.demo.stories import Step, Story
from tratativa.orders.models import Order


def play(order: Order, story: Story, *, now: datetime) -> Case:
    """Opens a story's case and does its steps."""
    actor = _actor(order, story.who)
    case = opening.open_case(
        order, reason=story.reason, words=_named(story.text, order.customer), by=actor,
        at=now - timedelta(hours=story.ago), to=story.to, customer_reads=story.to == "customer",
        channel=story.channel, kind=story.kind,
    )  # fmt: skip
    for step in story.steps:
        at = now - timedelta(hours=step.ago)
        deadlines.sweep(at=at)  # what ran out before this step happened before it
        _do(case, _actor(order, step.who), step, at)
    return case


def _do(case: Case, actor: Actor, step: Step, at: datetime) -> None:
    if step.verb == "reply":
        messages.reply(
            case, _named(step.text, case.customer), by=actor, at=at, to=step.to,
            customer_reads=step.reads, wait_for_answer=step.waits,
        )  # fmt: skip
    elif step.verb == "answer":
        case.refresh_from_db()
        requests.answer(requests.pending(case, actor)[0], step.fields, by=actor, at=at)
    else:
        actions.perform(case, step.verb, by=actor, at=at, fields=_filled(step.fields, case.customer))


def _filled(fields: Mapping[str, Any], buyer: Customer | None) -> dict[str, Any]:
    return {name: _named(value, buyer) if isinstance(value, str) else value for name, value in fields.items()}


def _named(words: str, buyer: Customer | None) -> str:
    return words.replace("{cliente}", buyer.name.split()[0] if buyer else "")


def _actor(order: Order, who: str) -> Actor:
    if who == "customer":
        return actors.of_customer(order.customer)
    seller = order.seller if who == "seller" else None
    members = Membership.objects.select_related("person").filter(marketplace=order.marketplace_id, seller=seller)
    return actors.of_membership(members.order_by("person__name")[0])
