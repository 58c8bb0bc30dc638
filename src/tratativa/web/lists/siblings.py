"""The cases of one order, each in a line: what a customer said by telephone and by message side by side (A-38); and
the customer's others, about whatever else they bought."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from tratativa.accounts.actors import Actor
from tratativa.cases.core import facts, protocols, rulebook_versions, visibility
from tratativa.cases.models import Case
from tratativa.cases.sentences import labels
from tratativa.orders.models import Order
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.terms.parties import Party

FEW = 5


@dataclass(frozen=True)
class Sibling:
    """Another case of the same order."""

    shown: str
    url: str
    subject: str
    status: str
    tone: str
    channel: str
    opened_at: datetime


def of_order(order: Order, actor: Actor, *, but: Case | None = None) -> list[Sibling]:
    """The order's cases this actor may know of, newest first: one protocol per channel and matter (A-38)."""
    cases = visibility.visible_cases(actor).filter(order=order).order_by("-opened_at")
    return [of(one, actor) for one in cases[:30] if but is None or one.pk != but.pk]


def of_customer(case: Case, actor: Actor) -> tuple[list[Sibling], bool]:
    """The newest other cases of the case's customer that are not its order's, and whether there are more of them.

    Only those this actor may know of: a seller sees what was asked of that seller. One query, by
    `case_customer_recent`.
    """
    if case.customer_id is None:
        return [], False
    others = visibility.visible_cases(actor).filter(customer=case.customer_id, queue="").exclude(pk=case.pk)
    if case.order_id:
        others = others.filter(~Q(order=case.order_id) | Q(order=None))
    found = list(others.order_by("-opened_at")[: FEW + 1])
    return [of(one, actor) for one in found[:FEW]], len(found) > FEW


def of(case: Case, actor: Actor) -> Sibling:
    """A case in one line, from its own row."""
    book = rulebook_versions.of(case)
    status, tone = verdicts.status_label(book, facts.of_columns(case, actor.party), actor.party)
    place = "my_case" if actor.party is Party.CUSTOMER else "case"
    shown = protocols.show(case.protocol)
    return Sibling(
        shown=shown,
        url=reverse(place, args=[shown]),
        subject=rulebook_versions.subject(case),
        status=status,
        tone=tone,
        channel=labels.channel(case.channel),
        opened_at=case.opened_at,
    )
