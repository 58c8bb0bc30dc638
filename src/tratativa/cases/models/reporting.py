"""Messages a customer denounced."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tratativa.accounts.models import Row
from tratativa.cases.models.case import Case
from tratativa.cases.models.ledger import Entry


class Report(Row):
    """A customer's report of one message: `entry` says so, `verdict` is the entry that decided on it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="reports", db_index=False)
    message = models.OneToOneField(Entry, models.PROTECT, related_name="report")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="reported")
    reason = models.CharField(max_length=12)
    at = models.DateTimeField()
    verdict = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="decided_report")
    decision = models.CharField(max_length=10, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=["charge", "contact", "offence", "fraud", "other"]), name="report_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None, verdict=None)
                | Q(decision__in=["confirmed", "dismissed"], decided_at__isnull=False, verdict__isnull=False),
                name="report_decided_at_once",
            ),
        ]
        indexes = [
            models.Index("at", condition=Q(decided_at=None), name="report_waiting"),
            models.Index("case", F("at").desc(), name="report_of_case"),
        ]
