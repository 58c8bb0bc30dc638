"""Sheets too long to be taken in while a page waits: kept until a job has read them, and what came of each."""

from django.db import models
from django.db.models import F, Q

from tratativa.accounts.models import Marketplace, Person, Row

GOING = Q(state__in=("waits", "runs"))


class Sheet(Row):
    """A sheet of one kind of `columns.SHEETS` that somebody sent.

    `state` is `waits`, `runs`, `done`, or `broken`, with its `trouble`. Of `lines`, `read` were read so far: `new`
    ones, `known` ones, and those in `bad`, by number, with what is wrong with each; of more than `KEPT` bad ones only
    their number is kept, in `refused`. Its `content` is gone once it is read.
    """

    KEPT = 500

    marketplace = models.ForeignKey(Marketplace, models.CASCADE, related_name="sheets", db_index=False)
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=120, blank=True)
    content = models.BinaryField(null=True)
    state = models.CharField(max_length=8, default="waits")
    lines = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    bad = models.JSONField(default=list)
    trouble = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=10, blank=True)
    sent_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", db_index=False)
    by_command = models.CharField(max_length=60, blank=True)
    whence = models.CharField(max_length=60, blank=True)
    sent_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["waits", "runs", "done", "broken"]), name="sheet_state_known")
        ]
        indexes = [models.Index("marketplace", F("sent_at").desc(), name="sheet_by_marketplace")]

    @property
    def is_going(self) -> bool:
        """Whether it waits or is being read."""
        return self.state in {"waits", "runs"}

    @property
    def percent(self) -> int:
        """How far it has come, from 0 to 100."""
        return min(100, self.read * 100 // self.lines) if self.lines else 0

    @property
    def more(self) -> int:
        """How many bad lines are not kept."""
        return max(0, self.refused - len(self.bad))
