"""Commands: asking the marketplace's order system to act, once, and taking in its answer."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext, gettext_noop

from tratativa.accounts.models import Customer
from tratativa.orders import connected, registrations
from tratativa.orders.models import Command, Order


class Unknown(Exception):
    """Nobody knows whether the marketplace's system acted: it is asked again, under the same key."""


_OWN = "own"  # among a command's data: our own register answered
ISSUER = "tell_issuer"  # whoever issued the means of payment is told that the buyer withdrew

# Why we refuse a command ourselves. The row keeps the sentence; whoever reads it reads `told`.
NOT_CANCELLED = gettext_noop("o cancelamento do pedido foi recusado")
UNKNOWN_COMMAND = gettext_noop("a mesa não conhece este pedido")
OWN_REASONS = (NOT_CANCELLED, UNKNOWN_COMMAND)


def told(why: str) -> str:
    """Why a command was refused, for whoever reads it: our own reasons in their language, others' as they were said."""
    return gettext(why) if why in OWN_REASONS else why


class Connector(Protocol):
    """Carries a command to the marketplace's system. Delivering the same key twice must act once."""

    def deliver(self, command: Command, *, at: datetime) -> str:
        """`confirmed`, `refused: why`, or `accepted` when the answer comes later through `settle`.

        Raises Unknown, or anything else, when nobody knows what became of it.
        """
        ...


class OwnRegister:
    """The connector of a marketplace whose orders live here: our own row of the order is the system."""

    def deliver(self, command: Command, *, at: datetime) -> str:
        """Confirms every verb the desk knows."""
        known = command.verb in _CHANGES or command.verb in registrations.VERBS
        return "confirmed" if known else f"refused: {UNKNOWN_COMMAND}"


def _rescheduled(command: Command) -> dict[str, Any]:
    return {"promised_at": date.fromisoformat(str(command.data["date"]))}


def _dispatched(command: Command) -> dict[str, Any]:
    tracking = str(command.data.get("tracking", ""))
    return {"stage": "shipped"} | ({"tracking": tracking[:60]} if tracking else {})


# What a confirmed command changes on our row of the order; a part sent changes nothing on it.
_CHANGES: Mapping[str, Callable[[Command], dict[str, Any]]] = {
    "cancel_order": lambda _command: {"stage": "cancelled"},
    "hold_delivery": lambda _command: {"held": True},
    "reschedule_delivery": _rescheduled,
    "dispatch": _dispatched,
    "replace_part": lambda _command: {},
    ISSUER: lambda _command: {},
    "refund": lambda command: {"refunded_cents": F("refunded_cents") + command.data["amount_cents"]},
}


def ask(
    order: Order,
    verb: str,
    *,
    case_id: uuid.UUID,
    key: str,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    once: Command | None = None,
) -> Command:
    """The command with this key, made now unless it was made before; it goes out `once` that other is confirmed.

    The caller holds a transaction.
    """
    row = {"order": order, "verb": verb, "case_id": case_id, "asked_at": at, "data": dict(data or {}), "once": once}
    return _once(order.marketplace_id, key, **row)


def ask_about(
    customer: Customer,
    verb: str,
    *,
    case_id: uuid.UUID,
    key: str,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    order: Order | None = None,
) -> Command:
    """As `ask`, about the customer's registration or value; `order` is the one whose shortage it makes up for."""
    facts = dict(data or {})
    row = {"customer": customer, "order": order, "verb": verb, "case_id": case_id, "asked_at": at, "data": facts}
    return _once(customer.marketplace_id, key, **row)


def known(marketplace_id: uuid.UUID, key: str) -> Command | None:
    """The command asked under this key and not refused: what was refused may be asked again."""
    return Command.objects.filter(_of_key(key), marketplace=marketplace_id).exclude(state="refused").first()


def _once(marketplace_id: uuid.UUID, key: str, **row: object) -> Command:
    asked = known(marketplace_id, key)
    if asked:
        return asked
    refused = Command.objects.filter(_of_key(key), marketplace=marketplace_id).count()
    name = f"{key}#{refused}" if refused else key
    command, _made = Command.objects.get_or_create(marketplace_id=marketplace_id, key=name, defaults=row)
    return command


