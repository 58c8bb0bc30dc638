"""Snoozes: a team puts a case aside until a moment; it comes back then, or as soon as anything happens in it."""

import uuid
from datetime import datetime

from django.db import models

from tratativa.accounts.models import Marketplace, Person, Row
from tratativa.cases.models.case import Case


class Snooze(Row):
    """A case one team put aside `at` a moment `until` another. `owner_id` is whose: the seller's key, or the
    marketplace's for its own team. It holds while the one moment is not past and nothing has happened since the other.
    """

    marketplace = models.ForeignKey(Marketplace, models.CASCADE, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="snoozes", db_index=False)
    owner_id = models.UUIDField()
    until = models.DateTimeField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint("case", "owner_id", name="snooze_once")]


def holds(owner_id: uuid.UUID, at: datetime) -> models.Exists:
    """Whether this team put a case of the query aside, and neither the moment nor anything else has come since."""
    theirs = Snooze.objects.filter(owner_id=owner_id, case=models.OuterRef("pk"))
    return models.Exists(theirs.filter(until__gt=at, at__gte=models.OuterRef("last_activity_at")))
