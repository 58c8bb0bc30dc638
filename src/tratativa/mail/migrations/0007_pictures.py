from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mail", "0006_settled_letters")]

    operations = [
        migrations.AddField("arrival", "pictures", models.JSONField(default=list)),
        migrations.AddIndex(
            "arrival",
            models.Index(
                models.F("sender"), models.F("at"), condition=models.Q(("verified", True)), name="arrival_by_sender"
            ),
        ),
    ]
