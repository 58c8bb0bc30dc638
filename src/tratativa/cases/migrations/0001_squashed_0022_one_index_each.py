"""Cases, and what the database promises of their ledger, in one step: what the migrations it replaces came to."""

import django.contrib.postgres.fields
import django.db.models.deletion
import tratativa.accounts.keys
from django.conf import settings
from django.db import migrations, models


# Functions in an index expression run with an empty search path: everything here is named with its schema.
NUMBERS = ("create sequence public.case_protocol", "drop sequence public.case_protocol")

LEDGER = (
    """
    create function public.ledger_only_grows() returns trigger language plpgsql as $$
    begin
        raise exception 'the ledger only grows: % on cases_entry is refused', tg_op;
    end $$;
    create trigger ledger_only_grows before update or delete on public.cases_entry
        for each row execute function public.ledger_only_grows();
    """,
    """
    drop trigger ledger_only_grows on public.cases_entry;
    drop function public.ledger_only_grows();
    """,
)

# Accents are folded before stemming and plurals repaired after, on both sides: the stock stemmer gives
# devolução, devolucao, devoluções and devolucoes four different lexemes.
SEARCH = (
    """
    create function public.fold_pt(words text) returns text language sql immutable strict parallel safe as $$
        select regexp_replace(regexp_replace(
            translate(lower(words), 'áàâãäéèêëíìîïóòôõöúùûüçñ', 'aaaaaeeeeiiiiooooouuuucn'),
            '(o|a)es\\M', 'ao', 'g'), '(\\w\\w[aeou])is\\M', '\\1l', 'g') $$;
    create function public.text_words(body text, seller uuid, day text) returns tsvector
        language sql immutable parallel safe as $$
        select to_tsvector('portuguese'::regconfig, public.fold_pt(body)) || array_to_tsvector(
            array['zd' || day, 'zm' || left(day, 6),
                'zs' || replace(coalesce(seller::text, 'none'), '-', '')]) $$;
    create index text_words on public.cases_text using gin (public.text_words(body, seller_id, day));
    analyze public.cases_text;
    """,
    """
    drop index public.text_words;
    drop function public.text_words(text, uuid, text);
    drop function public.fold_pt(text);
    """,
)


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("cases", "0001_first"),
        ("cases", "0002_database"),
        ("cases", "0003_marks"),
        ("cases", "0004_holding"),
        ("cases", "0005_conversations"),
        ("cases", "0006_reports"),
        ("cases", "0007_asking"),
        ("cases", "0008_queue_load"),
        ("cases", "0009_open_cases"),
        ("cases", "0010_stuck"),
        ("cases", "0011_named_fields"),
        ("cases", "0012_draft_versions"),
        ("cases", "0013_telephone"),
        ("cases", "0014_adoptions"),
        ("cases", "0015_owed_after_closing"),
        ("cases", "0016_helping"),
        ("cases", "0017_reporting_in"),
        ("cases", "0018_reminded_party"),
        ("cases", "0019_let_go"),
        ("cases", "0020_step_pictures"),
        ("cases", "0021_no_ended_at"),
        ("cases", "0022_one_index_each"),
    ]

    dependencies = [
        ("accounts", "0001_squashed_0005_one_index_each"),
        ("orders", "0001_squashed_0009_one_index_each"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("event", models.CharField(max_length=40)),
                ("data", models.JSONField(default=dict)),
                ("party", models.CharField(max_length=12)),
                ("actor_id", models.UUIDField(null=True)),
                ("audience", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("previous", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("protocol", models.CharField(max_length=24)),
                ("kind", models.CharField(max_length=60)),
                ("reason", models.CharField(max_length=80)),
                ("channel", models.CharField(default="page", max_length=20)),
                ("origin", models.CharField(max_length=12)),
                ("external_id", models.CharField(blank=True, max_length=60)),
                ("platform", models.CharField(blank=True, max_length=40)),
                ("order_number", models.CharField(blank=True, max_length=40)),
                ("document", models.CharField(blank=True, max_length=14)),
                ("value_cents", models.PositiveBigIntegerField(default=0)),
                ("queue", models.CharField(blank=True, max_length=60)),
                ("customer_in", models.BooleanField(default=False)),
                ("internal", models.BooleanField(default=False)),
                ("letters_to", models.EmailField(blank=True, max_length=254)),
                ("late_child_since", models.DateTimeField(null=True)),
                ("waiting_on", models.CharField(default="nobody", max_length=12)),
                ("waiting_since", models.DateTimeField()),
                ("public_turn", models.CharField(default="nobody", max_length=12)),
                ("critical", models.BooleanField(default=False)),
                ("mediation", models.CharField(default="none", max_length=8)),
                (
                    "offered",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), default=list, size=None
                    ),
                ),
                (
                    "held",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), default=list, size=None
                    ),
                ),
                (
                    "done",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), default=list, size=None
                    ),
                ),
                (
                    "asked",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), default=list, size=None
                    ),
                ),
                (
                    "answered",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), default=list, size=None
                    ),
                ),
                ("photos_received", models.BooleanField(default=False)),
                ("helping", models.BooleanField(default=False)),
                ("return_stage", models.CharField(default="none", max_length=12)),
                ("customer_answered", models.BooleanField(default=False)),
                ("customer_waiting", models.BooleanField(default=False)),
                ("due_at", models.DateTimeField(null=True)),
                ("due_order", models.DateTimeField()),
                ("overdue_since", models.DateTimeField(null=True)),
                ("seller_due_at", models.DateTimeField(null=True)),
                ("seller_due_order", models.DateTimeField()),
                ("seller_overdue_since", models.DateTimeField(null=True)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("last_activity_at", models.DateTimeField()),
                ("entries_count", models.PositiveIntegerField(default=0)),
                ("last_hash", models.CharField(blank=True, max_length=64)),
                ("row_version", models.PositiveIntegerField(default=0)),
                ("once", models.UUIDField(null=True)),
                (
                    "asked_seller",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_cases",
                        to="accounts.seller",
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="cases",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="accounts.customer",
                    ),
                ),
                (
                    "marketplace",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.marketplace"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="orders.order"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="children", to="cases.case"
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="accounts.partner",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="accounts.seller",
                    ),
                ),
                (
                    "seller_assignee",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="seller_cases",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("author_id", models.UUIDField()),
                ("to", models.CharField(blank=True, max_length=12)),
                ("customer_reads", models.BooleanField(default=False)),
                ("body", models.TextField(blank=True)),
                ("rich", models.TextField(blank=True)),
                ("saved_at", models.DateTimeField()),
                ("version", models.UUIDField(default=tratativa.accounts.keys.new)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="cases.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Text",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="cases.entry",
                    ),
                ),
                ("seller_id", models.UUIDField(null=True)),
                ("customer_id", models.UUIDField(null=True)),
                ("marketplace_id", models.UUIDField()),
                ("day", models.CharField(max_length=8)),
                ("audience", models.PositiveSmallIntegerField()),
                ("body", models.TextField()),
                ("rich", models.TextField(blank=True)),
                ("salt", models.CharField(max_length=32)),
            ],
        ),
        migrations.AddField(
            model_name="entry",
            name="case",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="cases.case"
            ),
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=160)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("path", models.CharField(max_length=120)),
                ("picture", models.CharField(blank=True, max_length=120)),
                ("sensitive", models.BooleanField(default=False)),
                ("expires_at", models.DateTimeField(null=True)),
                ("added_by", models.UUIDField(null=True)),
                ("added_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="cases.case",
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="files", to="cases.draft"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="cases.entry",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Escalation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("queue", models.CharField(max_length=60)),
                ("shared", models.JSONField(default=list)),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.PositiveIntegerField(default=0)),
                ("told", models.PositiveIntegerField(default=0)),
                ("silent_at", models.DateTimeField(null=True)),
                ("told_silence", models.BooleanField(default=False)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("to_say", models.JSONField(default=list)),
                ("let_go_at", models.DateTimeField(null=True)),
                (
                    "child",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="escalation", to="cases.case"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="escalations",
                        to="cases.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=500)),
                ("tells", models.CharField(blank=True, max_length=12)),
                ("due_at", models.DateTimeField()),
                ("made_at", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="follow_ups", to="cases.case"
                    ),
                ),
                (
                    "marketplace",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="accounts.marketplace"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="follow_ups",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Held",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("why", models.CharField(max_length=10)),
                ("rule", models.CharField(blank=True, max_length=120)),
                ("action", models.CharField(max_length=80)),
                ("given", models.JSONField(default=dict)),
                ("value_cents", models.PositiveBigIntegerField(default=0)),
                ("party", models.CharField(max_length=12)),
                ("person_id", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("decision", models.CharField(blank=True, max_length=10)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.UUIDField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="cases.case"
                    ),
                ),
                ("entry", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to="cases.entry")),
            ],
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("metric", models.CharField(max_length=60)),
                ("source", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("voided", models.BooleanField(default=False)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="cases.case",
                    ),
                ),
                (
                    "contest",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contested_mark",
                        to="cases.entry",
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decided_mark",
                        to="cases.entry",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="accounts.seller",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OpenCase",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("seen", models.PositiveIntegerField(default=0)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="open_on", to="cases.case"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="open_cases",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reason", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                ("decision", models.CharField(blank=True, max_length=10)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.UUIDField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="cases.case",
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reported", to="cases.entry"
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="report", to="cases.entry"
                    ),
                ),
                (
                    "verdict",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decided_report",
                        to="cases.entry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Request",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("ask", models.CharField(max_length=80)),
                ("label", models.CharField(max_length=120)),
                ("of", models.CharField(max_length=12)),
                ("by", models.CharField(max_length=12)),
                ("form", models.JSONField(default=list)),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("answers", models.JSONField(default=dict)),
                ("sealed", models.JSONField(default=dict)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="cases.case"
                    ),
                ),
                ("entry", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to="cases.entry")),
            ],
        ),
        migrations.CreateModel(
            name="StepPicture",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("type", models.CharField(max_length=20)),
                ("content", models.BinaryField()),
                (
                    "marketplace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="step_pictures",
                        to="accounts.marketplace",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Stuck",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("what", models.CharField(max_length=20)),
                ("key", models.UUIDField()),
                ("tries", models.PositiveSmallIntegerField(default=1)),
                ("since", models.DateTimeField()),
                ("next_at", models.DateTimeField()),
                ("trouble", models.CharField(max_length=200)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stuck", to="cases.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Survey",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sent_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("score", models.PositiveSmallIntegerField(null=True)),
                ("comment", models.TextField(blank=True)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="survey", to="cases.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("source", models.TextField()),
                ("adopted_at", models.DateTimeField()),
                (
                    "marketplace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="accounts.marketplace",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="case",
            name="version",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="cases.version"),
        ),
        migrations.CreateModel(
            name="Adoption",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("from_at", models.DateTimeField()),
                ("made_at", models.DateTimeField()),
                (
                    "marketplace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="adoptions",
                        to="accounts.marketplace",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="adoptions", to="cases.version"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("rule", models.CharField(max_length=80)),
                ("party", models.CharField(max_length=12)),
                ("to", models.CharField(blank=True, max_length=12)),
                ("state", models.CharField(default="running", max_length=10)),
                ("started_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("warn_at", models.DateTimeField(null=True)),
                ("next_at", models.DateTimeField()),
                ("warned", models.BooleanField(default=False)),
                ("paused_at", models.DateTimeField(null=True)),
                ("pauses", models.JSONField(default=list)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deadlines", to="cases.case"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("next_at"), condition=models.Q(("state", "running")), name="deadline_worklist"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["running", "paused", "met", "missed", "released"])),
                        name="deadline_state_known",
                    ),
                    models.UniqueConstraint(
                        models.F("case"),
                        models.F("rule"),
                        condition=models.Q(("state__in", ["running", "paused"])),
                        name="deadline_runs_once",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(models.F("case"), models.F("author_id"), name="draft_once"),
        ),
        migrations.AddField(
            model_name="text",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="cases.case"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(models.F("case"), models.F("number"), name="entry_number_once"),
        ),
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(models.F("parent"), models.F("asked_at"), name="escalation_of_parent"),
        ),
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(
                models.F("asked_at"),
                condition=models.Q(
                    ("answer__gt", models.F("told")),
                    models.Q(("silent_at__isnull", False), ("told_silence", False)),
                    _connector="OR",
                ),
                name="escalation_untold",
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                models.F("due_at"),
                condition=models.Q(("done_at", None), ("reminded_at", None)),
                name="follow_up_worklist",
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                models.F("owner"), models.F("due_at"), condition=models.Q(("done_at", None)), name="follow_up_mine"
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(models.F("case"), condition=models.Q(("done_at", None)), name="follow_up_of_case"),
        ),
        migrations.AddIndex(
            model_name="held",
            index=models.Index(models.F("asked_at"), condition=models.Q(("decided_at", None)), name="held_waiting"),
        ),
        migrations.AddIndex(
            model_name="held",
            index=models.Index(models.F("case"), condition=models.Q(("decided_at", None)), name="held_of_case"),
        ),
        migrations.AddConstraint(
            model_name="held",
            constraint=models.CheckConstraint(
                condition=models.Q(("why__in", ["conduct", "undo", "approval"])), name="held_why_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="held",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decision", "")),
                    models.Q(("decided_at__isnull", False), ("decision__in", ["released", "refused", "undone"])),
                    _connector="OR",
                ),
                name="held_decided_at_once",
            ),
        ),
        migrations.AddIndex(
            model_name="mark",
            index=models.Index(
                models.F("seller"),
                models.F("metric"),
                models.OrderBy(models.F("at"), descending=True),
                name="mark_by_seller",
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.UniqueConstraint(
                models.F("case"), models.F("metric"), models.F("source"), name="mark_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision", None), ("contest__isnull", False), _connector="OR"),
                name="mark_decided_after_contest",
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                condition=models.Q(("voided", False), ("decision__isnull", False), _connector="OR"),
                name="mark_voided_by_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="opencase",
            constraint=models.UniqueConstraint(models.F("person"), models.F("case"), name="open_once"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(models.F("at"), condition=models.Q(("decided_at", None)), name="report_waiting"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                models.F("case"), models.OrderBy(models.F("at"), descending=True), name="report_of_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__in", ["charge", "contact", "offence", "fraud", "other"])),
                name="report_reason_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decision", ""), ("verdict", None)),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decision__in", ["confirmed", "dismissed"]),
                        ("verdict__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="report_decided_at_once",
            ),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(models.F("case"), condition=models.Q(("answered_at", None)), name="request_pending"),
        ),
        migrations.AddConstraint(
            model_name="steppicture",
            constraint=models.UniqueConstraint(models.F("marketplace"), models.F("digest"), name="step_picture_once"),
        ),
        migrations.AddConstraint(
            model_name="stuck",
            constraint=models.UniqueConstraint(models.F("what"), models.F("key"), name="stuck_once"),
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.CheckConstraint(
                condition=models.Q(("score", None), models.Q(("score__gte", 1), ("score__lte", 5)), _connector="OR"),
                name="survey_score_one_to_five",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(models.F("marketplace"), models.F("digest"), name="version_once"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("seller"),
                models.OrderBy(models.F("last_activity_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="case_seller_recent",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("marketplace"),
                models.OrderBy(models.F("last_activity_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="case_market_recent",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("seller"),
                models.F("waiting_on"),
                models.OrderBy(models.F("last_activity_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("closed_at", None)),
                name="case_seller_turn",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("marketplace"),
                models.F("waiting_on"),
                models.OrderBy(models.F("last_activity_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("closed_at", None)),
                name="case_market_turn",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("seller"),
                models.F("waiting_on"),
                models.F("seller_due_order"),
                models.OrderBy(models.F("value_cents"), descending=True),
                models.F("id"),
                condition=models.Q(("closed_at", None)),
                name="case_seller_turn_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("marketplace"),
                models.F("waiting_on"),
                models.F("due_order"),
                models.OrderBy(models.F("value_cents"), descending=True),
                models.F("id"),
                condition=models.Q(("closed_at", None)),
                name="case_market_turn_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("seller"),
                models.F("seller_due_order"),
                models.OrderBy(models.F("value_cents"), descending=True),
                models.F("id"),
                condition=models.Q(("closed_at", None)),
                name="case_seller_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("marketplace"),
                models.F("due_order"),
                models.OrderBy(models.F("value_cents"), descending=True),
                models.F("id"),
                condition=models.Q(("closed_at", None)),
                name="case_market_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("seller"),
                models.OrderBy(models.F("last_activity_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("closed_at", None), ("seller_overdue_since__isnull", False)),
                name="case_seller_overdue",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("marketplace"),
                models.OrderBy(models.F("last_activity_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(
                    ("overdue_since__isnull", False),
                    models.Q(("closed_at__isnull", False), ("due_at__isnull", False)),
                    _connector="OR",
                ),
                name="case_market_overdue",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("seller"),
                models.OrderBy(models.F("last_activity_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("closed_at", None), ("mediation", "asked")),
                name="case_seller_mediated",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("marketplace"),
                models.OrderBy(models.F("last_activity_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("closed_at", None), ("mediation", "asked")),
                name="case_market_mediated",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("seller"),
                models.OrderBy(models.F("last_activity_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("closed_at", None), _negated=True),
                name="case_seller_closed",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("marketplace"),
                models.OrderBy(models.F("last_activity_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("closed_at", None), _negated=True),
                name="case_market_closed",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("seller"),
                models.F("kind"),
                models.OrderBy(models.F("last_activity_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="case_seller_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("customer"),
                models.OrderBy(models.F("opened_at"), descending=True),
                name="case_customer_recent",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("partner"),
                models.OrderBy(models.F("last_activity_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("queue", ""), _negated=True),
                name="case_partner",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("marketplace"),
                models.F("queue"),
                models.F("due_order"),
                models.OrderBy(models.F("value_cents"), descending=True),
                models.F("id"),
                condition=models.Q(("closed_at", None), models.Q(("queue", ""), _negated=True)),
                name="case_queue_load",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("assignee"),
                models.F("waiting_since"),
                condition=models.Q(("closed_at", None)),
                name="case_mine",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(models.F("marketplace"), models.F("order_number"), name="case_by_order_number"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(models.F("marketplace"), models.F("document"), name="case_by_document"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("marketplace"),
                models.F("external_id"),
                condition=models.Q(("external_id", ""), _negated=True),
                name="case_by_external",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(models.F("marketplace"), models.F("protocol"), name="protocol_once"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(models.F("marketplace"), models.F("once"), name="opened_once"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("waiting_on__in", ["customer", "seller", "marketplace", "partner", "nobody"])),
                name="case_turn_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("mediation__in", ["none", "offered", "asked", "ruled"])),
                name="case_mediation_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed_at", None), ("waiting_on", "nobody"), _connector="OR"),
                name="closed_waits_on_nobody",
            ),
        ),
        migrations.AddIndex(
            model_name="adoption",
            index=models.Index(
                models.F("marketplace"),
                models.OrderBy(models.F("from_at"), descending=True),
                models.OrderBy(models.F("made_at"), descending=True),
                name="adoption_in_force",
            ),
        ),
        *(migrations.RunSQL(*step) for step in (NUMBERS, LEDGER, SEARCH)),
    ]
