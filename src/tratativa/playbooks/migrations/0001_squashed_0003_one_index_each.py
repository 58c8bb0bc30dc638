"""Procedures under way, in one step: what the migrations it replaces came to."""

import django.db.models.deletion
import tratativa.accounts.keys
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("playbooks", "0001_first"),
        ("playbooks", "0002_telephone"),
        ("playbooks", "0003_one_index_each"),
    ]

    dependencies = [
        ("cases", "0001_squashed_0022_one_index_each"),
    ]

    operations = [
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("playbook", models.CharField(max_length=80)),
                ("at_playbook", models.CharField(max_length=80)),
                ("step", models.CharField(max_length=80)),
                ("back", models.JSONField(default=list)),
                ("path", models.JSONField(default=list)),
                ("shown", models.JSONField(default=list)),
                ("calls", models.JSONField(default=list)),
                ("trail", models.JSONField(default=list)),
                ("started_at", models.DateTimeField()),
                ("started_by", models.UUIDField(null=True)),
                ("moved_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="cases.case",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="asked_by_runs",
                        to="cases.case",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="runs", to="cases.request"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("case"), models.OrderBy(models.F("started_at"), descending=True), name="run_of_case"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("case"), condition=models.Q(("finished_at", None)), name="run_once_at_a_time"
                    )
                ],
            },
        ),
    ]
