"""The facts of a case or of an order about to have one: rows become what a rulebook may ask about."""

from datetime import datetime

from tratativa.accounts import reach
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer, Registration
from tratativa.cases.core import rulebook_versions
from tratativa.cases.core.filled import form_facts
from tratativa.cases.models import Case
from tratativa.orders import registrations, registry
from tratativa.orders.models import Order
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.facts import Facts, Value
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.time.calendar import Calendar

CNPJ = 14  # characters


def of_case(case: Case, by: Actor | None = None, at: datetime | None = None) -> Facts:
    """Everything known about a case, as the actor's party may know it; needs `order` and `seller` loaded.

    Without a moment, facts that move with time are not known.
    """
    return {**under(rulebook_versions.of(case), case, by, at), **_of_parent(case), **form_facts.of(case)}


def under(book: Rulebook, case: Case, by: Actor | None = None, at: datetime | None = None) -> dict[str, Value]:
    """What the case's row, its order and its seller say under these rules: as `of_case`, and asks no database."""
    return {
        **columns(book, case, by.party if by else None), **of_order(case.order), **_of_time(book, case, at),
        **_of_seller(case), **_of_actor(by), "rulebook.denial_reasons": book.denial_reasons,
    }  # fmt: skip


def of_customer(case: Case, at: datetime) -> Facts:
    """What is known of the customer's registration: asked of the database, so only where a procedure needs it.

    What the Receita said counts for a day (`registry.FRESH`); then nobody knows it any more.
    """
    customer = case.customer
    if customer is None:
        return {}
    found = registrations.of(customer)
    done = [bool(step.get("at")) for step in found.signup]
    return {
        "customer.blocked": found.blocked_at is not None,
        "customer.signup": ("complete" if all(done) else "incomplete") if done else None,
        "customer.same_root": bool(registrations.group(customer)) if len(customer.document) == CNPJ else None,
        **_of_registry(customer, found, at),
    }


def _of_registry(customer: Customer, found: Registration, at: datetime) -> Facts:
    """Where the Receita has another address than ours, ours may follow it (K01-10)."""
    if found.registry_at is None or found.registry_at < at - registry.FRESH:
        return {}
    company = registry.company(found.registry)
    if company is None:
        return {"customer.registry_status": "missing"}
    land = rulebook_versions.land(customer.marketplace_id)
    compared = registry.compare(customer, found, company, land)
    address = next(one for one in compared if one.name == "address")
    same = address.differs is False or not company.address
    known = [one.differs for one in compared if one.differs is not None]
    return {
        "customer.registry": "outdated" if same else "updated",
        "customer.registry_status": company.status or None,
        "customer.registry_match": ("differs" if any(known) else "matches") if known else None,
    }


def of_moment(case: Case, by: Actor, at: datetime) -> Facts:
    """Everything as it is at this moment, whoever may know it: what effects ask."""
    return {**of_case(case, None, at), **_of_actor(by)}


def of_columns(case: Case, party: Party | None = None) -> dict[str, Value]:
    """What the case's own row says: enough to name its status in a list, where orders are not loaded."""
    return columns(rulebook_versions.of(case), case, party)


def columns(book: Rulebook, case: Case, party: Party | None = None) -> dict[str, Value]:
    """As `of_columns`, under these rules."""
    return {
        "case.status": "open" if case.is_open else "closed",
        "case.kind": case.kind,
        "case.queue": case.queue,
        "case.reason": case.reason,
        "case.channel": case.channel,
        "case.origin": case.origin,
        "case.waiting_on": case.turn_for(party),
        "case.mediation": case.mediation,
        "case.critical": case.critical,
        "case.internal": case.internal,
        "case.overdue": case.overdue_since is not None,
        "case.assigned": case.assignee_id is not None or case.seller_assignee_id is not None,
        "history.offered": frozenset(case.offered),
        "history.held": frozenset(case.held),
        "history.done": frozenset(case.done),
        "history.customer_answered": case.customer_answered,
        "history.customer_waiting": case.customer_waiting,
        "history.asked": frozenset(case.asked),
        "history.answered": frozenset(case.answered),
        "history.filled": frozenset(case.filled),
        "history.photos_received": case.photos_received,
        "return.stage": case.return_stage,
        "case.helped": _helped(book, case),
        "case.helping": case.helping,
    }


def _helped(book: Rulebook, case: Case) -> bool:
    return any(action.id in case.done for action in book.actions if action.place == "help")


def _of_time(book: Rulebook, case: Case, at: datetime | None) -> dict[str, Value]:
    """How long a buyer may change their mind after receiving, as `withdrawal` says: the last day included; never where
    the rulebook has none.

    The day the case was opened decides: what was asked in time stays in time, however late it is dealt with.
    """
    if at is None:
        return {}
    clock = book.clock
    closed: dict[str, Value] = {"case.days_since_closing": _days(case.closed_at, at, clock)}
    if case.order is None:
        return closed
    rule = book.withdrawal
    over = rule is None or rule.is_over(case.order.delivered_at, min(at, case.opened_at), clock)
    return {**closed, **of_age(case.order, at, clock), "order.regret_window": "closed" if over else "open"}


def of_age(order: Order, at: datetime, clock: Calendar) -> dict[str, Value]:
    """How many midnights have passed since the order was placed, and since it came, where the rulebook's clock is."""
    return {
        "order.days_since_order": _days(order.ordered_at, at, clock),
        "order.days_since_delivery": _days(order.delivered_at, at, clock),
    }


def _days(since: datetime | None, at: datetime, clock: Calendar) -> int | None:
    return (at.astimezone(clock.zone).date() - since.astimezone(clock.zone).date()).days if since else None


def of_order(order: Order | None) -> dict[str, Value]:
    """What is known about an order, or that there is none."""
    if order is None:
        return {"order.known": False}
    return {
        "order.known": True,
        "order.stage": order.stage,
        "order.payment_method": order.payment_method or None,
        "order.carrier": order.carrier,
        "order.total_cents": order.total_cents,
        "order.shortage_cents": order.shortage_cents,
        "order.distributor_cancels": order.seller.cancels_orders,
        "order.categories": frozenset(order.categories),
        "order.state": order.state,
        "seller.tier": order.seller.tier,
        "seller.delivery": order.seller.delivery,
        "seller.suspended": order.seller.suspended_at is not None,
    }


def _of_seller(case: Case) -> dict[str, Value]:
    if case.seller is None:
        return {}
    return {
        "seller.tier": case.seller.tier,
        "seller.delivery": case.seller.delivery,
        "seller.suspended": case.seller.suspended_at is not None,
    }


def _of_parent(case: Case) -> dict[str, Value]:
    """A child case's only: one query where its parent is not loaded."""
    if not case.queue or case.parent_id is None:
        return {}
    with reach.within(case.marketplace_id):  # whoever is asked does not know the case, only whether it goes on
        parent = case.parent
    return {"case.parent": "open" if parent and parent.is_open else "closed"}


def _of_actor(by: Actor | None) -> dict[str, Value]:
    return {} if by is None else {"actor.party": str(by.party), "actor.role": by.role}
