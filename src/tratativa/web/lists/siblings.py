"""The cases of one order, each in a line: what a customer said by telephone and by message side by side (A-38)."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from tratativa.accounts.actors import Actor
from tratativa.cases.core import facts, protocols, rulebook_versions, visibility
from tratativa.cases.models import Case
from tratativa.cases.sentences import labels
from tratativa.orders.models import Order
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.terms.parties import Party


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
