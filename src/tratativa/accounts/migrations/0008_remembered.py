"""What every process must know for a while: a table whose rows a crash may take."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_ended")]

    operations = [
        migrations.CreateModel(
            name="Remembered",
            fields=[
                ("key", models.CharField(max_length=250, primary_key=True, serialize=False)),
                ("value", models.JSONField()),
                ("until", models.DateTimeField(null=True)),
            ],
            options={"indexes": [models.Index(fields=["until"], name="remembered_until")]},
        ),
        migrations.RunSQL(
            "alter table accounts_remembered set unlogged",
            "alter table accounts_remembered set logged",
        ),
    ]
