"""Offering: a letter that answers nothing but names an order, or a case, of its writer's is offered to that case."""

import re

from django.db.models import Q

from tratativa.cases.models import Case
from tratativa.mail.filing import sender_proof
from tratativa.mail.models import Arrival
from tratativa.mail.reading.letter import Letter
from tratativa.orders.models import Order

_NUMBER = re.compile(r"(?<![\w.@/-])#?([A-Za-z0-9][A-Za-z0-9.-]{2,38}[A-Za-z0-9])(?![\w@]|[.,]\d)")
_SLASHED = re.compile(r"(?<![\w.@/-])#?([A-Za-z0-9][A-Za-z0-9./-]{2,38}[A-Za-z0-9])(?![\w@/]|[.,]\d)")  # MP-2026/0077
_MONEY = re.compile(r"(?:R\$|US\$|\$|€)\s?[\d.,]+|[\d.,]+\s?(?:reais|%)")
_LOOKED_AT, _MOST = 4_000, 300


def case_of(arrival: Arrival, read: Letter) -> Case | None:
    """The writer's case that the subject or the first words name, an open one first; None where they name none.

    By the registered address alone, and never where the receiving server disowns it: it is an offer to the team, who
    see the sender, and moves nothing by itself.
    """
    numbers = _numbers(arrival, read)
    if not numbers or read.sender is None:
        return None
    theirs = Q(customer__email__iexact=read.sender.address, marketplace_id=arrival.marketplace_id)
    orders = Order.objects.filter(theirs, number__in=numbers)
    named = Q(order__in=orders) | Q(protocol__in=[number.replace("-", "").replace(".", "") for number in numbers])
    return Case.objects.filter(theirs, named, queue="", internal=False).order_by("closed_at", "-opened_at").first()


def order_of(arrival: Arrival, read: Letter) -> Order | None:
    """The writer's order that the subject or the first words name, the last one of several; as `case_of`."""
    numbers = _numbers(arrival, read)
    if not numbers or read.sender is None:
        return None
    theirs = Q(customer__email__iexact=read.sender.address, marketplace_id=arrival.marketplace_id)
    return Order.objects.filter(theirs, number__in=numbers).order_by("-ordered_at", "-id").first()


def _numbers(arrival: Arrival, read: Letter) -> list[str]:
    """What the letter names; nothing where a machine wrote it, or nobody knows who did."""
    if read.sender is None or read.machine or sender_proof.disowned(read, arrival.mailbox):
        return []
    return _named(f"{read.subject}\n{read.visible[:_LOOKED_AT]}")


def _named(text: str) -> list[str]:
    """What looks like a number of something, as it stands."""
    said = _MONEY.sub(" ", text)
    found = dict.fromkeys(
        one for one in (*_NUMBER.findall(said), *_SLASHED.findall(said)) if any(char.isdigit() for char in one)
    )
    return list(found)[:_MOST]
