"""The case and the rows that hang on it. Rows are the truth; entries are the memory."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from tratativa.accounts.models import Customer, Marketplace, Person, Row, Seller
from tratativa.orders.models import Order
from tratativa.rulebook.parties import Party

OPEN = Q(closed_at=None)
OVERDUE = OPEN & Q(overdue_since__isnull=False)
SELLER_OVERDUE = OPEN & Q(seller_overdue_since__isnull=False)
MEDIATED = OPEN & Q(mediation="asked")


class Version(Row):
    """A rulebook as adopted by a marketplace, by content digest. A case keeps the one it was opened under."""

    marketplace = models.ForeignKey(Marketplace, models.CASCADE, related_name="versions")
    digest = models.CharField(max_length=64)
    source = models.TextField()
    adopted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("marketplace", "digest", name="version_once")]


class Case(Row):
    """One matter: what lists, filters and counters need stands on this row.

    `due_order` is what is overdue, else the nearest running due time, else the end of time: sorting needs no nulls.
    A seller's lists know only what the seller owes: their columns begin with `seller_`.
    `public_turn` is whose turn it is as the customer may know it: what seller and marketplace say to each other
    leaves no trace there. `customer_in` is true once the customer can read anything of it; before that it does
    not exist for them.
    """

    marketplace = models.ForeignKey(Marketplace, models.PROTECT)
    version = models.ForeignKey(Version, models.PROTECT)
    protocol = models.CharField(max_length=24)
    kind = models.CharField(max_length=60)
    reason = models.CharField(max_length=80)
    channel = models.CharField(max_length=20, default="page")
    origin = models.CharField(max_length=12)
    external_id = models.CharField(max_length=60, blank=True)
    platform = models.CharField(max_length=40, blank=True)
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="cases")
    order_number = models.CharField(max_length=40, blank=True)
    seller = models.ForeignKey(Seller, models.PROTECT, null=True, related_name="cases")
    customer = models.ForeignKey(Customer, models.PROTECT, null=True, related_name="cases")
    document = models.CharField(max_length=14, blank=True)
    value_cents = models.PositiveBigIntegerField(default=0)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    assignee = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="cases")
    customer_in = models.BooleanField(default=False)
    waiting_on = models.CharField(max_length=12, default="nobody")
    waiting_since = models.DateTimeField()
    public_turn = models.CharField(max_length=12, default="nobody")
    critical = models.BooleanField(default=False)
    mediation = models.CharField(max_length=8, default="none")
    offered = ArrayField(models.CharField(max_length=80), default=list)
    done = ArrayField(models.CharField(max_length=80), default=list)
    asked = ArrayField(models.CharField(max_length=80), default=list)
    answered = ArrayField(models.CharField(max_length=80), default=list)
    photos_received = models.BooleanField(default=False)
    return_stage = models.CharField(max_length=12, default="none")
    customer_answered = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True)
    due_order = models.DateTimeField()
    overdue_since = models.DateTimeField(null=True)
    seller_due_at = models.DateTimeField(null=True)
    seller_due_order = models.DateTimeField()
    seller_overdue_since = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    last_activity_at = models.DateTimeField()
    entries_count = models.PositiveIntegerField(default=0)
    last_hash = models.CharField(max_length=64, blank=True)
    row_version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint("marketplace", "protocol", name="protocol_once"),
            models.CheckConstraint(
                condition=Q(waiting_on__in=["customer", "seller", "marketplace", "partner", "nobody"]),
                name="case_turn_known",
            ),
            models.CheckConstraint(
                condition=Q(mediation__in=["none", "offered", "asked", "ruled"]), name="case_mediation_known"
            ),
            models.CheckConstraint(condition=Q(closed_at=None) | Q(waiting_on="nobody"), name="closed_waits_on_nobody"),
        ]
        indexes = [
            models.Index("seller", F("last_activity_at").desc(), F("id").desc(), name="case_seller_recent"),
            models.Index("marketplace", F("last_activity_at").desc(), F("id").desc(), name="case_market_recent"),
            models.Index(
                "seller", "waiting_on", F("last_activity_at").desc(), F("id").desc(),
                condition=OPEN, name="case_seller_turn",
            ),
            models.Index(
                "marketplace", "waiting_on", F("last_activity_at").desc(), F("id").desc(),
                condition=OPEN, name="case_market_turn",
            ),
            models.Index(
                "seller", "seller_due_order", F("value_cents").desc(), "id", condition=OPEN, name="case_seller_due"
            ),
            models.Index(
                "marketplace", "due_order", F("value_cents").desc(), "id", condition=OPEN, name="case_market_due"
            ),
            models.Index(
                "seller", F("last_activity_at").desc(), F("id").desc(),
                condition=SELLER_OVERDUE, name="case_seller_overdue",
            ),
            models.Index(
                "marketplace", F("last_activity_at").desc(), F("id").desc(),
                condition=OVERDUE, name="case_market_overdue",
            ),
            models.Index(
                "seller", F("last_activity_at").desc(), F("id").desc(),
                condition=MEDIATED, name="case_seller_mediated",
            ),
            models.Index(
                "marketplace", F("last_activity_at").desc(), F("id").desc(),
                condition=MEDIATED, name="case_market_mediated",
            ),
            models.Index(
                "seller", F("last_activity_at").desc(), F("id").desc(),
                condition=~OPEN, name="case_seller_closed",
            ),
            models.Index(
                "marketplace", F("last_activity_at").desc(), F("id").desc(),
                condition=~OPEN, name="case_market_closed",
            ),
            models.Index("customer", F("opened_at").desc(), name="case_customer_recent"),
            models.Index("marketplace", "order_number", name="case_by_order_number"),
            models.Index("marketplace", "document", name="case_by_document"),
            models.Index("marketplace", "external_id", condition=~Q(external_id=""), name="case_by_external"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.protocol

    @property
    def is_open(self) -> bool:
        """Whether the case is open."""
        return self.closed_at is None

    def due_for(self, party: Party) -> datetime | None:
        """The nearest due time this party's lists know of."""
        return self.seller_due_at if party is Party.SELLER else self.due_at

    def overdue_for(self, party: Party) -> datetime | None:
        """When the oldest missed and unanswered clock this party's lists know of fell due."""
        return self.seller_overdue_since if party is Party.SELLER else self.overdue_since

    def turn_for(self, party: Party | None) -> str:
        """Whose turn it is, as this party may know it."""
        return self.public_turn if party is Party.CUSTOMER else self.waiting_on


