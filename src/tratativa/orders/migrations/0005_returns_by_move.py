from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0004_retailers")]

    operations = [
        migrations.AddIndex(
            model_name="return",
            index=models.Index(
                models.F("marketplace"),
                models.OrderBy(models.F("moved_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="return_by_move",
            ),
        ),
    ]
