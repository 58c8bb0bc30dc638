"""Clocks on a case."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tratativa.accounts.models import Row
from tratativa.cases.models.case import Case


class Stuck(Row):
    """Work of the clock on one row that failed: what it was, how often, since when, and when it is tried again.

    `key` is the row that is stuck: a case for the sweep, a task for its reminder.
    """

    what = models.CharField(max_length=20)
    key = models.UUIDField()
    case = models.ForeignKey(Case, models.CASCADE, related_name="stuck")
    tries = models.PositiveSmallIntegerField(default=1)
    since = models.DateTimeField()
    next_at = models.DateTimeField()
    trouble = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint("what", "key", name="stuck_once")]


class Judged(models.Model):
    """The last moment as of which everything due was judged, one row; why nothing is judged, where nothing is."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)
    told_at = models.DateTimeField(null=True)


class Deadline(Row):
    """A clock on a case: owed by `party` to `to`. `next_at` is when the sweep must look at it again; `exception` is
    which of the rule's exceptions it runs by, counted from 0, where it runs by one."""

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
    answered_at = models.DateTimeField(null=True)
    exception = models.PositiveSmallIntegerField(null=True)

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
