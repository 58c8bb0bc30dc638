"""Commands: asking the marketplace's order system to act, once, and taking in its answer."""

import uuid
from datetime import datetime
from importlib.metadata import entry_points
from typing import Protocol

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
        """Cancels the order; an order that is cancelled already stays so."""
        if command.verb != "cancel_order":
            return f"refused: comando desconhecido {command.verb}"
        Order.objects.filter(pk=command.order_id).update(stage="cancelled")
        return "confirmed"


def ask(order: Order, verb: str, *, case_id: uuid.UUID, key: str, at: datetime) -> Command:
    """The command with this key, made now unless it was made before."""
    command, _made = Command.objects.get_or_create(
        marketplace_id=order.marketplace_id,
        key=key,
        defaults={"order": order, "verb": verb, "case_id": case_id, "asked_at": at},
    )
    return command


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
