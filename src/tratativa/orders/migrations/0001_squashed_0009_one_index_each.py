"""Orders, retailers and what is asked of the marketplace, in one step: what the migrations it replaces came to."""

import django.db.models.deletion
import tratativa.accounts.keys
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("orders", "0001_first"),
        ("orders", "0002_commands_accepted"),
        ("orders", "0003_vouchers"),
        ("orders", "0004_retailers"),
        ("orders", "0005_returns_by_move"),
        ("orders", "0006_newest_ruptures"),
        ("orders", "0007_payouts"),
        ("orders", "0008_once"),
        ("orders", "0009_one_index_each"),
    ]

    dependencies = [
        ("accounts", "0001_squashed_0005_one_index_each"),
    ]

    operations = [
        migrations.CreateModel(
            name="Order",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                ("external_id", models.CharField(blank=True, max_length=60)),
                ("platform", models.CharField(blank=True, max_length=40)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("paid", "paid"),
                            ("invoiced", "invoiced"),
                            ("shipped", "shipped"),
                            ("delivered", "delivered"),
                            ("cancelled", "cancelled"),
                        ],
                        default="received",
                        max_length=20,
                    ),
                ),
                ("payment_method", models.CharField(blank=True, max_length=30)),
                ("total_cents", models.PositiveBigIntegerField(default=0)),
                ("shortage_cents", models.PositiveBigIntegerField(default=0)),
                ("refunded_cents", models.PositiveBigIntegerField(default=0)),
                ("held", models.BooleanField(default=False)),
                ("ordered_at", models.DateTimeField()),
                ("promised_at", models.DateField(blank=True, null=True)),
                ("delivered_at", models.DateTimeField(blank=True, null=True)),
                ("carrier", models.CharField(blank=True, max_length=60)),
                ("tracking", models.CharField(blank=True, max_length=60)),
                ("invoice", models.CharField(blank=True, max_length=60)),
                ("address", models.CharField(blank=True, max_length=300)),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="accounts.customer",
                    ),
                ),
                (
                    "marketplace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="accounts.marketplace",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="accounts.seller",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("stage", models.CharField(max_length=20)),
                ("outcome", models.CharField(blank=True, max_length=10)),
                ("at", models.DateTimeField()),
                (
                    "order",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="milestones",
                        to="orders.order",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sku", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=200)),
                ("quantity", models.PositiveIntegerField(default=1)),
                ("price_cents", models.PositiveBigIntegerField(default=0)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="orders.order"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Invoice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(max_length=20)),
                ("key", models.CharField(blank=True, max_length=44)),
                ("total_cents", models.PositiveBigIntegerField()),
                ("issued_at", models.DateTimeField()),
                (
                    "order",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invoices",
                        to="orders.order",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Command",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("verb", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=120)),
                ("data", models.JSONField(default=dict)),
                ("case_id", models.UUIDField()),
                ("state", models.CharField(default="asked", max_length=12)),
                ("asked_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=200)),
                (
                    "customer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commands",
                        to="accounts.customer",
                    ),
                ),
                (
                    "marketplace",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.marketplace"
                    ),
                ),
                (
                    "once",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="following",
                        to="orders.command",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commands",
                        to="orders.order",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Payout",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("case_id", models.UUIDField()),
                ("child_id", models.UUIDField()),
                ("amount_cents", models.PositiveBigIntegerField()),
                ("of", models.CharField(max_length=10)),
                ("state", models.CharField(default="asked", max_length=10)),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payouts", to="orders.order"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Return",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("case_id", models.UUIDField()),
                ("stage", models.CharField(max_length=12)),
                ("posting_code", models.CharField(blank=True, max_length=60)),
                ("code_valid_until", models.DateTimeField(null=True)),
                ("collect_on", models.DateField(null=True)),
                ("begun_at", models.DateTimeField()),
                ("moved_at", models.DateTimeField()),
                (
                    "marketplace",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.marketplace"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="orders.order",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Rupture",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sku", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=200)),
                ("bought", models.PositiveIntegerField()),
                ("missing", models.PositiveIntegerField()),
                ("value_cents", models.PositiveBigIntegerField()),
                ("noticed_at", models.DateTimeField()),
                (
                    "order",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ruptures",
                        to="orders.order",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Voucher",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(default="voucher", max_length=10)),
                ("code", models.CharField(max_length=40)),
                ("amount_cents", models.PositiveBigIntegerField()),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vouchers",
                        to="accounts.customer",
                    ),
                ),
                (
                    "marketplace",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.marketplace"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Lookup",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("case_id", models.UUIDField()),
                ("document", models.CharField(max_length=14)),
                ("state", models.CharField(default="asked", max_length=10)),
                ("answer", models.JSONField(default=dict)),
                ("trouble", models.CharField(blank=True, max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.UUIDField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lookups",
                        to="accounts.customer",
                    ),
                ),
                (
                    "marketplace",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="accounts.marketplace"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("customer"),
                        models.OrderBy(models.F("asked_at"), descending=True),
                        name="lookup_by_customer",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("customer"), condition=models.Q(("state", "asked")), name="lookup_once_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "answered", "unknown", "failed"])),
                        name="lookup_state_known",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                models.F("seller"),
                models.OrderBy(models.F("ordered_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="order_by_seller",
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                models.F("customer"), models.OrderBy(models.F("ordered_at"), descending=True), name="order_by_customer"
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(models.F("marketplace"), models.F("number"), name="order_number_once"),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stage__in", ("received", "paid", "invoiced", "shipped", "delivered", "cancelled"))
                ),
                name="order_stage_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("refunded_cents__lte", models.F("total_cents")),
                    models.Q(("refunded_cents__lte", models.F("shortage_cents")), ("total_cents", 0)),
                    _connector="OR",
                ),
                name="refunded_within_paid",
            ),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.UniqueConstraint(models.F("order"), models.F("stage"), name="milestone_once"),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stage__in", ("received", "paid", "invoiced", "shipped", "delivered", "cancelled"))
                ),
                name="milestone_stage_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["", "approved", "refused", "short"])),
                name="milestone_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.UniqueConstraint(models.F("order"), models.F("number"), name="invoice_once"),
        ),
        migrations.AddIndex(
            model_name="command",
            index=models.Index(models.F("asked_at"), condition=models.Q(("answered_at", None)), name="command_waiting"),
        ),
        migrations.AddConstraint(
            model_name="command",
            constraint=models.UniqueConstraint(models.F("marketplace"), models.F("key"), name="command_key_once"),
        ),
        migrations.AddConstraint(
            model_name="command",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["asked", "accepted", "confirmed", "refused"])),
                name="command_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="payout",
            constraint=models.UniqueConstraint(models.F("child_id"), name="payout_once_a_child"),
        ),
        migrations.AddConstraint(
            model_name="payout",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["asked", "paid", "withdrawn"])), name="payout_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="payout",
            constraint=models.CheckConstraint(
                condition=models.Q(("of__in", ["order", "shortage"])), name="payout_purpose_known"
            ),
        ),
        migrations.AddIndex(
            model_name="return",
            index=models.Index(
                models.F("marketplace"),
                models.OrderBy(models.F("moved_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="return_by_move",
            ),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.UniqueConstraint(models.F("order"), models.F("case_id"), name="return_once_a_case"),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", ("code_given", "collection", "posted", "received", "refused"))),
                name="return_stage_known",
            ),
        ),
        migrations.AddIndex(
            model_name="rupture",
            index=models.Index(
                models.OrderBy(models.F("noticed_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="rupture_newest",
            ),
        ),
        migrations.AddConstraint(
            model_name="rupture",
            constraint=models.UniqueConstraint(models.F("order"), models.F("sku"), name="rupture_once"),
        ),
        migrations.AddConstraint(
            model_name="rupture",
            constraint=models.CheckConstraint(
                condition=models.Q(("missing__lte", models.F("bought"))), name="rupture_within_bought"
            ),
        ),
        migrations.AddIndex(
            model_name="voucher",
            index=models.Index(
                models.F("customer"), models.OrderBy(models.F("issued_at"), descending=True), name="voucher_by_customer"
            ),
        ),
        migrations.AddConstraint(
            model_name="voucher",
            constraint=models.UniqueConstraint(models.F("marketplace"), models.F("code"), name="voucher_code_once"),
        ),
        migrations.AddConstraint(
            model_name="voucher",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["voucher", "cashback"])), name="voucher_kind_known"
            ),
        ),
    ]
