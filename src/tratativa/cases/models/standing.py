"""What is counted for a seller, and what the customer says of the service."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tratativa.accounts.models import Row, Seller
from tratativa.cases.models.case import Case


class Mark(Row):
    """One event counted for a seller, linked to the case and the deadline it came from."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="marks")
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="marks")
    metric = models.CharField(max_length=60)
    source = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("case", "metric", "source", name="mark_once")]
        indexes = [models.Index("seller", "metric", F("at").desc(), name="mark_by_seller")]


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
