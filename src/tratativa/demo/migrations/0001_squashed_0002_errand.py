"""What the demonstration plays beside the desk, in one step: what the migrations it replaces came to."""

import django.db.models.deletion
import tratativa.accounts.keys
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("demo", "0001_first"),
        ("demo", "0002_errand"),
    ]

    dependencies = [
        ("orders", "0001_squashed_0009_one_index_each"),
    ]

    operations = [
        migrations.CreateModel(
            name="Errand",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=120, unique=True)),
                ("outcome", models.CharField(blank=True, max_length=200)),
                ("amount_cents", models.PositiveBigIntegerField(default=0)),
                ("answers_at", models.DateTimeField()),
                ("order", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="orders.order")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Parcel",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recipient", models.EmailField(max_length=254)),
                ("subject", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("html", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="parcel_recent",
                    )
                ],
            },
        ),
    ]
