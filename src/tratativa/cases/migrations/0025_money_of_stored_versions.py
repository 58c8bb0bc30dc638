"""Versions stored before a rulebook could say its money: every amount was written in reais, and goes on being so.

A version's digest stays what it was adopted under: it names the folder that was read, and nobody reads it again.
"""

import json

from django.db import migrations

REAIS = {"currency": "BRL", "locale": "pt_BR"}


def say_it(apps, _schema):
    versions = apps.get_model("cases", "Version")
    for version in versions.objects.iterator():
        source = json.loads(version.source)
        if "money" not in source:
            version.source = json.dumps({**source, "money": REAIS}, ensure_ascii=False)
            version.save(update_fields=["source"])


class Migration(migrations.Migration):
    dependencies = [("cases", "0024_append_only")]

    operations = [migrations.RunPython(say_it, migrations.RunPython.noop)]
