"""The audit log: it only grows, TRUNCATE included, and every line has the moment the database wrote it."""

import django.db.models.deletion
import django.db.models.functions.datetime
import tratativa.accounts.keys
from django.conf import settings
from django.db import migrations, models

ONLY_GROWS = (
    """
    create function public.audit_only_grows() returns trigger language plpgsql as $$
    begin
        raise exception 'the audit log only grows: % is refused', lower(tg_op);
    end $$;
    create trigger only_grows before update or delete on public.accounts_auditline
        for each row execute function public.audit_only_grows();
    create trigger only_grows_whole before truncate on public.accounts_auditline
        for each statement execute function public.audit_only_grows();
    create function public.audit_is_dated() returns trigger language plpgsql as $$
    begin
        new.at := clock_timestamp();
        return new;
    end $$;
    create trigger dated before insert on public.accounts_auditline
        for each row execute function public.audit_is_dated();
    """,
    """
    drop trigger dated on public.accounts_auditline;
    drop function public.audit_is_dated();
    drop trigger only_grows_whole on public.accounts_auditline;
    drop trigger only_grows on public.accounts_auditline;
    drop function public.audit_only_grows();
    """,
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_sealed_second_factors"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditLine",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tratativa.accounts.keys.new, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("by_command", models.CharField(blank=True, max_length=60)),
                ("whence", models.CharField(blank=True, max_length=45)),
                ("what", models.CharField(max_length=60)),
                ("about", models.CharField(blank=True, max_length=200)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "marketplace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.marketplace",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.partner",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.seller",
                    ),
                ),
                (
                    "who",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["marketplace", "-at", "-id"], name="audit_newest"),
                    models.Index(fields=["marketplace", "who", "-at", "-id"], name="audit_by_person"),
                    models.Index(fields=["marketplace", "what", "-at", "-id"], name="audit_by_kind"),
                    models.Index(
                        condition=models.Q(("seller__isnull", False)),
                        fields=["seller", "-at", "-id"],
                        name="audit_of_seller",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by_command__gt", ""), ("who", None)),
                            models.Q(("by_command", ""), ("who__isnull", False)),
                            models.Q(("by_command", ""), ("partner__isnull", False), ("who", None)),
                            _connector="OR",
                        ),
                        name="audit_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("seller", None), ("partner", None), _connector="OR"),
                        name="audit_of_one_organisation",
                    ),
                ],
            },
        ),
        migrations.RunSQL(*ONLY_GROWS),
    ]
