"""What makes second factors' codes is sealed where it lay plain."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tratativa.accounts.secrecy import sealing

_MAKES_CODES = ("secret", "seed")


def seal(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Seals each once."""
    for one in apps.get_model("mfa", "Authenticator").objects.all():
        plain = [name for name in _MAKES_CODES if one.data.get(name) and not sealing.is_sealed(one.data[name])]
        for name in plain:
            one.data[name] = sealing.seal(one.data[name], "second factor")
        if plain:
            one.save(update_fields=["data"])


def unseal(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Opens each again, for a program that does not know of envelopes."""
    for one in apps.get_model("mfa", "Authenticator").objects.all():
        for name in _MAKES_CODES:
            if sealing.is_sealed(one.data.get(name)):
                one.data[name] = sealing.unseal(one.data[name], "second factor")
        one.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_remembered"), ("mfa", "0003_authenticator_type_uniq")]
    operations = [migrations.RunPython(seal, unseal, elidable=True)]
