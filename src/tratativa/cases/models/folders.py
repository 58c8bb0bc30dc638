"""The folder a version of a rulebook was read from: what people edit next, its comments and stories with it."""

from __future__ import annotations

from django.db import models

from tratativa.accounts.models import Marketplace, Row
from tratativa.cases.models.case import Version


class Folder(Row):
    """A version's files: `texts` by their path, and the digests of `pictures`, whose bytes `StepPicture` keeps.

    Two folders may say the same rules (a comment, a story more): then a version has both, and the newer is edited on.
    """

    marketplace = models.ForeignKey(Marketplace, models.CASCADE, related_name="+", db_index=False)
    version = models.ForeignKey(Version, models.CASCADE, related_name="folders", db_index=False)
    digest = models.CharField(max_length=64)
    texts = models.JSONField(default=dict)
    pictures = models.JSONField(default=dict)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("version", "digest", name="folder_once")]
