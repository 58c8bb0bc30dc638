"""The ledger's rows: entries that never change, and their words, which can be erased."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _

from tratativa.accounts.models import Row
from tratativa.accounts.secrecy import sealing
from tratativa.cases.models.case import Case

# What bank data are sealed for: their envelopes open for nothing else.
BANK_DATA = "bank data"


class Entry(Row):
    """One line of a case's ledger: a typed event, who did it, and who may read it. Never changed, never deleted.

    `audience` is a bit per party (`audience.py`); `data` holds ids and numbers only; words stand in `Text`,
    and `digest` is their salted sha256, so that erasing them leaves the chain whole.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="entries", db_index=False)
    number = models.PositiveIntegerField()
    event = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    party = models.CharField(max_length=12)
    actor_id = models.UUIDField(null=True)
    audience = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    digest = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint("case", "number", name="entry_number_once")]

    @property
    def said(self) -> str:
        """The entry's words; empty where it has none, or no longer. A query unless they came with it."""
        words: Text | None = getattr(self, "words", None)
        return words.body if words else ""

    @property
    def rich(self) -> str:
        """The words with their marks; empty where there are none. A query as in `said`."""
        words: Text | None = getattr(self, "words", None)
        return words.rich if words else ""


class Text(models.Model):
    """The words of an entry, in a row that can be erased: the entry's hash covers a salted digest of them.

    `rich` is the same words with their marks, as `formatting.read` gave them; empty where there are none.
    """

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="words")
    case = models.ForeignKey(Case, models.PROTECT)
    seller_id = models.UUIDField(null=True)
    customer_id = models.UUIDField(null=True)
    marketplace_id = models.UUIDField()
    day = models.CharField(max_length=8)
    audience = models.PositiveSmallIntegerField()
    body = models.TextField()
    rich = models.TextField(blank=True)
    salt = models.CharField(max_length=32)


class SharedField(Row):
    """One thing a queue was shown: a label and its value, in the order they were named. Bank data are kept sealed.

    It hangs on the words that tell of it, and is erased with them (LGPD art. 16).
    """

    text = models.ForeignKey(Text, models.CASCADE, related_name="shared")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200)
    value = models.TextField()

    class Meta:
        ordering = ["position"]

    @property
    def sealed(self) -> bool:
        """Whether it is the customer's bank data. The entry comes with it, or it costs queries."""
        return bool(self.text.entry.data.get("sealed"))

    @property
    def told(self) -> str:
        """The value as its reader has it; where its envelope does not open, that."""
        if not (self.sealed and sealing.is_sealed(self.value)):
            return self.value
        try:
            return sealing.unseal(self.value, BANK_DATA)
        except sealing.Broken:
            return _("não abre mais: peça de novo")
