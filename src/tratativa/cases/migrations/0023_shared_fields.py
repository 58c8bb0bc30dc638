"""What a queue was shown becomes rows; what was shown before is read, once, from its words."""

import uuid
from collections.abc import Iterator
from typing import Any

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import tratativa.accounts.keys


def read(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """A line of the words was a label and a value; what has no label goes on with the value before."""
    text, field = apps.get_model("cases", "Text"), apps.get_model("cases", "SharedField")
    for one in text.objects.filter(entry__event="data.shared").iterator():
        pairs = list(_pairs(one.body))
        field.objects.bulk_create(
            field(id=uuid.uuid4(), text=one, position=position, label=label[:200], value=value)
            for position, (label, value) in enumerate(pairs)
        )


def _pairs(words: str) -> Iterator[tuple[str, str]]:
    pair: tuple[str, str] | None = None
    for row in words.splitlines():
        label, colon, value = row.partition(": ")
        if colon:
            if pair:
                yield pair
            pair = (label, value)
        elif pair:
            pair = (pair[0], f"{pair[1]}\n{row}")
    if pair:
        yield pair


def keep(_apps: Any, _editor: BaseDatabaseSchemaEditor) -> None:
    """The words are still there: nothing to do on the way back."""


class Migration(migrations.Migration):
    dependencies = [("cases", "0022_one_index_each")]

    operations = [
        migrations.CreateModel(
            name="SharedField",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("label", models.CharField(max_length=200)),
                ("value", models.TextField()),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shared", to="cases.text"
                    ),
                ),
            ],
            options={"ordering": ["position"]},
        ),
        migrations.RunPython(read, keep),
    ]
