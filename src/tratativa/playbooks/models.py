"""A run: one procedure on one case, where it stands and the way it came."""

from django.db import models
from django.db.models import F, Q

from tratativa.accounts.models import Row
from tratativa.cases.models import Case, Request


class Run(Row):
    """A guided procedure under way or finished. It lives under its case's rulebook version.

    `back` are the steps it returns to after jumps, `path` its answered stops (playbook, step, outcome), `shown` the
    steps passed since the last stop, whose words the agent reads now. `calls` are the moments of attempts at a call.
    `trail` holds where it stood before each answer (`tracks`).
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="runs", db_index=False)
    playbook = models.CharField(max_length=80)
    at_playbook = models.CharField(max_length=80)
    step = models.CharField(max_length=80)
    back = models.JSONField(default=list)
    path = models.JSONField(default=list)
    shown = models.JSONField(default=list)
    calls = models.JSONField(default=list)
    trail = models.JSONField(default=list)
    request = models.ForeignKey(Request, models.SET_NULL, null=True, related_name="runs")
    child = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="asked_by_runs")
    started_at = models.DateTimeField()
    started_by = models.UUIDField(null=True)
    moved_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("case", condition=Q(finished_at=None), name="run_once_at_a_time"),
        ]
        indexes = [models.Index("case", F("started_at").desc(), name="run_of_case")]
