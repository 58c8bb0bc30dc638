"""Views of the list that a team shares."""

from __future__ import annotations

from django.db import models

from tratativa.accounts.models import Marketplace, Person, Row, Seller


class SharedView(Row):
    """Filters of the list under a name, for a marketplace's team or, with a seller, that seller's.

    A pinned one stands above the list, with its count. `query` is the list's address without the path.
    """

    marketplace = models.ForeignKey(Marketplace, models.CASCADE, related_name="+", db_index=False)
    seller = models.ForeignKey(Seller, models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=600)
    pinned = models.BooleanField(default=False)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "marketplace", "seller", "name", nulls_distinct=False, name="shared_view_once"
            ),
        ]  # fmt: skip
