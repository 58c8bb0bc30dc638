"""What only the owner of the database could do: its triggers switched off, as somebody who tampers would."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from tratativa.serve import roles


@contextmanager
def owning() -> Iterator[None]:
    """The connection is the owner's inside, and whoever serves has it back afterwards."""
    # What waits for its foreign keys to be checked is checked now: later it would find what is done here.
    run("set constraints all immediate; set constraints all deferred")
    run("reset role")
    try:
        yield
    finally:
        run(f"set role {roles.SERVING}")


@contextmanager
def switched_off() -> Iterator[None]:
    """No trigger of the database runs inside, the foreign keys' own neither."""
    with owning():
        run("set session_replication_role = replica")
        try:
            yield
        finally:
            run("set session_replication_role = origin")


def run(sql: str) -> None:
    """Runs one statement on this test's connection."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
