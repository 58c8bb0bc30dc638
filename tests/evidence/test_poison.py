"""What whoever serves may add and nobody can take away: it is told for that one thing, and everything else is read."""

import base64
import json
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import connection, transaction

from tests.cast import MONDAY, Cast
from tests.evidence.test_files import send
from tests.evidence.test_walking import chain_of, with_words
from tests.tampering import switched_off
from tratativa.accounts.models import Marketplace
from tratativa.cases.core import ledger
from tratativa.cases.models import Case, Entry, Text, Version
from tratativa.evidence import case_files, faults, nightly, statements, walking
from tratativa.evidence import signed as anchors
from tratativa.evidence.faults import Fault
from tratativa.evidence.limits import Limits
from tratativa.evidence.models import Anchor, SigningKey

DEEP = "[" * 3000 + "]" * 3000
UNCLOSED = "[" * 100_000


def add(case: Case, event: str, data: Any) -> int:
    """An entry sealed as the product seals it, over whatever data; its number."""
    case.refresh_from_db()
    entry = Entry(
        case=case, number=case.entries_count + 1, event=event, data=data, party="marketplace", audience=7,
        at=MONDAY + timedelta(hours=2), previous=case.last_hash, digest="",
    )  # fmt: skip
    entry.hash = ledger.seal(entry)
    entry.save(force_insert=True)
    Case.objects.filter(pk=case.pk).update(entries_count=entry.number, last_hash=entry.hash)
    return entry.number


def add_raw(case: Case, data: str, at: str = "now") -> int:
    """An entry over a text of JSON that Python may not read, or of a moment it does not know; its number."""
    case.refresh_from_db()
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into cases_entry (id, case_id, number, event, data, party, audience, at, digest, previous, hash) "
            "values (gen_random_uuid(), %s, %s, 'noted', %s::jsonb, 'seller', 7, %s, '', %s, repeat('0', 64))",
            [case.pk, case.entries_count + 1, data, at, case.last_hash],
        )
    return case.entries_count + 1


def tamper(case: Case) -> Fault:
    """Another case is tampered with, so that one sees whether it is read; what is to be told of it."""
    entry = with_words(case)
    with switched_off():
        Text.objects.filter(pk=entry.pk).update(body="Nada disso")
    return Fault(chain_of(case), entry.number, faults.WORDS_ALTERED)


ERASURES = {
    "a word": {"words": "x"},
    "no key": {"words": ["x"]},
    "an object": {"words": {"a": 1}},
    "a list in a list": {"words": [["x"]]},
    "a key spelled otherwise": {"words": [f"{{{uuid.UUID(int=7)}}}"]},
    "a list alone": ["words"],
    "a word alone": "words",
    "a number": {"words": 5},
}


@pytest.mark.parametrize("data", ERASURES.values(), ids=ERASURES)
def test_an_erasure_that_names_no_words_is_told_and_the_others_are_read(written: list[Case], data: Any) -> None:
    number = add(written[0], "data.erased", data)
    other = tamper(written[1])

    assert set(walking.walk().faults) == {Fault(chain_of(written[0]), number, faults.ALTERED), other}


def test_an_erasure_of_another_marketplace_is_not_read_at_all(written: list[Case]) -> None:
    there = Marketplace.objects.create(slug="outro", name="Outro", rulebook="americanas")
    add(written[0], "data.erased", {"words": ["x"]})

    assert walking.walk(marketplace_id=there.pk).faults == ()


RAW = {
    "nested deep": f'{{"a": {DEEP}}}',
    "a number of ten thousand digits": '{"a": 1e10000}',
    "nothing": "null",
}


@pytest.mark.parametrize("data", RAW.values(), ids=RAW)
def test_data_that_python_does_not_read_are_told_and_the_others_are_read(written: list[Case], data: str) -> None:
    number = add_raw(written[0], data)
    other = tamper(written[1])

    assert set(walking.walk().faults) == {Fault(chain_of(written[0]), number, faults.ALTERED), other}


@pytest.mark.parametrize("at", ["infinity", "-infinity", "0044-03-15 BC", "99999-01-01"])
def test_a_moment_that_python_does_not_know_is_told_and_the_others_are_read(written: list[Case], at: str) -> None:
    """As one that stood there before the database refused it."""
    with switched_off(), connection.cursor() as cursor:
        cursor.execute("alter table cases_entry drop constraint cases_entry_moment")
        add_raw(written[0], "{}", at)
    other = tamper(written[1])

    assert set(walking.walk().faults) == {
        Fault(chain_of(written[0]), written[0].entries_count + 1, faults.ALTERED),
        other,
    }


def own_key() -> tuple[Ed25519PrivateKey, SigningKey]:
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    key = SigningKey.objects.create(public=base64.b64encode(public).decode(), made_at=MONDAY, retired_at=MONDAY)
    return private, key


def signed_by(private: Ed25519PrivateKey, statement: str) -> str:
    return base64.b64encode(private.sign(statement.encode())).decode()


def stated(**other: Any) -> str:
    """What an anchor may state, with something else in it."""
    said = {"marketplace": "americanas", "day": "2026-11-01", "at": "2026-11-01T10:00:00+00:00", "root": "0" * 64}
    return json.dumps(said | {"previous": ""} | other)


