"""Migrating: one machine at a time, whoever comes second finds the work done."""

from django.core.management import call_command
from django.db import connection

LOCK = 0x74726174  # "trat": an advisory lock's number, any as long as it stays


def migrate() -> None:
    """Brings the tables up to date."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [LOCK])
        try:
            call_command("migrate", interactive=False, verbosity=0)
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [LOCK])
