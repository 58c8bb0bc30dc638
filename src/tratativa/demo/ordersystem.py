"""The marketplaces' order system as the demo plays it: mostly prompt, sometimes slow, away, or heard to no avail.

It has rows of its own and a transaction of its own, as a system elsewhere would: what it did stays done when its
answer is lost. The mood of a command is drawn from its key, so that a repeat meets the same one.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import Sum

from tratativa.demo import jobs
from tratativa.demo.models import Errand
from tratativa.orders.commands import Unknown
from tratativa.orders.models import Command, Order

LATER = timedelta(seconds=20)


class Mood(StrEnum):
    """How the system takes a command."""

    PROMPT = "prompt"
    SLOW = "slow"  # takes it in, and says later what became of it
    AWAY = "away"  # does not hear the first call
    MUTE = "mute"  # does it, and its first answer is lost


_DRAWN = (*[Mood.PROMPT] * 6, *[Mood.SLOW] * 2, Mood.AWAY, Mood.MUTE)


def drawn(key: str) -> Mood:
    """The mood in which the command of this key is met, always the same."""
    return _DRAWN[hashlib.sha256(key.encode()).digest()[0] % len(_DRAWN)]


class OrderSystem:
    """A connector that only the demonstration has."""

    def __init__(self, mood: Callable[[str], Mood] = drawn) -> None:
        self._mood = mood

    def deliver(self, command: Command, *, at: datetime) -> str:
        """Does what the command asks, once a key. Raises Unknown when the caller cannot know."""
        if command.order is None:
            return "confirmed"  # the register of customers answers at once
        mood = self._mood(command.key)
        with transaction.atomic():
            Order.objects.select_for_update().only("id").get(pk=command.order.pk)
            answers_at = at + LATER if mood is Mood.SLOW else at
            errand, first = Errand.objects.get_or_create(
                key=command.key, defaults={"order_id": command.order.pk, "answers_at": answers_at}
            )
            if not errand.outcome and not (first and mood is Mood.AWAY):
                _do(errand, command, command.order)
        if first and mood in {Mood.AWAY, Mood.MUTE}:
            raise Unknown("o sistema de pedidos não respondeu")
        if at >= errand.answers_at:
            return errand.outcome
        if first:
            jobs.answer_late.configure(schedule_at=errand.answers_at).defer(errand_id=str(errand.pk))
        return "accepted"


def _do(errand: Errand, command: Command, order: Order) -> None:
    """Decides and acts: an order that left cannot be held, and no more goes back than was paid."""
    errand.outcome = "confirmed"
    if command.verb == "hold_delivery" and order.stage in {"delivered", "cancelled"}:
        errand.outcome = "refused: o pedido já não está a caminho"
    if command.verb == "refund":
        paid_back = Errand.objects.filter(order=command.order_id).aggregate(all=Sum("amount_cents"))["all"] or 0
        amount = int(command.data["amount_cents"])
        if paid_back + amount > order.total_cents:
            errand.outcome = "refused: passa do que foi pago"
        else:
            errand.amount_cents = amount
    errand.save()
