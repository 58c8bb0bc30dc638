"""Sessions are kept under the digest of their key: those that are open stay open, and their keys are in no table."""

from django.db import migrations

# `kept_sessions.name` in SQL.
KEPT = """
    alter table public.django_session disable trigger tell_ended;
    update public.django_session set session_key =
        left(encode(sha256(convert_to('tratativa.kept:' || session_key, 'UTF8')), 'hex'), 40);
    alter table public.django_session enable trigger tell_ended;
    update public.usersessions_usersession set session_key =
        left(encode(sha256(convert_to('tratativa.kept:' || session_key, 'UTF8')), 'hex'), 40);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0017_seller_address"),
        ("sessions", "0001_initial"),
        ("usersessions", "0001_initial"),
    ]
    operations = [migrations.RunSQL(KEPT, migrations.RunSQL.noop)]
