"""Pressed: messages whose author pressed «send» and may still take back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tratativa.accounts.models import Person, Row
from tratativa.cases.models.case import Case
from tratativa.cases.models.ledger import Entry


class Pressed(Row):
    """A message between its author's click, `pressed_at`, and being said at `leaves_at`: until then nobody is told.

    It is a draft that nobody edits: its words and files go to the message when it is `said`, back to its author's
    draft when it is `undone` or `refused`; the row then forgets them. `entry` is the message, or what says that it was
    refused. `said_version` is the case's row version that saying it alone led to.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="pressed", db_index=False)
    party = models.CharField(max_length=12)
    person_id = models.UUIDField()
    to = models.CharField(max_length=12)
    customer_reads = models.BooleanField(default=False)
    wait_for_answer = models.BooleanField(default=False)
    body = models.TextField(blank=True)
    rich = models.TextField(blank=True)
    tags = models.JSONField(default=list)
    pressed_at = models.DateTimeField()
    leaves_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, blank=True)
    ended_at = models.DateTimeField(null=True)
    entry = models.ForeignKey(Entry, models.SET_NULL, null=True, related_name="+", db_index=False)
    said_version = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", ended_at=None)
                | Q(outcome__in=["said", "undone", "refused"], ended_at__isnull=False, body="", rich=""),
                name="pressed_ends_once",
            ),
        ]
        indexes = [
            models.Index("case", "pressed_at", name="pressed_of_case"),
            models.Index("leaves_at", condition=Q(ended_at=None), name="pressed_waiting"),
            models.Index("ended_at", condition=Q(ended_at__isnull=False), name="pressed_over"),
        ]


class SendsAtOnce(models.Model):
    """A person who wants no seconds to take a message back: what they send is said at once."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
