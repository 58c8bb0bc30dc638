"""What people asked for and does not happen yet."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tratativa.accounts.models import Row
from tratativa.cases.models.case import Case
from tratativa.cases.models.ledger import Entry


class Held(Row):
    """A message held for a mediator's eye, or an action in its undo window or before a second person.

    `action` is the action's id, the reply's for a message. `given` is what was filled in, or how the message was
    addressed; it is emptied once decided. `due_at` ends an undo window.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="holds")
    entry = models.OneToOneField(Entry, models.PROTECT)
    why = models.CharField(max_length=10)
    rule = models.CharField(max_length=120, blank=True)
    action = models.CharField(max_length=80)
    given = models.JSONField(default=dict)
    value_cents = models.PositiveBigIntegerField(default=0)
    party = models.CharField(max_length=12)
    person_id = models.UUIDField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=10, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(why__in=["conduct", "undo", "approval"]), name="held_why_known"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None)
                | Q(decision__in=["released", "refused", "undone"], decided_at__isnull=False),
                name="held_decided_at_once",
            ),
        ]
        indexes = [
            models.Index("asked_at", condition=Q(decided_at=None), name="held_waiting"),
            models.Index("case", condition=Q(decided_at=None), name="held_of_case"),
        ]
