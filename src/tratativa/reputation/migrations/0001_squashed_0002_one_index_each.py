"""Sanctions and what they rest on, in one step: what the migrations it replaces came to."""

import django.db.models.deletion
import tratativa.accounts.keys
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("reputation", "0001_first"),
        ("reputation", "0002_one_index_each"),
    ]

    dependencies = [
        ("accounts", "0001_squashed_0005_one_index_each"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Sanction",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("rule", models.CharField(max_length=600)),
                ("condition", models.CharField(max_length=300)),
                ("state", models.CharField(default="noticed", max_length=8)),
                ("noticed_at", models.DateTimeField()),
                ("defence_until", models.DateTimeField()),
                ("defended_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("appealed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "marketplace",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="accounts.marketplace"),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sanctions",
                        to="accounts.seller",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("what", models.CharField(max_length=10)),
                ("party", models.CharField(max_length=12)),
                ("words", models.TextField()),
                ("at", models.DateTimeField()),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                (
                    "sanction",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="reputation.sanction",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="sanction",
            index=models.Index(
                models.F("seller"), models.OrderBy(models.F("noticed_at"), descending=True), name="sanction_by_seller"
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.UniqueConstraint(
                models.F("seller"),
                models.F("kind"),
                condition=models.Q(("state__in", ["noticed", "applied"])),
                name="sanction_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["suspension", "notice"])), name="sanction_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["noticed", "applied", "dropped", "lifted"])),
                name="sanction_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["applied", "lifted"]), _negated=True),
                    ("defended_at__isnull", False),
                    ("decided_at__gt", models.F("defence_until")),
                    _connector="OR",
                ),
                name="sanction_heard_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.UniqueConstraint(models.F("sanction"), models.F("number"), name="step_number_once"),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("what__in", ["noticed", "defended", "applied", "dropped", "appealed", "upheld", "lifted"])
                ),
                name="step_known",
            ),
        ),
    ]
