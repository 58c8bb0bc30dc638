"""Rows that outlive a rewriting: the chain of chain heads of each marketplace, its signed anchors, and the walks."""

from __future__ import annotations

from django.db import models
from django.db.models import F

from tratativa.accounts.models import Marketplace, Row


class Unchained(models.Model):
    """That a case has entries no head speaks of yet. The database writes it with each entry; the job takes it away."""

    id = models.BigAutoField(primary_key=True)
    case_id = models.UUIDField()


class Head(models.Model):
    """That a case's chain had this many entries and this last hash; one link of its marketplace's chain of heads.

    The case is named, not pointed at: a head must be able to outlive it, or a case that was deleted leaves no trace.
    Never changed, never deleted.
    """

    id = models.BigAutoField(primary_key=True)
    marketplace = models.ForeignKey(Marketplace, models.PROTECT, related_name="heads", db_index=False)
    number = models.PositiveBigIntegerField()
    case_id = models.UUIDField()
    entries = models.PositiveIntegerField()
    case_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint("marketplace", "number", name="head_number_once")]
        indexes = [models.Index("case_id", F("entries").desc(), name="head_of_case")]


class SigningKey(Row):
    """A key that signs anchors: its public half. It signs until `retired_at`, and what it signed stays valid."""

    public = models.CharField(max_length=44)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)


class Anchor(Row):
    """What a marketplace's chain of heads came to on a day, signed. `statement` is the text that was signed.

    Never changed, never deleted. `sent_at` is when the letter with it had left, where the site sends one.
    """

    marketplace = models.ForeignKey(Marketplace, models.PROTECT, related_name="anchors", db_index=False)
    day = models.DateField()
    root = models.CharField(max_length=64)
    statement = models.TextField()
    signature = models.CharField(max_length=88)
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="anchors", db_index=False)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("marketplace", "day", name="anchor_once")]


class Walk(Row):
    """One nightly walk over a share of the ledger: what was read and the first thing found wrong, in a sentence."""

    share = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    entries = models.PositiveBigIntegerField()
    faults = models.PositiveIntegerField()
    first = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index("share", F("at").desc(), name="walk_of_share")]
