"""Letters and mailboxes, in one step: what the migrations it replaces came to."""

import django.db.models.deletion
import django.db.models.functions.text
import tratativa.accounts.keys
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("mail", "0001_first"),
        ("mail", "0002_as_sent"),
        ("mail", "0003_arrivals"),
        ("mail", "0004_mailbox_passwords"),
        ("mail", "0005_erased_letters"),
        ("mail", "0006_settled_letters"),
        ("mail", "0007_pictures"),
        ("mail", "0008_participants"),
        ("mail", "0009_one_index_each"),
    ]

    dependencies = [
        ("accounts", "0001_squashed_0005_one_index_each"),
        ("cases", "0001_squashed_0022_one_index_each"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("party", models.CharField(max_length=12)),
                ("reader_id", models.UUIDField()),
                ("address", models.EmailField(max_length=254)),
                ("state", models.CharField(default="waiting", max_length=8)),
                ("at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("trouble", models.CharField(blank=True, max_length=200)),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField(blank=True)),
                ("html", models.TextField(blank=True)),
                ("bounced_at", models.DateTimeField(null=True)),
                ("bounce", models.CharField(blank=True, max_length=200)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="cases.case"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="cases.entry",
                    ),
                ),
                (
                    "marketplace",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="accounts.marketplace"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("address", models.EmailField(max_length=254)),
                (
                    "kind",
                    models.CharField(
                        choices=[("imap", "IMAP"), ("listener", "SMTP/LMTP")], default="listener", max_length=8
                    ),
                ),
                ("receiver", models.CharField(blank=True, max_length=120)),
                ("host", models.CharField(blank=True, max_length=120)),
                ("port", models.PositiveIntegerField(default=993)),
                (
                    "security",
                    models.CharField(
                        choices=[("tls", "TLS"), ("starttls", "STARTTLS"), ("none", "–")], default="tls", max_length=8
                    ),
                ),
                ("user", models.CharField(blank=True, max_length=120)),
                ("secret", models.CharField(blank=True, max_length=80)),
                ("password", models.TextField(blank=True)),
                ("paused_at", models.DateTimeField(null=True)),
                ("folder", models.CharField(default="INBOX", max_length=80)),
                ("validity", models.PositiveBigIntegerField(default=0)),
                ("last_uid", models.PositiveBigIntegerField(default=0)),
                ("looked_at", models.DateTimeField(null=True)),
                ("trouble", models.CharField(blank=True, max_length=200)),
                (
                    "marketplace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mailboxes", to="accounts.marketplace"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Arrival",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("uid", models.CharField(blank=True, max_length=50)),
                ("message_id", models.CharField(blank=True, max_length=255)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("path", models.CharField(max_length=120)),
                ("sender", models.CharField(blank=True, max_length=254)),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("recipients", models.JSONField(default=list)),
                ("state", models.CharField(default="waiting", max_length=12)),
                ("machine", models.CharField(blank=True, max_length=12)),
                ("verified", models.BooleanField(default=False)),
                ("folded", models.TextField(blank=True)),
                ("left_out", models.JSONField(default=list)),
                ("pictures", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("trouble", models.CharField(blank=True, max_length=200)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arrivals",
                        to="cases.case",
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="arrival", to="cases.entry"
                    ),
                ),
                (
                    "marketplace",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.marketplace"
                    ),
                ),
                (
                    "offered",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="letters_offered",
                        to="cases.case",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="letters_settled",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="letters",
                        to="cases.followup",
                    ),
                ),
                (
                    "bounced",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="bounces", to="mail.letter"
                    ),
                ),
                (
                    "mailbox",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arrivals",
                        to="mail.mailbox",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("address", models.EmailField(max_length=254)),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="participants_added",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="cases.case",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                models.F("at"), condition=models.Q(("state", "sent"), _negated=True), name="letter_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                models.F("entry"), models.F("kind"), models.F("reader_id"), name="letter_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "sent", "failed"])), name="letter_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="mailbox",
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower("address"), name="mailbox_once"),
        ),
        migrations.AddIndex(
            model_name="arrival",
            index=models.Index(models.F("at"), condition=models.Q(("state", "waiting")), name="arrival_waiting"),
        ),
        migrations.AddIndex(
            model_name="arrival",
            index=models.Index(models.F("message_id"), name="arrival_by_id"),
        ),
        migrations.AddIndex(
            model_name="arrival",
            index=models.Index(fields=["marketplace", "state", "-at"], name="arrival_by_state"),
        ),
        migrations.AddIndex(
            model_name="arrival",
            index=models.Index(models.F("case"), models.F("at"), name="arrival_of_case"),
        ),
        migrations.AddIndex(
            model_name="arrival",
            index=models.Index(
                models.F("sender"), models.F("at"), condition=models.Q(("verified", True)), name="arrival_by_sender"
            ),
        ),
        migrations.AddConstraint(
            model_name="arrival",
            constraint=models.UniqueConstraint(
                models.F("mailbox"), models.F("message_id"), models.F("sha256"), name="arrival_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="arrival",
            constraint=models.UniqueConstraint(
                models.F("mailbox"),
                models.F("uid"),
                condition=models.Q(("uid", ""), _negated=True),
                name="arrival_uid_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrival",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "filed", "unmatched", "quarantined", "own", "settled"])),
                name="arrival_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                models.F("case"), django.db.models.functions.text.Lower("address"), name="participant_once"
            ),
        ),
    ]
