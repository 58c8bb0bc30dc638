"""Versions stored before a rulebook could say until when a buyer may change their mind: it was seven days of receipt
under every one of them, and goes on being so.

A version's digest stays what it was adopted under: it names the folder that was read, and nobody reads it again.
"""

import json

from django.db import migrations

SEVEN_DAYS = {
    "within": "7 days",
    "source": {"pt": "CDC, art. 49, e Decreto 7.962/2013, art. 5º", "en": "Brazilian Consumer Code, art. 49"},
}


def say_it(apps, _schema):
    versions = apps.get_model("cases", "Version")
    for version in versions.objects.iterator():
        source = json.loads(version.source)
        if "withdrawal" not in source:
            version.source = json.dumps({**source, "withdrawal": SEVEN_DAYS}, ensure_ascii=False)
            version.save(update_fields=["source"])


class Migration(migrations.Migration):
    dependencies = [("cases", "0030_folders_and_signatures")]

    operations = [migrations.RunPython(say_it, migrations.RunPython.noop)]
