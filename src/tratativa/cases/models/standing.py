"""What is counted for a seller, and what the customer says of the service."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tratativa.accounts.models import Row, Seller
from tratativa.cases.models.case import Case
from tratativa.cases.models.ledger import Entry


class Mark(Row):
    """One event counted for a seller, linked to the case and the deadline it came from; never deleted.

    The seller may contest it once and the marketplace decides: `contest` and `decision` are the entries that say
    so. A voided mark counts no more.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="marks", db_index=False)
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="marks", db_index=False)
    metric = models.CharField(max_length=60)
    source = models.CharField(max_length=80)
    at = models.DateTimeField()
    contest = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="contested_mark")
    decision = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="decided_mark")
    voided = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("case", "metric", "source", name="mark_once"),
            models.CheckConstraint(
                condition=Q(decision=None) | Q(contest__isnull=False), name="mark_decided_after_contest"
            ),
            models.CheckConstraint(
                condition=Q(voided=False) | Q(decision__isnull=False), name="mark_voided_by_decision"
            ),
        ]
        indexes = [models.Index("seller", "metric", F("at").desc(), name="mark_by_seller")]

    @property
    def state(self) -> str:
        """`counted`, `contested` (waits for a decision), `kept` or `voided`."""
        if self.voided:
            return "voided"
        if self.decision_id:
            return "kept"
        return "contested" if self.contest_id else "counted"


class Survey(Row):
    """The question to the customer after closing, and the one answer."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="survey")
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    score = models.PositiveSmallIntegerField(null=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=1, score__lte=5), name="survey_score_one_to_five"
            )
        ]
