"""Pressed: messages that can be taken back for ten seconds, and who wants none of that."""

import django.db.models.deletion
import tratativa.accounts.keys
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0018_kept_sessions"),
        ("cases", "0035_snoozes"),
    ]

    operations = [
        migrations.CreateModel(
            name="SendsAtOnce",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Pressed",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("party", models.CharField(max_length=12)),
                ("person_id", models.UUIDField()),
                ("to", models.CharField(max_length=12)),
                ("customer_reads", models.BooleanField(default=False)),
                ("wait_for_answer", models.BooleanField(default=False)),
                ("body", models.TextField(blank=True)),
                ("rich", models.TextField(blank=True)),
                ("tags", models.JSONField(default=list)),
                ("pressed_at", models.DateTimeField()),
                ("leaves_at", models.DateTimeField()),
                ("outcome", models.CharField(blank=True, max_length=8)),
                ("ended_at", models.DateTimeField(null=True)),
                ("said_version", models.PositiveIntegerField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pressed",
                        to="cases.case",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cases.entry",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="attachment",
            name="pressed",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="files", to="cases.pressed"
            ),
        ),
        migrations.AddIndex(
            model_name="pressed",
            index=models.Index(models.F("case"), models.F("pressed_at"), name="pressed_of_case"),
        ),
        migrations.AddIndex(
            model_name="pressed",
            index=models.Index(models.F("leaves_at"), condition=models.Q(("ended_at", None)), name="pressed_waiting"),
        ),
        migrations.AddIndex(
            model_name="pressed",
            index=models.Index(
                models.F("ended_at"), condition=models.Q(("ended_at__isnull", False)), name="pressed_over"
            ),
        ),
        migrations.AddConstraint(
            model_name="pressed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("outcome", "")),
                    models.Q(
                        ("body", ""),
                        ("ended_at__isnull", False),
                        ("outcome__in", ["said", "undone", "refused"]),
                        ("rich", ""),
                    ),
                    _connector="OR",
                ),
                name="pressed_ends_once",
            ),
        ),
    ]
