"""Clocks on a case."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tratativa.accounts.models import Row
from tratativa.cases.models.case import Case


class Deadline(Row):
    """A clock on a case: owed by `party` to `to`. `next_at` is when the sweep must look at it again."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="deadlines")
    rule = models.CharField(max_length=80)
    party = models.CharField(max_length=12)
    to = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=10, default="running")
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField()
    warned = models.BooleanField(default=False)
    paused_at = models.DateTimeField(null=True)
    pauses = models.JSONField(default=list)
    ended_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["running", "paused", "met", "missed", "released"]),
                name="deadline_state_known",
            ),
            models.UniqueConstraint(
                "case", "rule", condition=Q(state__in=["running", "paused"]), name="deadline_runs_once"
            ),
        ]
        indexes = [models.Index("next_at", condition=Q(state="running"), name="deadline_worklist")]
