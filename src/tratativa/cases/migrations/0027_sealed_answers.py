"""Bank data are sealed where they lay plain: what customers answered, and what queues were shown.

What queues were shown is otherwise never changed: the database lets whoever owns it do so here, once. The words of
before, which the ledger's chain covers, stay as they are until they are erased with the queue's answer.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tratativa.accounts.secrecy import sealing
from tratativa.accounts.secrecy.sealed_fields import SealedJSONField

_PURPOSE = "bank data"


def seal(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Seals each once."""
    for request in apps.get_model("cases", "Request").objects.exclude(sealed={}):
        request.save(update_fields=["sealed"])  # the field seals what it keeps
    shared = apps.get_model("cases", "SharedField").objects.filter(text__entry__data__sealed=True)
    found = [(one.pk, one.value) for one in shared if not sealing.is_sealed(one.value)]
    if not found:
        return
    editor.execute("set constraints all immediate")  # no table is altered while a check of its rows waits
    editor.execute("alter table public.cases_sharedfield disable trigger words_are_kept")
    for key, value in found:
        editor.execute(
            "update public.cases_sharedfield set value = %s where id = %s", [sealing.seal(value, _PURPOSE), key]
        )
    editor.execute("alter table public.cases_sharedfield enable trigger words_are_kept")
    editor.execute("set constraints all deferred")


class Migration(migrations.Migration):
    dependencies = [("cases", "0026_judged")]
    operations = [
        migrations.AlterField(
            model_name="request", name="sealed", field=SealedJSONField(default=dict, purpose="bank data")
        ),
        migrations.RunPython(seal, migrations.RunPython.noop, elidable=True),
    ]
