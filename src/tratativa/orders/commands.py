"""Commands: asking the marketplace's order system to act, once, and taking in its answer."""

import uuid
from collections.abc import Callable, Mapping
from datetime import date, datetime
from importlib.metadata import entry_points
from typing import Any, Protocol

from django.db import transaction

from tratativa.orders.models import Command, Order


class Connector(Protocol):
    """Carries a command to the marketplace's system. Delivering the same key twice must act once."""

    def deliver(self, command: Command, *, at: datetime) -> str:
        """`confirmed`, `refused: why`, or an exception when nobody knows: it is then asked again."""
        ...


class OwnRegister:
    """The connector of a marketplace whose orders live here: the order row itself is the system."""

    def deliver(self, command: Command, *, at: datetime) -> str:
        """Does to the order what the command asks; doing it again changes nothing more."""
        if command.verb == "replace_part":
            return "confirmed"
        changes = _CHANGES.get(command.verb)
        if changes is None:
            return f"refused: comando desconhecido {command.verb}"
        Order.objects.filter(pk=command.order_id).update(**changes(command))
        return "confirmed"


def _rescheduled(command: Command) -> dict[str, Any]:
    return {"promised_at": date.fromisoformat(str(command.data["date"]))}


def _dispatched(command: Command) -> dict[str, Any]:
    tracking = str(command.data.get("tracking", ""))
    return {"stage": "shipped"} | ({"tracking": tracking[:60]} if tracking else {})


# What each verb changes on an order that lives here; a part sent changes nothing on it.
_CHANGES: Mapping[str, Callable[[Command], dict[str, Any]]] = {
    "cancel_order": lambda _command: {"stage": "cancelled"},
    "hold_delivery": lambda _command: {"held": True},
    "reschedule_delivery": _rescheduled,
    "dispatch": _dispatched,
    "refund": lambda command: {"refunded_cents": refunded(command.order, but=command) + command.data["amount_cents"]},
}


class ExceedsPaid(Exception):
    """A refund would give back more than was paid; `left_cents` is what still can be."""

    def __init__(self, left_cents: int) -> None:
        super().__init__(f"only {left_cents} cents are left to refund")
        self.left_cents = left_cents


def ask(
    order: Order, verb: str, *, case_id: uuid.UUID, key: str, at: datetime, data: Mapping[str, Any] | None = None
) -> Command:
    """The command with this key, made now unless it was made before. The caller holds a transaction."""
    command, _made = Command.objects.get_or_create(
        marketplace_id=order.marketplace_id,
        key=key,
        defaults={"order": order, "verb": verb, "case_id": case_id, "asked_at": at, "data": dict(data or {})},
    )
    return command


def refund(order: Order, amount_cents: int | None, *, case_id: uuid.UUID, key: str, at: datetime) -> Command:
    """Asks for money back: an amount in cents, or with None all that was not given back yet.

    The order row is locked, so that parallel asks are added up one after the other. Raises ExceedsPaid.
    """
    known = Command.objects.filter(marketplace_id=order.marketplace_id, key=key).first()
    if known:
        return known
    Order.objects.select_for_update().only("id").get(pk=order.pk)
    left = order.total_cents - refunded(order)
    amount = left if amount_cents is None else amount_cents
    if amount <= 0 or amount > left:
        raise ExceedsPaid(left)
    return ask(order, "refund", case_id=case_id, key=key, at=at, data={"amount_cents": amount})


def refunded(order: Order, *, but: Command | None = None) -> int:
    """Cents already asked back and not refused."""
    asked = Command.objects.filter(order=order, verb="refund").exclude(state="refused")
    if but is not None:
        asked = asked.exclude(pk=but.pk).filter(state="confirmed")
    return sum(int(data["amount_cents"]) for data in asked.values_list("data", flat=True))


def deliver(command_id: uuid.UUID, *, at: datetime) -> Command:
    """Delivers a command that waits and keeps the answer; one already answered is left alone."""
    with transaction.atomic():
        command = Command.objects.select_for_update().select_related("order").get(pk=command_id)
        if command.state != "asked":
            return command
        outcome = connector().deliver(command, at=at)
        command.state, _, why = outcome.partition(": ")
        command.answer, command.answered_at = why, at
        command.save(update_fields=["state", "answer", "answered_at"])
    return command


def connector() -> Connector:
    """The installed connector (entry point group `tratativa.connectors`), else our own register."""
    for found in entry_points(group="tratativa.connectors"):
        installed: Connector = found.load()()
        return installed
    return OwnRegister()
