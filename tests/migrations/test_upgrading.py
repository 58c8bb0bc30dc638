"""A desk in use is brought up to date and loses nothing; a new one takes one step a package.

`before_the_squash.sql.gz` is a desk at the last of the migrations that the squashed ones replace: the cast of
`tests/cast.py`, one case, one message and one answer. It was written by `pg_dump --inserts` and is never made anew.
"""

import gzip

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from tests.cast import MONDAY, sign_in
from tests.migrations import schema
from tests.migrations.conftest import Run
from tests.migrations.schema import Schema
from tratativa.accounts import actors
from tratativa.accounts.models import Membership
from tratativa.cases.acting import actions, replying
from tratativa.cases.core import rulebook_versions
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Adoption, Case
from tratativa.serve import migrating
from tratativa.evidence import walking

DUMP = Path(__file__).with_name("before_the_squash.sql.gz")
OURS = {"accounts", "orders", "cases", "playbooks", "mail", "reputation", "demo"}
# Where the other packages stood about then.
EARLY = [("mail", "0003_arrivals"), ("playbooks", "0001_first"), ("reputation", "0001_first")]
LATER = MONDAY + timedelta(hours=4)


@pytest.fixture
def desk_in_use(empty_database: Run) -> None:
    empty_database(gzip.decompress(DUMP.read_bytes()).decode())


def waiting() -> list[tuple[str, str]]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [(step.app_label, step.name) for step, _back in plan]


def squashed() -> set[tuple[str, str]]:
    return {step for step in MigrationExecutor(connection).loader.replacements if step[0] in OURS}


def replaced() -> set[tuple[str, str]]:
    replacements = MigrationExecutor(connection).loader.replacements.values()
    return {old for squash in replacements for old in squash.replaces if squash.app_label in OURS}


def test_a_desk_in_use_has_the_schema_of_a_new_one(fresh_schema: Schema, desk_in_use: None) -> None:
    migrating.migrate()

    assert schema.differences(fresh_schema, schema.described()) == []
    assert (waiting(), migrating.unwritten()) == ([], [])


def test_a_desk_in_use_does_nothing_of_it_again(desk_in_use: None) -> None:
    assert {step for step in waiting() if step[0] in OURS} & (replaced() | squashed()) == set()


def test_its_case_is_whole_and_goes_on(desk_in_use: None) -> None:
    migrating.migrate()

    case = Case.objects.get()
    assert walking.walk(marketplace_id=case.marketplace_id).faults == ()
    assert case.entries.count() == 6
    with pytest.raises(DatabaseError, match="only grows"):
        case.entries.update(party="seller")

    ana = actors.of_membership(Membership.objects.get(person__name="Ana Lima"))
    assert actions.verdict(case, ana, at=LATER).available
    page = sign_in(ana).get(f"/cases/{case.protocol}/")
    assert page.status_code == 200
    assert "Chegou quebrada; veja as fotos." in page.content.decode()

    replying.reply(case, Message("Já postei outra.", to="customer"), by=ana, at=LATER)
    case.refresh_from_db()
    assert walking.walk(marketplace_id=case.marketplace_id).faults == ()


def test_an_older_desk_takes_the_steps_it_lacks_with_its_rows(fresh_schema: Schema, empty_database: Run) -> None:
    executor = MigrationExecutor(connection)
    executor.loader.replace_migrations = False
    executor.loader.build_graph()
    old = executor.migrate([("cases", "0010_stuck"), *EARLY]).apps
    marketplace = old.get_model("accounts", "Marketplace").objects.create(slug="loja", name="Loja", rulebook="loja")
    old.get_model("cases", "Version").objects.create(
        marketplace_id=marketplace.pk, digest="0" * 64, source='{"actions": []}', adopted_at=MONDAY
    )
    assert ("cases", "0011_named_fields") in waiting()

    migrating.migrate()

    assert Adoption.objects.get().from_at == MONDAY
    assert schema.differences(fresh_schema, schema.described()) == []
    assert waiting() == []


def test_amounts_of_a_desk_in_use_stay_reais(desk_in_use: None) -> None:
    migrating.migrate()

    assert rulebook_versions.of(Case.objects.get()).money.show(19_990) == "R$ 199,90"


def test_a_new_desk_takes_the_squashed_step_of_each_package_and_none_it_replaces(empty_database: Run) -> None:
    steps = set(waiting())

    assert {app for app, _name in squashed()} == OURS
    assert squashed() <= steps
    assert steps & replaced() == set()
