"""Cards: the order and the customer beside a case, as far as this actor may know them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tratativa.accounts import documents
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer
from tratativa.cases.sentences import labels
from tratativa.orders.models import Line, Order
from tratativa.rulebook.terms.parties import Party
from tratativa.web.retailer.bought_orders import payment


@dataclass(frozen=True)
class OrderCard:
    """The order, as far as a case needs it."""

    number: str
    stage: str
    total: int
    goods: Sequence[Line]
    delivered_at: datetime | None
    by_day: Sequence[str]
    promised_at: date | None
    ordered_at: datetime
    payment: str
    refunded: int
    carrier: str
    tracking: str


@dataclass(frozen=True)
class CustomerCard:
    """Who bought. E-mail and telephone stay empty for a seller: everything goes through the desk (A-34).

    The team sees a document and a telephone whole once it asks to (L-26); `whole_document` is punctuated.
    """

    key: uuid.UUID
    name: str
    document: str
    email: str
    phone: str
    whole_document: str = ""
    may_reveal: bool = False
    may_shut_out: bool = False


def of_order(order: Order) -> OrderCard:
    """The order's card."""
    return OrderCard(
        number=order.number,
        stage=labels.stage(order.stage),
        total=order.total_cents,
        goods=list(order.lines.all()[:20]),
        delivered_at=order.delivered_at,
        by_day=order.by_day,
        promised_at=order.promised_at,
        ordered_at=order.ordered_at,
        payment=payment(order.payment_method) if order.payment_method else "",
        refunded=order.refunded_cents,
        carrier=order.carrier,
        tracking=order.tracking,
    )


def of_customer(customer: Customer, actor: Actor, kinds: Sequence[str]) -> CustomerCard:
    """The customer's card; `kinds` are the documents people have in the rulebook's land."""
    inside = actor.party is Party.MARKETPLACE
    return CustomerCard(
        key=customer.pk,
        name=customer.name,
        document=documents.mask(customer.document, kinds) if customer.document else "",
        email=customer.email if inside else "",
        phone=customer.phone if inside else "",
        whole_document=documents.show(customer.document, kinds) if inside else "",
        may_reveal=inside,
        may_shut_out=inside,
    )
