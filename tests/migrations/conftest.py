"""What the tests of migrations share: databases of their own, beside the run's."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.migrations import schema
from tests.migrations.schema import Schema
from tratativa.serve import migrating

Run = Callable[[str], None]


@pytest.fixture
def empty_database(django_db_blocker: DjangoDbBlocker) -> Iterator[Run]:
    """Django stands on a database without a table, which goes afterwards; gives what runs plain SQL on it."""
    with django_db_blocker.unblock(), _another_database() as run:
        yield run


@pytest.fixture(scope="module")
def fresh_schema(django_db_blocker: DjangoDbBlocker) -> Schema:
    """The schema of a database that was made from nothing."""
    with django_db_blocker.unblock(), _another_database():
        migrating.migrate()
        return schema.described()


@contextmanager
def _another_database() -> Iterator[Run]:
    given, name = connection.settings_dict["NAME"], f"older_{uuid.uuid4().hex}"
    server = connection.get_connection_params()
    _run(server, f"create database {name} template template0 encoding 'UTF8'")
    connection.close()
    connection.settings_dict["NAME"] = name
    serving = connection.settings_dict["OPTIONS"].pop("assume_role", None)  # the owner migrates
    try:
        yield lambda sql: _run({**server, "dbname": name}, sql)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = given
        if serving:
            connection.settings_dict["OPTIONS"]["assume_role"] = serving
        _run(server, f"drop database {name} with (force)")


def _run(server: dict[str, object], sql: str) -> None:
    given = {name: server[name] for name in ("host", "port", "user", "password", "dbname") if server.get(name)}
    with psycopg.connect(**given, autocommit=True) as plain:  # type: ignore[arg-type]
        plain.execute(sql)  # type: ignore[call-overload]
