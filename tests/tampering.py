"""What only the owner of the database could do: its triggers switched off, as somebody who tampers would."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def switched_off() -> Iterator[None]:
    """No trigger of the database runs inside, the foreign keys' own neither."""
    with connection.cursor() as cursor:
        # What waits for its foreign keys to be checked is checked now: later it would find what is done here.
        cursor.execute("set constraints all immediate; set constraints all deferred")
        cursor.execute("set session_replication_role = replica")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("set session_replication_role = origin")
