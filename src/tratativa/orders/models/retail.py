"""What companies that buy to resell ask about: how far an order came, what it lacks, its invoices, and the Receita."""

from django.db import models
from django.db.models import Q

from tratativa.accounts.models import Customer, Marketplace, Row
from tratativa.orders.models.sales import Order
from tratativa.rulebook.terms.facts import Stage


class Milestone(Row):
    """A stage an order came to, and how it came out there: payment approved or refused, invoiced short (K05-02)."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="milestones", db_index=False)
    stage = models.CharField(max_length=20)
    outcome = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("order", "stage", name="milestone_once"),
            models.CheckConstraint(condition=Q(stage__in=Stage), name="milestone_stage_known"),
            models.CheckConstraint(
                condition=Q(outcome__in=["", "approved", "refused", "short"]), name="milestone_outcome_known"
            ),
        ]


class Rupture(Row):
    """A product of which fewer pieces can be delivered than were bought; the value they leave out in cents."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="ruptures", db_index=False)
    sku = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    bought = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    value_cents = models.PositiveBigIntegerField()
    noticed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("order", "sku", name="rupture_once"),
            models.CheckConstraint(condition=Q(missing__lte=models.F("bought")), name="rupture_within_bought"),
        ]
        indexes = [models.Index(models.F("noticed_at").desc(), models.F("id").desc(), name="rupture_newest")]


class Invoice(Row):
    """A tax invoice (NF-e) of an order; `key` is its access key of 44 characters, where it is known."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="invoices", db_index=False)
    number = models.CharField(max_length=20)
    key = models.CharField(max_length=44, blank=True)
    total_cents = models.PositiveBigIntegerField()
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("order", "number", name="invoice_once")]


class Lookup(Row):
    """A question to the Receita about a customer's CNPJ, and what came of it.

    `asked` waits; `answered` has the company in `answer`; `unknown` is a CNPJ the Receita does not have; `failed`
    was given up, with the reason in `trouble`. Asked from a case, which hears the answer.
    """

    marketplace = models.ForeignKey(Marketplace, models.PROTECT)
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="lookups", db_index=False)
    case_id = models.UUIDField()
    document = models.CharField(max_length=14)
    state = models.CharField(max_length=10, default="asked")
    answer = models.JSONField(default=dict)
    trouble = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("customer", condition=Q(state="asked"), name="lookup_once_at_a_time"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "answered", "unknown", "failed"]), name="lookup_state_known"
            ),
        ]
        indexes = [models.Index("customer", models.F("asked_at").desc(), name="lookup_by_customer")]