class Entry(Row):
    """One line of a case's ledger: a typed event, who did it, and who may read it. Never changed, never deleted.

    `audience` is a bit per party (`audience.py`); `data` holds ids and numbers only; words stand in `Text`,
    and `digest` is their salted sha256, so that erasing them leaves the chain whole.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="entries")
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


class Text(models.Model):
    """The words of an entry, in a row that can be erased: the entry's hash covers a salted digest of them."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="words")
    case = models.ForeignKey(Case, models.PROTECT)
    seller_id = models.UUIDField(null=True)
    customer_id = models.UUIDField(null=True)
    marketplace_id = models.UUIDField()
    day = models.CharField(max_length=8)
    audience = models.PositiveSmallIntegerField()
    body = models.TextField()
    salt = models.CharField(max_length=32)


class Deadline(Row):
    """A clock on a case: owed by `party` to `to`. `next_at` is when the sweep must look at it again."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="deadlines")
    rule = models.CharField(max_length=80)
    party = models.CharField(max_length=12)
    to = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=10, default="running")
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField()
    warned = models.BooleanField(default=False)
    paused_at = models.DateTimeField(null=True)
    pauses = models.JSONField(default=list)
    ended_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["running", "paused", "met", "missed", "released"]),
                name="deadline_state_known",
            ),
            models.UniqueConstraint(
                "case", "rule", condition=Q(state__in=["running", "paused"]), name="deadline_runs_once"
            ),
        ]
        indexes = [models.Index("next_at", condition=Q(state="running"), name="deadline_worklist")]


class Attachment(Row):
    """A file: kept byte for byte, served as a download, never as something a browser would run.

    Without an entry it still waits in its author's draft.
    """

    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="attachments")
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="attachments")
    draft = models.ForeignKey("Draft", models.SET_NULL, null=True, related_name="files")
    name = models.CharField(max_length=160)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=120)
    picture = models.CharField(max_length=120, blank=True)
    added_by = models.UUIDField(null=True)
    added_at = models.DateTimeField()


class Draft(Row):
    """What a person is writing on a case, kept so that a closed browser or a cancelled dialog loses nothing."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="drafts")
    author_id = models.UUIDField()
    to = models.CharField(max_length=12, blank=True)
    customer_reads = models.BooleanField(default=False)
    body = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("case", "author_id", name="draft_once")]


class Request(Row):
    """A form one party was asked to answer. `form` is its fields as the rulebook had them; `answers` can be erased."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="requests")
    entry = models.OneToOneField(Entry, models.PROTECT)
    ask = models.CharField(max_length=80)
    label = models.CharField(max_length=120)
    of = models.CharField(max_length=12)
    by = models.CharField(max_length=12)
    form = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answers = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index("case", condition=Q(answered_at=None), name="request_pending")]


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
