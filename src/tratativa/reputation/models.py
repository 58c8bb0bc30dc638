"""Sanctions: proposed by a rule, noticed, defended, decided by a named person, open to appeal."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tratativa.accounts.models import Marketplace, Person, Row, Seller

OPEN = Q(state__in=["noticed", "applied"])


class Sanction(Row):
    """One sanction on a seller. `rule` and `condition` are the rulebook's words when it was noticed.

    `noticed` waits for a defence or its term, then for a decision: `applied` or `dropped`; an applied one may be
    `lifted`. No sanction is applied before the seller was heard or had its time (L-35).
    """

    marketplace = models.ForeignKey(Marketplace, models.PROTECT)
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="sanctions", db_index=False)
    kind = models.CharField(max_length=10)
    rule = models.CharField(max_length=600)
    condition = models.CharField(max_length=300)
    state = models.CharField(max_length=8, default="noticed")
    noticed_at = models.DateTimeField()
    defence_until = models.DateTimeField()
    defended_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    appealed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("seller", "kind", condition=OPEN, name="sanction_open_once"),
            models.CheckConstraint(condition=Q(kind__in=["suspension", "notice"]), name="sanction_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=["noticed", "applied", "dropped", "lifted"]), name="sanction_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["applied", "lifted"])
                | Q(defended_at__isnull=False)
                | Q(decided_at__gt=F("defence_until")),
                name="sanction_heard_first",
            ),
        ]
        indexes = [models.Index("seller", F("noticed_at").desc(), name="sanction_by_seller")]


class Step(Row):
    """One step of a sanction: what a person said and decided. Never changed."""

    sanction = models.ForeignKey(Sanction, models.PROTECT, related_name="steps", db_index=False)
    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=10)
    party = models.CharField(max_length=12)
    person = models.ForeignKey(Person, models.PROTECT)
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("sanction", "number", name="step_number_once"),
            models.CheckConstraint(
                condition=Q(what__in=["noticed", "defended", "applied", "dropped", "appealed", "upheld", "lifted"]),
                name="step_known",
            ),
        ]
