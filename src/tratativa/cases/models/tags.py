"""Tags: words a team puts on cases to find them again; each team has its own, and knows of no other's."""

from __future__ import annotations

import uuid

from django.db import models

from tratativa.accounts.models import Marketplace, Person, Row
from tratativa.cases.models.case import Case

LONGEST = 40


class Tag(Row):
    """One word of one team's. `owner_id` is the seller's key, or the marketplace's for its own team.

    `folded` is the word as `text.folded` spells it: «Atraso» and «atráso» are one tag, called as it was first written.
    """

    marketplace = models.ForeignKey(Marketplace, models.CASCADE, related_name="+", db_index=False)
    owner_id = models.UUIDField()
    word = models.CharField(max_length=LONGEST)
    folded = models.CharField(max_length=LONGEST)

    class Meta:
        constraints = [models.UniqueConstraint("owner_id", "folded", name="tag_once")]

    def __str__(self) -> str:
        return self.word


class Tagging(Row):
    """A tag on a case, and who put it there."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="taggings", db_index=False)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("case", "tag", name="tagging_once")]


def owner(marketplace_id: uuid.UUID, seller_id: uuid.UUID | None) -> uuid.UUID:
    """Whose tags a team of this marketplace uses: its seller's, or the marketplace's own."""
    return seller_id or marketplace_id
