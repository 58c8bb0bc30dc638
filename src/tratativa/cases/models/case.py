"""The case and the rulebook version it lives under: what lists, filters and counters need stands on one row."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from tratativa.accounts.models import Customer, Marketplace, Partner, Person, Row, Seller
from tratativa.orders.models import Order
from tratativa.rulebook.terms.parties import Party

OPEN = Q(closed_at=None)
# What is late, and what was closed although the law's own clock still waits for an answer (L-16).
OVERDUE = Q(overdue_since__isnull=False) | Q(closed_at__isnull=False, due_at__isnull=False)
SELLER_OVERDUE = OPEN & Q(seller_overdue_since__isnull=False)
MEDIATED = OPEN & Q(mediation="asked")


class Version(Row):
    """A rulebook a marketplace has adopted, by content digest. A case keeps the one it was opened under.

    `adopted_at` is when it was first taken in; since when it applies, and when again, is each `Adoption`'s to say.
    """

    marketplace = models.ForeignKey(Marketplace, models.CASCADE, related_name="versions", db_index=False)
    digest = models.CharField(max_length=64)
    source = models.TextField()
    adopted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("marketplace", "digest", name="version_once")]


class Adoption(Row):
    """That a version applies to what is opened from a moment on, until the next adoption. Never changed afterwards.

    `by` is the person who published it, or `by_command` the command; `second` the other administrator, where the
    marketplace asks for one. Those from before anybody signed have neither.
    """

    marketplace = models.ForeignKey(Marketplace, models.CASCADE, related_name="adoptions", db_index=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="adoptions")
    from_at = models.DateTimeField()
    made_at = models.DateTimeField()
    name = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    by_command = models.CharField(max_length=60, blank=True)
    second = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(second=None) | (Q(by__isnull=False) & ~Q(second=F("by"))), name="adoption_by_two"
            )
        ]
        indexes = [models.Index("marketplace", F("from_at").desc(), F("made_at").desc(), name="adoption_in_force")]


class StepPicture(Row):
    """A picture beside a procedure's step, as a version of the marketplace's rulebook names it by its digest.

    Rows of the database: a version is whole or not there, and a copy of the database has its pictures.
    """

    marketplace = models.ForeignKey(Marketplace, models.CASCADE, related_name="step_pictures", db_index=False)
    digest = models.CharField(max_length=64)
    type = models.CharField(max_length=20)
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint("marketplace", "digest", name="step_picture_once")]


class Case(Row):
    """One matter: what lists, filters and counters need stands on this row.

    `due_order` is what is overdue, else the nearest running due time, else the end of time: sorting needs no nulls.
    A seller's lists know only what the seller owes: their columns begin with `seller_`.
    `public_turn` is whose turn it is as the customer may know it: what seller and marketplace say to each other
    leaves no trace there. `customer_in` is true once the customer can read anything of it; before that it does
    not exist for them. `helping` lasts from when the seller asked the marketplace's help until it answers. `held` are
    the actions (or the reply) asked for that wait to happen. `once` is the key of the form it was opened by: sent
    twice, it opens one case. A child case has a `queue` and the `partner` who answers it; its `parent` is the case
    that asks. While it is `internal` the customer it is about must not learn of it. `letters_to` is where the
    customer's letters go instead of the registered address. `asked_seller` is whom a queue of the sellers' means where
    no order says it. `late_child_since` is when the oldest answer a queue still owes was due.
    `filled` are the case's own fields that hold something.
    """

    # What the entries said last of whose the case is (`core.ledger.owners`): known behind the door alone.
    sealed_of: dict[str, str] | None = None

    marketplace = models.ForeignKey(Marketplace, models.PROTECT, db_index=False)
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
    seller = models.ForeignKey(Seller, models.PROTECT, null=True, related_name="cases", db_index=False)
    customer = models.ForeignKey(Customer, models.PROTECT, null=True, related_name="cases", db_index=False)
    document = models.CharField(max_length=14, blank=True)
    value_cents = models.PositiveBigIntegerField(default=0)
    queue = models.CharField(max_length=60, blank=True)
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="cases")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    assignee = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="cases")
    seller_assignee = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="seller_cases")
    customer_in = models.BooleanField(default=False)
    internal = models.BooleanField(default=False)
    letters_to = models.EmailField(blank=True)
    asked_seller = models.ForeignKey(Seller, models.PROTECT, null=True, related_name="asked_cases")
    late_child_since = models.DateTimeField(null=True)
    waiting_on = models.CharField(max_length=12, default="nobody")
    waiting_since = models.DateTimeField()
    public_turn = models.CharField(max_length=12, default="nobody")
    critical = models.BooleanField(default=False)
    mediation = models.CharField(max_length=8, default="none")
    offered = ArrayField(models.CharField(max_length=80), default=list)
    held = ArrayField(models.CharField(max_length=80), default=list)
    done = ArrayField(models.CharField(max_length=80), default=list)
    asked = ArrayField(models.CharField(max_length=80), default=list)
    answered = ArrayField(models.CharField(max_length=80), default=list)
    filled = ArrayField(models.CharField(max_length=80), default=list)
    photos_received = models.BooleanField(default=False)
    helping = models.BooleanField(default=False)
    return_stage = models.CharField(max_length=12, default="none")
    customer_answered = models.BooleanField(default=False)
    customer_waiting = models.BooleanField(default=False)
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
    once = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("marketplace", "protocol", name="protocol_once"),
            models.UniqueConstraint("marketplace", "once", name="opened_once"),
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
                "seller", "waiting_on", "seller_due_order", F("value_cents").desc(), "id",
                condition=OPEN, name="case_seller_turn_due",
            ),
            models.Index(
                "marketplace", "waiting_on", "due_order", F("value_cents").desc(), "id",
                condition=OPEN, name="case_market_turn_due",
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
            models.Index(
                "seller", "kind", F("last_activity_at").desc(), F("id").desc(), name="case_seller_kind"
            ),
            models.Index(
                "marketplace", F("last_activity_at").desc(), F("id").desc(),
                condition=Q(critical=True), name="case_market_critical",
            ),
            models.Index("marketplace", "value_cents", name="case_by_value"),
            models.Index("customer", F("opened_at").desc(), name="case_customer_recent"),
            models.Index(
                "partner", F("last_activity_at").desc(), F("id").desc(), condition=~Q(queue=""), name="case_partner"
            ),
            models.Index(
                "marketplace", "queue", "due_order", F("value_cents").desc(), "id",
                condition=OPEN & ~Q(queue=""), name="case_queue_load",
            ),
            models.Index("assignee", "waiting_since", condition=OPEN, name="case_mine"),
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

    def assignee_for(self, party: Party) -> Person | None:
        """Who is responsible on this party's side; each side knows its own people only."""
        return self.seller_assignee if party is Party.SELLER else self.assignee

    def due_for(self, party: Party) -> datetime | None:
        """The nearest due time this party's lists know of."""
        return self.seller_due_at if party is Party.SELLER else self.due_at

    def overdue_for(self, party: Party) -> datetime | None:
        """When the oldest missed and unanswered clock this party's lists know of fell due."""
        return self.seller_overdue_since if party is Party.SELLER else self.overdue_since

    def turn_for(self, party: Party | None) -> str:
        """Whose turn it is, as this party may know it."""
        return self.public_turn if party is Party.CUSTOMER else self.waiting_on
