"""Who administered when two were demanded, by their places; of demands that stand, those who had the role by then."""

from typing import Any

from django.db import migrations, models
from django.db.models import Q


def remember(apps: Any, _editor: Any) -> None:
    """Writes down, for each demand, the places that administer since before it, or since nobody kept when."""
    for demand in apps.get_model("studio", "Demand").objects.all():
        places = apps.get_model("accounts", "Membership").objects.filter(
            Q(role_at=None) | Q(role_at__lte=demand.made_at),
            marketplace=demand.marketplace_id, seller=None, partner=None, role="admin",
        )  # fmt: skip
        demand.administrators = [str(key) for key in places.values_list("pk", flat=True)]
        demand.save(update_fields=["administrators"])


class Migration(migrations.Migration):
    dependencies = [("studio", "0002_publishing"), ("accounts", "0020_accounts_regained")]

    operations = [
        migrations.AddField(model_name="demand", name="administrators", field=models.JSONField(default=list)),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
