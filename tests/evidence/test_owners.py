"""Whose a case is: said by its entries, held against its row and its words, and changed by no update of its own."""

import json
from dataclasses import fields
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import Cast, opener
from tests.evidence.test_walking import rechain
from tests.tampering import owning, switched_off
from tratativa.cases import door, events
from tratativa.cases.core import audience
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.events.event import REGISTRY
from tratativa.cases.models import Case, Text, Version
from tratativa.evidence import faults, walking
from tratativa.rulebook import reading, shipped


def run(sql: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def why() -> list[object]:
    return [fault.why for fault in walking.walk().faults]


COLUMNS = {
    "seller_id": "(select id from accounts_seller s where s.id is distinct from t.seller_id limit 1)",
    "customer_id": "null", "partner_id": "gen_random_uuid()", "order_id": "null", "parent_id": "gen_random_uuid()",
    "version_id": "gen_random_uuid()",
}  # fmt: skip


def test_an_opening_says_whose_the_case_is(signed: list[Case]) -> None:
    case = signed[0]
    said = [entry.data.get("owners") for entry in case.entries.order_by("number")]

    assert said[0] == {
        "marketplace": str(case.marketplace_id), "version": str(case.version_id), "seller": str(case.seller_id),
        "customer": str(case.customer_id), "order": str(case.order_id),
    }  # fmt: skip
    assert set(map(str, said[1:])) == {"None"}
    assert why() == []


@pytest.mark.parametrize("column", COLUMNS)
def test_a_case_of_somebody_else_is_found(signed: list[Case], column: str) -> None:
    with switched_off():
        run(f"update cases_case t set {column} = {COLUMNS[column]} where id = %s", signed[1].pk)  # noqa: S608 - columns of ours

    assert why() == [faults.OWNERS_ALTERED]


@pytest.mark.parametrize("column", COLUMNS)
def test_the_database_refuses_a_change_that_no_entry_says(signed: list[Case], column: str) -> None:
    for who in (transaction.atomic, owning):
        with pytest.raises(DatabaseError, match="no entry says"), who(), transaction.atomic():
            run(f"update cases_case t set {column} = {COLUMNS[column]} where id = %s", signed[1].pk)  # noqa: S608 - columns of ours

    assert why() == []


@pytest.mark.parametrize("column", ["seller_id", "customer_id"])
def test_words_of_somebody_else_are_found(signed: list[Case], column: str) -> None:
    with switched_off():
        run(f"update cases_text t set {column} = {COLUMNS[column]} where case_id = %s", signed[1].pk)  # noqa: S608 - columns of ours

    assert why() == [faults.READERS_ALTERED]


def test_a_case_of_before_owners_were_sealed_is_believed(signed: list[Case]) -> None:
    with switched_off():
        run("delete from evidence_anchor")
        run("delete from evidence_head")
        run("update cases_entry set data = data - 'owners'")
        for case in signed:
            entries = list(case.entries.order_by("number"))
            rechain(entries)
            run("update cases_case set last_hash = %s, seller_id = null where id = %s", entries[-1].hash, case.pk)
        run("insert into evidence_unchained (case_id) select id from cases_case")

    assert why() == []


def test_no_event_has_a_field_of_that_name() -> None:
    """What an entry is sealed over besides its event stands beside the event's own fields."""
    named = {field.name for kind in REGISTRY.values() for field in fields(kind)}

    assert not named & {"owners", "files"}


STRANGE = {"owners": '"x"', "files": '["x"]', "both": '{"nobody": "x"}'}


@pytest.mark.parametrize("way", STRANGE)
def test_what_we_never_write_is_a_fault_and_stops_no_walk(signed: list[Case], way: str) -> None:
    case, names = signed[1], ["owners", "files"] if way == "both" else [way]
    with switched_off():
        for name in names:
            run("update cases_entry set data = data || jsonb_build_object(%s::text, %s::jsonb) where case_id = %s",
                name, STRANGE[way], case.pk)  # fmt: skip
        entries = list(case.entries.order_by("number"))
        rechain(entries)
        run("update cases_case set last_hash = %s where id = %s", entries[-1].hash, case.pk)

    assert [fault.why for fault in walking.walk().faults if case.protocol in fault.chain] == [faults.ALTERED]


def test_rules_that_are_not_those_of_their_digest_are_found(signed: list[Case]) -> None:
    version = Version.objects.get(pk=signed[0].version_id)
    with switched_off():
        run("update cases_version set source = %s", version.source.replace("a", "e", 1))

    assert why() == [faults.RULES_ALTERED]


@pytest.mark.parametrize("name", ["americanas", "comercio-eletronico"])
def test_shipped_rules_are_those_of_their_digest(name: str) -> None:
    folder = shipped.folder(name)
    assert folder is not None
    loaded = reading.load(folder)

    assert reading.digest(json.loads(json.dumps(loaded.data, ensure_ascii=False))) == loaded.digest


def test_what_a_migration_added_to_rules_of_before_is_no_change(signed: list[Case]) -> None:
    """Versions that had no money of their own were given Brazil's, and keep their digest."""
    reais = import_module("tratativa.cases.migrations.0025_money_of_stored_versions").REAIS
    version = Version.objects.get(pk=signed[0].version_id)
    data = {name: value for name, value in json.loads(version.source).items() if name != "money"}
    digest = reading.digest(data)
    with switched_off():
        Version.objects.filter(pk=version.pk).update(source=json.dumps({**data, "money": reais}), digest=digest)
        assert why() == []
        Version.objects.filter(pk=version.pk).update(source=json.dumps({**data, "money": {**reais, "x": 1}}))

    assert why() == [faults.RULES_ALTERED]


def test_whose_it_becomes_later_is_said_and_words_of_before_stay_whose_they_were(cast: Cast) -> None:
    case = opener(cast)()
    first = str(case.seller_id)
    with door.judging(case.pk, by=cast.marta, at=case.opened_at) as change:
        change.case.seller_id = cast.rival.seller_id
        change.record(events.Noted(), to=audience.TEAM, words="De outro lojista")

    said = [entry.data["owners"]["seller"] for entry in case.entries.order_by("number") if "owners" in entry.data]
    assert said == [first, str(cast.rival.seller_id)]
    assert Text.objects.filter(case=case).values("seller_id").distinct().count() == 2
    assert why() == []


def test_what_is_undone_in_a_change_said_nothing(cast: Cast) -> None:
    case = opener(cast)()
    with door.judging(case.pk, by=cast.marta, at=case.opened_at) as change:
        with pytest.raises(NotAllowed), change.attempt():
            change.case.seller_id = cast.rival.seller_id
            change.record(events.Noted(), to=audience.TEAM)
            raise NotAllowed("não")
        change.record(events.Noted(), to=audience.TEAM)

    assert ["owners" in entry.data for entry in case.entries.order_by("number")].count(True) == 1
    assert why() == []
