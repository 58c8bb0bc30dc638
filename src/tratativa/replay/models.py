"""Replays that somebody asked for on a page, how far they have come, and what came of them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tratativa.accounts.models import Person, Row
from tratativa.studio.models import Draft

GOING = Q(state__in=("waits", "runs"))


class Replay(Row):
    """One replay of the cases opened since a day, under a draft as its files stood at `revision`.

    `state` is `waits`, `runs`, `done`, `stopped` by somebody, or `broken`: its rules do not fit any more, or what ran
    it died twice. `tally` is what `replay.tallies` counted so far, `seen_at` when it last gave a sign of life.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="replays", db_index=False)
    revision = models.PositiveIntegerField()
    since = models.DateField()
    state = models.CharField(max_length=8, default="waits")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    cases = models.PositiveIntegerField(default=0)
    judged = models.PositiveIntegerField(default=0)
    begun = models.PositiveSmallIntegerField(default=0)
    tally = models.JSONField(default=dict)
    rules = models.TextField(blank=True)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("draft", condition=GOING, name="one_replay_at_a_time"),
            models.CheckConstraint(
                condition=Q(state__in=["waits", "runs", "done", "stopped", "broken"]), name="replay_state_known"
            ),
        ]
        indexes = [models.Index("draft", F("asked_at").desc(), name="replay_by_draft")]

    @property
    def is_going(self) -> bool:
        """Whether it waits or runs."""
        return self.state in {"waits", "runs"}

    @property
    def percent(self) -> int:
        """How far it has come, from 0 to 100."""
        return min(100, self.judged * 100 // self.cases) if self.cases else 0