STATEMENTS = {
    "a list": "[]",
    "little": '{"day": 1}',
    "nothing before it": '{"marketplace": "americanas", "day": "2026-11-01", "root": "x"}',
    "a deep one": UNCLOSED,
    "a chain that is a list": stated(chain=[]),
    "a day that is none": stated(day="2026-02-31"),
    "a moment of no zone": stated(at="2026-11-01T10:00:00"),
    "a name with a NUL": stated(marketplace="\0"),
    "a name of half a letter": stated(marketplace="\ud800"),
    "a root that is a list": stated(root=[]),
}


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_an_anchor_that_states_nothing_of_ours_is_told_and_the_others_are_read(
    signed: list[Case], statement: str
) -> None:
    private, key = own_key()
    Anchor.objects.create(
        marketplace=signed[0].marketplace, day="2026-11-01", root="x", statement=statement, key=key,
        signature=signed_by(private, statement),
    )  # fmt: skip
    line = json.dumps({"statement": statement, "signature": signed_by(private, statement), "key": key.public})
    other = tamper(signed[1])

    found = walking.walk(kept=(line,)).faults

    assert {Fault("americanas 2026-11-01", 1, faults.UNREADABLE), other} <= set(found)
    assert {one.chain for one in found if one.why == faults.UNREADABLE} == {"americanas 2026-11-01", line[:40]}
    assert all(str(one).isprintable() for one in found)


def test_a_day_before_christ_and_a_moment_without_end_end_nothing(signed: list[Case]) -> None:
    with switched_off(), connection.cursor() as cursor:
        cursor.execute("alter table evidence_anchor drop constraint evidence_anchor_moment")
        cursor.execute("alter table evidence_head drop constraint evidence_head_moment")
        cursor.execute("update evidence_anchor set day = '0044-03-15 BC', sent_at = 'infinity'")
        cursor.execute("update evidence_head set at = 'infinity' where number = 2")
    other = tamper(signed[1])

    found = set(walking.walk().faults)

    assert {
        Fault("americanas 0044-03-15 BC", 1, faults.ALTERED),
        Fault("americanas", 2, faults.ALTERED),
        other,
    } == found


LINES = {
    "a key that is a number": {"key": 5},
    "a signature that is a list": {"signature": []},
    "a statement that is a list": {"statement": []},
}


@pytest.mark.parametrize("other", LINES.values(), ids=LINES)
def test_a_kept_line_of_other_types_is_no_anchor(signed: list[Case], other: dict[str, Any]) -> None:
    line = json.dumps({"statement": stated(), "signature": "", "key": ""} | other)

    assert [one.why for one in walking.walk(kept=(line, UNCLOSED)).faults] == [faults.UNREADABLE] * 2
    assert statements.carried(line) is None


def test_the_last_day_of_all_is_read(signed: list[Case]) -> None:
    private, key = own_key()
    statement = stated(day="9999-12-31", chain=str(uuid.UUID(int=7)))
    line = json.dumps({"statement": statement, "signature": signed_by(private, statement), "key": key.public})

    assert {one.why for one in walking.walk(kept=(line,)).faults} == {faults.NO_ANCHOR}


@pytest.mark.parametrize("source", [UNCLOSED, '{"a": ' + "[" * 900 + "]" * 900 + "}", "1e999", "[]"])
def test_rules_that_python_does_not_read_are_told_and_the_others_are_read(written: list[Case], source: str) -> None:
    Version.objects.create(marketplace=written[0].marketplace, digest="0" * 64, source=source, adopted_at=MONDAY)
    other = tamper(written[1])

    assert set(walking.walk().faults) == {Fault(f"americanas {'0' * 12}", 1, faults.RULES_ALTERED), other}


def test_a_reading_that_something_ends_is_a_fault_and_the_next_one_reads(signed: list[Case]) -> None:
    """Whatever nobody thought of: here a moment the database knows and Python does not."""

    def reading() -> Iterator[Fault]:
        yield Fault("a", 1, faults.CUT)
        with connection.cursor() as cursor:
            cursor.execute("select 'infinity'::timestamptz")
            cursor.fetchone()

    with transaction.atomic():
        assert list(walking.told("os elos", reading())) == [
            Fault("a", 1, faults.CUT),
            Fault("os elos", 1, faults.UNREAD),
        ]
        assert Anchor.objects.count() == 1


def test_every_night_leaves_its_row(written: list[Case], cast: Cast) -> None:
    add(written[0], "data.erased", {"words": ["x"]})
    add_raw(written[1], RAW["nested deep"])

    walks = [nightly.walk(at=MONDAY + timedelta(hours=night)) for night in range(nightly.SHARES)]

    assert len(walks) == nightly.SHARES and sum(walk.faults for walk in walks) == 2


def test_a_file_said_to_be_huge_ends_no_reading_of_the_others(written: list[Case], cast: Cast) -> None:
    for number in range(3):
        send(written[number], cast, bytes([number]) * 100)
    with switched_off(), connection.cursor() as cursor:
        cursor.execute("update cases_attachment set size = 9000000000000000000 where case_id = %s", [written[0].pk])
    told: list[int] = []

    case_files.altered(Limits(), most=250, tell=told.append)

    assert told == [100, 100]


def test_whose_a_kept_anchor_is_is_asked_of_any_line() -> None:
    assert [anchors.chain_of(line) for line in (UNCLOSED, "[]", '{"statement": 5}', "")] == [None] * 4
