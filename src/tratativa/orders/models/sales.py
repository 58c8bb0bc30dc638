"""Orders, their lines, invoices and shipments, and commands to the marketplace's systems."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tratativa.accounts.models import Customer, Marketplace, Row, Seller
from tratativa.rulebook.terms.facts import ReturnStage, Stage


class Order(Row):
    """One sale: who bought what from whom, how it was paid, and how far it has come.

    Money is in cents; `shortage_cents` is what a rupture leaves out. `stage` moves only forward, except to
    `cancelled`. `state` is the one it is delivered to; `categories` are those of its lines. `by_day` names which of
    `ordered_at` and `delivered_at` are days of which nobody told the hour: noon stands for them.
    """

    marketplace = models.ForeignKey(Marketplace, models.PROTECT, related_name="orders", db_index=False)
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="orders", db_index=False)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="orders", db_index=False)
    number = models.CharField(max_length=40)
    external_id = models.CharField(max_length=60, blank=True)
    platform = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=20, choices=[(stage, stage) for stage in Stage], default="received")
    payment_method = models.CharField(max_length=30, blank=True)
    total_cents = models.PositiveBigIntegerField(default=0)
    shortage_cents = models.PositiveBigIntegerField(default=0)
    refunded_cents = models.PositiveBigIntegerField(default=0)
    held = models.BooleanField(default=False)
    ordered_at = models.DateTimeField()
    promised_at = models.DateField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    carrier = models.CharField(max_length=60, blank=True)
    tracking = models.CharField(max_length=60, blank=True)
    invoice = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=20, blank=True)
    categories = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    by_day = ArrayField(models.CharField(max_length=12), default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("marketplace", "number", name="order_number_once"),
            models.CheckConstraint(condition=models.Q(stage__in=Stage), name="order_stage_known"),
            models.CheckConstraint(
                condition=models.Q(refunded_cents__lte=models.F("total_cents"))
                | models.Q(total_cents=0, refunded_cents__lte=models.F("shortage_cents")),
                name="refunded_within_paid",
            ),
        ]
        indexes = [
            models.Index("seller", models.F("ordered_at").desc(), models.F("id").desc(), name="order_by_seller"),
            models.Index("customer", models.F("ordered_at").desc(), name="order_by_customer"),
        ]

    def __str__(self) -> str:
        return self.number


class Line(Row):
    """One product of an order."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    sku = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    quantity = models.PositiveIntegerField(default=1)
    price_cents = models.PositiveBigIntegerField(default=0)
    category = models.CharField(max_length=60, blank=True)


class Voucher(Row):
    """A value the customer spends on a next order: a voucher the desk asked for, or a cashback coupon. Cents."""

    marketplace = models.ForeignKey(Marketplace, models.PROTECT, db_index=False)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="vouchers", db_index=False)
    kind = models.CharField(max_length=10, default="voucher")
    code = models.CharField(max_length=40)
    amount_cents = models.PositiveBigIntegerField()
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("marketplace", "code", name="voucher_code_once"),
            models.CheckConstraint(condition=models.Q(kind__in=["voucher", "cashback"]), name="voucher_kind_known"),
        ]
        indexes = [models.Index("customer", models.F("issued_at").desc(), name="voucher_by_customer")]


class Command(Row):
    """What the desk asked the marketplace's systems to do; its key makes a repeat harmless.

    It is about an order, or about a customer's registration or value where there is no order.

    `asked` still waits to be delivered; `accepted` was, and its answer comes later as a fact. One that goes out only
    `once` another is confirmed, as a refund once its order is cancelled, is refused with it.
    """

    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="commands")
    customer = models.ForeignKey(Customer, models.PROTECT, null=True, related_name="commands")
    marketplace = models.ForeignKey(Marketplace, models.PROTECT, db_index=False)
    verb = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    data = models.JSONField(default=dict)
    case_id = models.UUIDField()
    state = models.CharField(max_length=12, default="asked")
    asked_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True)
    once = models.ForeignKey("self", models.PROTECT, null=True, related_name="following")

    class Meta:
        constraints = [
            models.UniqueConstraint("marketplace", "key", name="command_key_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["asked", "accepted", "confirmed", "refused"]), name="command_state_known"
            ),
        ]
        indexes = [
            models.Index("asked_at", condition=models.Q(answered_at=None), name="command_waiting"),
        ]


class Payout(Row):
    """Money that people pay into the customer's account, asked of a queue: in cents, `of` the shortage or the order.

    `asked` and `paid` count as given back; one that is `withdrawn` does not.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="payouts")
    case_id = models.UUIDField()
    child_id = models.UUIDField()
    amount_cents = models.PositiveBigIntegerField()
    of = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default="asked")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("child_id", name="payout_once_a_child"),
            models.CheckConstraint(
                condition=models.Q(state__in=["asked", "paid", "withdrawn"]), name="payout_state_known"
            ),
            models.CheckConstraint(condition=models.Q(of__in=["order", "shortage"]), name="payout_purpose_known"),
        ]


class Return(Row):
    """Goods on their way back («reversa»): by a posting code with its validity, or fetched on a day."""

    marketplace = models.ForeignKey(Marketplace, models.PROTECT, db_index=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="returns", db_index=False)
    case_id = models.UUIDField()
    stage = models.CharField(max_length=12)
    posting_code = models.CharField(max_length=60, blank=True)
    code_valid_until = models.DateTimeField(null=True)
    collect_on = models.DateField(null=True)
    begun_at = models.DateTimeField()
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("order", "case_id", name="return_once_a_case"),
            models.CheckConstraint(condition=models.Q(stage__in=ReturnStage[1:]), name="return_stage_known"),
        ]
        indexes = [
            models.Index("marketplace", models.F("moved_at").desc(), models.F("id").desc(), name="return_by_move")
        ]