def _of_key(key: str) -> Q:
    """A command of this key: `key`, or after refusals `key#1`, `key#2`…"""
    return Q(key=key) | Q(key__startswith=f"{key}#")


def deliver(command_id: uuid.UUID, *, at: datetime) -> Command:
    """Delivers a command, or asks again what became of it, and keeps the answer; an answered one is left alone.

    One that goes out only once another is confirmed waits for that answer, and is refused with it. The system
    elsewhere is called outside any transaction: two callers at once ask twice under one key, which acts once.
    Raises what the connector raises: the command then still waits.
    """
    command = Command.objects.select_related("order", "customer", "once").get(pk=command_id)
    if command.answered_at is not None:
        return command
    if command.once and command.once.state == "refused":
        command.once = _other_cancellation(command)
        if command.once is None:
            return _keep(f"refused: {NOT_CANCELLED}", at, pk=command_id)
        command.save(update_fields=["once"])
    if command.once and command.once.answered_at is None:
        return command
    system = connector()
    return _keep(system.deliver(command, at=at), at, own=isinstance(system, OwnRegister), pk=command_id)


def is_own(command: Command) -> bool:
    """Whether no system answered it: the desk wrote down that it is so, and somebody does it elsewhere."""
    return command.answered_at is not None and bool(command.data.get(_OWN))


def _other_cancellation(command: Command) -> Command | None:
    """Another case's cancellation of the order, not refused: what a command waits for once its own one was."""
    others = Command.objects.filter(order=command.order, verb="cancel_order").exclude(state="refused")
    return others.order_by("asked_at", "id").first()


def settle(marketplace_id: uuid.UUID, key: str, outcome: str, *, at: datetime) -> Command:
    """Takes in what the marketplace's system says of a command: `confirmed` or `refused: why`.

    The same fact twice, or late, changes nothing more. Raises Command.DoesNotExist for a key that is not ours.
    """
    return _keep(outcome, at, marketplace=marketplace_id, key=key)


def unanswered(*, before: datetime) -> Iterator[uuid.UUID]:
    """Commands asked before this moment of which nobody knows yet what became, oldest first.

    Those that wait for another's answer are not asked about before it.
    """
    waiting = Command.objects.filter(answered_at=None, asked_at__lt=before).order_by("asked_at")
    waiting = waiting.filter(Q(once=None) | Q(once__answered_at__isnull=False))
    return waiting.values_list("pk", flat=True).iterator()


def reaches_a_system() -> bool:
    """Whether a marketplace's system is connected; without one the rows here are all there is."""
    return bool(settings.CONNECTOR)


def connector() -> Connector:
    """The connector settings.CONNECTOR names (`connected.made`), else our own register.

    Raises LookupError for a name nobody installed.
    """
    if not settings.CONNECTOR:
        return OwnRegister()
    try:
        installed: Connector = connected.made("tratativa.connectors", settings.CONNECTOR)
    except LookupError as problem:
        why = f"não há conector {settings.CONNECTOR!r} instalado; confira TRATATIVA_CONNECTOR"
        raise LookupError(why) from problem
    return installed


def _keep(outcome: str, at: datetime, *, own: bool = False, **which: object) -> Command:
    with transaction.atomic():
        command = Command.objects.select_for_update(of=("self",)).select_related("order", "customer").get(**which)
        if command.answered_at is not None:
            return command
        command.state, _, why = outcome.partition(": ")
        command.answer = why[:200]
        if command.state == "accepted":
            command.accepted_at = command.accepted_at or at
        else:
            command.answered_at = at
        if command.state == "confirmed" and command.verb in registrations.VERBS:
            registrations.VERBS[command.verb](command, at)
        elif command.state == "confirmed":
            Order.objects.filter(commands=command).update(**_CHANGES[command.verb](command))
        if own:
            command.data = {**command.data, _OWN: True}
        command.save(update_fields=["state", "answer", "accepted_at", "answered_at", "data"])
    return command
