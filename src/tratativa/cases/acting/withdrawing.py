"""Withdrawing: a buyer changes their mind in time, by whichever way the case came, and it holds from that moment on."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from tratativa.accounts.actors import Actor
from tratativa.cases import events
from tratativa.cases.core.change import Change
from tratativa.cases.models import Case
from tratativa.orders.models import Order
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.language.sections import Kind
from tratativa.rulebook.language.withdrawing import Way
from tratativa.rulebook.terms.facts import Stage
from tratativa.rulebook.terms.parties import Party


def begin(change: Change, *, by: Actor) -> None:
    """Puts on record that the customer withdrew, where a case they open is one of the rulebook's ways and in time.

    `by` is whose words opened it. What follows for the payment: `cases.orders.ordering.follow`.
    """
    case = change.case
    if case.order is None or by.party is not Party.CUSTOMER or case.parent_id:
        return
    way = way_of(change.book, case.order, at=change.at)
    if way is None or case.reason != way.reason:
        return
    Order.objects.select_for_update().only("id").get(pk=case.order.pk)  # two taps at once: one of them waits
    if of_order(Case.objects.filter(order=case.order_id)):  # said once, it holds; saying it again is a message
        return
    change.record(events.Withdrawn(arrived=has_arrived(case.order)), to=change.everyone, by=by)


def way_of(book: Rulebook, order: Order, *, at: datetime) -> Way | None:
    """How the customer may withdraw from this order now; None where they may not, or the rulebook has no way."""
    rule = book.withdrawal
    if rule is None or order.stage == "cancelled" or rule.is_over(order.delivered_at, at, book.clock):
        return None
    return rule.way(arrived=has_arrived(order))


def kind_of(book: Rulebook, way: Way) -> Kind | None:
    """The kind of case a customer opens it as."""
    reason = book.reason(way.reason)
    fitting = (one for key, one in book.kinds.items() if reason and (not reason.kinds or key in reason.kinds))
    return next((one for one in fitting if Party.CUSTOMER in one.opened_by and one.order != "none"), None)


def of_order(cases: QuerySet[Case]) -> Case | None:
    """The first of these cases by which somebody withdrew; None where nobody did."""
    return cases.filter(entries__event=events.Withdrawn.name).order_by("opened_at").first()


def orders_of(cases: QuerySet[Case], orders: Sequence[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Which of these orders somebody withdrew from, in one of these cases. One query."""
    found = cases.filter(order__in=orders, entries__event=events.Withdrawn.name)
    return frozenset(found.values_list("order", flat=True))


def has_arrived(order: Order) -> bool:
    """Whether the goods have come."""
    return Stage.index(order.stage) >= Stage.index("delivered")
