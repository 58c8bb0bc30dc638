"""At once: whether a person keeps the ten seconds in which what they send can be taken back (ADR 108)."""

import uuid

from tratativa.cases.models import SendsAtOnce


def wants(person: uuid.UUID) -> bool:
    """Whether what this person sends is said at once. Who never chose has the ten seconds. One query."""
    return SendsAtOnce.objects.filter(person=person).exists()


def keep(person: uuid.UUID) -> None:
    """Everything this person sends is said at once from now on."""
    SendsAtOnce.objects.get_or_create(person_id=person)


def drop(person: uuid.UUID) -> None:
    """What this person sends waits ten seconds from now on."""
    SendsAtOnce.objects.filter(person=person).delete()
