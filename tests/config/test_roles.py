"""Two roles: the owner migrates, and who serves cannot undo what the database promises."""

import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql

from tests.config.desks import Desk
from tests.conftest import QUICK
from tratativa.serve import postgres, roles

FORBIDDEN = (
    "update cases_entry set party = 'seller'",
    "delete from cases_entry",
    "truncate cases_entry cascade",
    "alter table cases_entry disable trigger all",
    "drop trigger ledger_only_grows on cases_entry",
    "create or replace function ledger_only_grows() returns trigger language plpgsql as $$ begin return old; end $$",
    "set session_replication_role = replica",
    "update cases_text set body = ''",
    "update cases_version set source = '{}'",
    "delete from cases_mark",
    "delete from cases_case",
    "truncate cases_case cascade",
    "delete from mail_arrival",
    "update reputation_step set words = ''",
    "update evidence_head set hash = ''",
    "delete from evidence_anchor",
    "update accounts_auditline set who_id = null",
    "delete from accounts_auditline",
    "truncate accounts_auditline",
    "delete from django_migrations",
    "create role another superuser",
    "create table mine (id int)",
    "create temporary table mine (id int)",
    "create domain pg_temp.tsquery as pg_catalog.tsquery",
    "create function pg_temp.mine() returns int language sql as 'select 1'",
    "alter role tratativa_desk superuser",
    "reset role; set role tratativa",
    "copy cases_case to program 'cat'",
    "select lo_create(0)",
    "select lo_creat(-1)",
    "select lo_from_bytea(0, 'x')",
)

CUSTOMER = """
import django; django.setup()
from tratativa.accounts import reach
from tratativa.accounts.models import Customer, Marketplace
reach.of_the_operator()
market = Marketplace.objects.create(slug="cercado", name="Cercado", rulebook="essencial")
Customer.objects.create(marketplace=market, name="Joana", document="52998224725", email="joana@cliente.example")
"""


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_who_serves_cannot_undo_what_the_database_promises(lasting_desk: Desk, statement: str) -> None:
    refused = pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidParameterValue))
    with psycopg.connect(lasting_desk.url(roles.SERVING), autocommit=True) as serving, refused:
        serving.execute(statement.encode())


def test_the_desks_processes_serve_as_a_role_that_owns_nothing(lasting_desk: Desk) -> None:
    names = lasting_desk.ask(
        "select distinct usename from pg_stat_activity where datname = 'tratativa' and pid <> pg_backend_pid()"
    )

    assert names == [(roles.SERVING,)]
    assert "serve sem ser dono de nada no banco" in lasting_desk.run("doctor").stdout


def test_on_a_served_desk_who_serves_sees_no_row_without_saying_whose(lasting_desk: Desk) -> None:
    env = {**lasting_desk.env, "DATABASE_URL": lasting_desk.url(roles.SERVING)}
    env |= {"DJANGO_SETTINGS_MODULE": "tratativa.config.settings", "TRATATIVA_DATA": str(lasting_desk.home)}
    subprocess.run([sys.executable, "-c", CUSTOMER], env=env, check=True, timeout=240)
    ((market, customer),) = lasting_desk.ask("select marketplace_id, id from accounts_customer")
    seen = {}
    with psycopg.connect(lasting_desk.url(roles.SERVING), autocommit=True) as serving:
        for reach in ("", "{" + str(uuid.uuid4()) + "}", "{" + str(market) + "}"):
            serving.execute("select set_config('tratativa.reach', %s, false)", [reach])
            seen[reach] = serving.execute("select count(*) from accounts_customer where id = %s", [customer]).fetchone()

    assert list(seen.values()) == [(0,), (0,), (1,)]


@pytest.fixture
def server(place: Path) -> Iterator[postgres.Server]:
    """A PostgreSQL of the site's own, with an administrator of the desk's database who is no superuser."""
    kept = postgres.Server(place / "server", QUICK)
    kept.start()
    yield kept
    kept.stop()


def owned(server: postgres.Server, *rights: str) -> Callable[[str], str]:
    """An empty database whose owner has these rights; gives the address by which a role reaches it."""
    owner, name = f"owner_{uuid.uuid4().hex[:8]}", f"desk_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server.url, autocommit=True) as admin:
        made = sql.SQL("create role {} login {}").format(sql.Identifier(owner), sql.SQL(" ".join(rights)))
        admin.execute(made)
        admin.execute(sql.SQL("create database {} owner {}").format(sql.Identifier(name), sql.Identifier(owner)))
    host = server.url.partition("?")[2]
    return lambda role="": f"postgresql://{quote(role or owner)}@/{name}?{host}"


def migrate(make_desk: Callable[..., Desk], **env: str) -> subprocess.CompletedProcess[str]:
    return make_desk(DJANGO_SETTINGS_MODULE="tratativa.config.settings", **env).run("migrate")


def test_migrating_makes_the_role_that_serves_where_the_owner_may(
    server: postgres.Server, make_desk: Callable[..., Desk]
) -> None:
    at = owned(server, "createrole")
    serving = f"mesa_{uuid.uuid4().hex[:8]}"

    done = migrate(make_desk, DATABASE_URL=at(serving), TRATATIVA_OWNER_URL=at())

    assert (done.returncode, done.stderr) == (0, "")
    with psycopg.connect(at(serving), autocommit=True) as connection:
        assert connection.execute("select count(*) from cases_case").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("delete from cases_entry")


def test_where_the_owner_may_not_the_three_statements_are_said_and_do(
    server: postgres.Server, make_desk: Callable[..., Desk]
) -> None:
    at = owned(server)
    serving = f"mesa_{uuid.uuid4().hex[:8]}"
    env = {"DATABASE_URL": at(serving), "TRATATIVA_OWNER_URL": at()}

    refused = migrate(make_desk, **env)

    assert refused.returncode == 1
    assert f"O papel «{serving}», que deve servir, não existe" in refused.stderr
    told = [line.strip() for line in refused.stderr.splitlines() if line.startswith("  ")]
    assert len(told) == 3
    with psycopg.connect(server.url, autocommit=True) as admin:
        for statement in told[:2]:
            admin.execute(statement.encode())
    done = migrate(make_desk, **env)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_owner_that_serves_is_told_so_by_migrate_and_by_doctor(
    server: postgres.Server, make_desk: Callable[..., Desk]
) -> None:
    at = owned(server)

    done = migrate(make_desk, DATABASE_URL=at())

    assert done.returncode == 0
    assert "que é dono das tabelas" in done.stderr and "create role" in done.stderr
    looked = make_desk(DJANGO_SETTINGS_MODULE="tratativa.config.settings", DATABASE_URL=at()).run("doctor")
    assert "é dono de tabelas e muda o registro" in looked.stdout


def test_the_owners_address_is_told_to_none_of_the_processes_that_serve(lasting_desk: Desk) -> None:
    for pid in (*lasting_desk.children("uvicorn"), *lasting_desk.children("cli worker")):
        environment = Path(f"/proc/{pid}/environ").read_text()
        assert "TRATATIVA_OWNER_URL" not in environment
        assert f"{roles.SERVING}@" in environment
