"""Ties: two cases that belong together, which stand beside each other and change nothing of one another."""

from django.db import models
from django.db.models import F

from tratativa.accounts.models import Person, Row
from tratativa.cases.models.case import Case


class Tie(Row):
    """That two cases belong together, and who said so. `first` is the one with the lower key: a pair is tied once."""

    first = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    second = models.ForeignKey(Case, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("first", "second", name="tie_once"),
            models.CheckConstraint(condition=models.Q(first__lt=F("second")), name="tie_in_order"),
        ]
