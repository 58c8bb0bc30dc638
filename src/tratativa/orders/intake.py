"""Intake: retailers and orders as the marketplace's systems tell them, written once however often they are told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from tratativa.accounts.models import Customer, Marketplace, Registration, Seller
from tratativa.orders.models import Invoice, Line, Milestone, Order, Rupture, Voucher
from tratativa.orders.told import BadDocument, Document, Goods, Retailer, SignupStep, ToldOrder
from tratativa.rulebook.terms.facts import Stage

_CUSTOMER = ("name", "email", "phone")
_ORDER = ("payment_method", "promised_at", "delivered_at", "carrier", "tracking", "address", "state")


@dataclass(frozen=True)
class Taken:
    """How many of each were told; `untotalled` are the numbers of orders whose goods have prices and whose total nobody
    told: of them nothing can be given back."""

    retailers: int
    orders: int
    untotalled: tuple[str, ...] = ()


@transaction.atomic
def take(marketplace: Marketplace, told: Document, *, at: datetime) -> Taken:
    """Takes in a whole document or nothing of it. Raises BadDocument for sellers, and for orders of
    people, whom nobody knows."""
    for retailer in told.retailers:
        _retailer(marketplace, retailer)
    for seller in told.sellers:
        if not Seller.objects.filter(marketplace=marketplace, document=seller.document).update(tier=seller.tier):
            raise BadDocument(f"`sellers` fala de {seller.document}, que este marketplace não conhece")
    taken = [_order(marketplace, order, at) for order in told.orders]
    priced = {told_of.number for told_of in told.orders if any(one.price for one in told_of.goods)}
    without = dict.fromkeys(order.number for order in taken if not order.total_cents and order.number in priced)
    return Taken(len(told.retailers), len(told.orders), tuple(without))


def _retailer(marketplace: Marketplace, told: Retailer) -> None:
    customer = Customer.objects.filter(marketplace=marketplace, document=told.document).first()
    customer = customer or Customer(marketplace=marketplace, document=told.document)
    _put(customer, told, _CUSTOMER)
    customer.save()
    registration, _made = Registration.objects.get_or_create(customer=customer)
    _put(registration, told, ("address",))
    if "blocked_at" in told.model_fields_set:
        registration.blocked_at = told.blocked_at
    if told.signup is not None:
        before = {str(step.get("id")): step for step in registration.signup}
        registration.signup = [_step(step, before.get(step.id, {})) for step in told.signup]
    if told.credit is not None:
        registration.credit_limit_cents, registration.credit_used_cents = told.credit.limit, told.credit.used
        registration.credit_from = told.credit.of
    registration.save()
    for voucher in told.vouchers:
        Voucher.objects.update_or_create(
            marketplace=marketplace, code=voucher.code,
            defaults={
                "customer": customer, "kind": voucher.kind, "amount_cents": voucher.amount,
                "issued_at": voucher.issued_at, "expires_at": voucher.expires_at, "used_at": voucher.used_at,
            },
        )  # fmt: skip


def _step(told: SignupStep, before: Mapping[str, Any]) -> dict[str, Any]:
    """The step as it is told; one that was pushed here stays done."""
    kept = {**told.model_dump(mode="json")}
    return {**kept, "at": before["at"], "by": before["by"]} if before.get("by") and not kept["at"] else kept


def _order(marketplace: Marketplace, told: ToldOrder, at: datetime) -> Order:
    order = Order.objects.select_for_update().filter(marketplace=marketplace, number=told.number).first()
    order = order or Order(marketplace=marketplace, number=told.number)
    order.seller = _known(Seller, marketplace, told.seller, told.number)
    order.customer = _known(Customer, marketplace, told.customer, told.number)
    order.ordered_at = told.ordered_at
    _put(order, told, _ORDER)
    said = {name for name in ("ordered_at", "delivered_at") if getattr(told, name) is not None}
    order.by_day = sorted({*order.by_day} - said | (said & {*told.by_day}))
    order.total_cents = told.total if told.total is not None else order.total_cents
    if told.stage and (told.stage == "cancelled" or Stage.index(told.stage) > Stage.index(order.stage)):
        order.stage = told.stage
    missing = [one for one in told.goods if one.missing]
    if told.goods:
        order.shortage_cents = sum(one.missing * one.price for one in missing)
        told_of = (one.category for one in told.goods if one.category)
        order.categories = list(dict.fromkeys([*order.categories, *told_of]))
    if told.invoices:
        order.invoice = f"NF-e {told.invoices[-1].number}"
    order.save()
    _goods(order, told.goods, at)
    for reached in told.milestones:
        defaults: dict[str, Any] = {"at": reached.at, "outcome": reached.outcome}
        Milestone.objects.update_or_create(order=order, stage=reached.stage, defaults=defaults)
    for one in told.invoices:
        defaults = {"key": one.key, "total_cents": one.total, "issued_at": one.issued_at}
        Invoice.objects.update_or_create(order=order, number=one.number, defaults=defaults)
    return order


def _goods(order: Order, goods: tuple[Goods, ...], at: datetime) -> None:
    """The lines as they are told; goods left out of a later telling stay."""
    for one in goods:
        defaults: dict[str, Any] = {"title": one.title, "quantity": one.quantity, "price_cents": one.price}
        defaults |= {"category": one.category} if one.category else {}
        if not Line.objects.filter(order=order, sku=one.sku).update(**defaults):
            Line.objects.create(order=order, sku=one.sku, **defaults)
        if not one.missing:
            Rupture.objects.filter(order=order, sku=one.sku).delete()
            continue
        noticed = {"noticed_at": one.noticed_at} if one.noticed_at else {}
        lacks = {"title": one.title, "bought": one.quantity, "missing": min(one.missing, one.quantity)}
        lacks |= {"value_cents": one.missing * one.price}
        Rupture.objects.update_or_create(
            order=order,
            sku=one.sku,
            defaults={**lacks, **noticed},
            create_defaults={"noticed_at": at, **lacks, **noticed},
        )


def _put(row: Any, told: Any, names: tuple[str, ...]) -> None:
    for name in names:
        if getattr(told, name) is not None:
            setattr(row, name, getattr(told, name))


def _known(kind: Any, marketplace: Marketplace, document: str, number: str) -> Any:
    found = kind.objects.filter(marketplace=marketplace, document=document).order_by("id").first()
    if found is None:
        raise BadDocument(f"o pedido {number} fala de {document}, que este marketplace não conhece")
    return found
