"""The facts of a case or of an order about to have one: rows become what a rulebook may ask about."""

from tratativa.accounts.actors import Actor
from tratativa.cases.models import Case
from tratativa.orders.models import Order
from tratativa.rulebook.facts import Facts, Value
from tratativa.rulebook.parties import Party


def of_case(case: Case, by: Actor | None = None) -> Facts:
    """Everything known about a case; needs `order` and `seller` loaded."""
    return {**of_columns(case, by.party if by else None), **of_order(case.order), **_of_seller(case), **_of_actor(by)}


def of_columns(case: Case, party: Party | None = None) -> dict[str, Value]:
    """What the case's own row says: enough to name its status in a list, where orders are not loaded."""
    return {
        "case.status": "open" if case.is_open else "closed",
        "case.kind": case.kind,
        "case.reason": case.reason,
        "case.channel": case.channel,
        "case.origin": case.origin,
        "case.waiting_on": case.turn_for(party),
        "case.mediation": case.mediation,
        "case.critical": case.critical,
        "case.overdue": case.overdue_since is not None,
        "case.assigned": case.assignee_id is not None,
        "history.offered": frozenset(case.offered),
        "history.done": frozenset(case.done),
        "history.customer_answered": case.customer_answered,
    }


def of_order(order: Order | None) -> dict[str, Value]:
    """What is known about an order, or that there is none."""
    if order is None:
        return {"order.known": False}
    return {
        "order.known": True,
        "order.stage": order.stage,
        "order.payment_method": order.payment_method or None,
        "order.total_cents": order.total_cents,
        "seller.delivery": order.seller.delivery,
        "seller.suspended": order.seller.suspended_at is not None,
    }


def _of_seller(case: Case) -> dict[str, Value]:
    if case.seller is None:
        return {}
    return {"seller.delivery": case.seller.delivery, "seller.suspended": case.seller.suspended_at is not None}


def _of_actor(by: Actor | None) -> dict[str, Value]:
    return {} if by is None else {"actor.party": str(by.party), "actor.role": by.role}
