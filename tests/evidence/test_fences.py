"""What whoever serves may do to the proofs: add the next one, and nothing that cannot be taken away again."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.cast import MONDAY, Cast
from tests.tampering import owning, switched_off
from tratativa.cases.acting import replying
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.cli.examining import working
from tratativa.evidence import anchoring, faults, heads, nightly, signing_keys, walking
from tratativa.evidence.models import Anchor, SigningKey, Walk

WILD = """
    insert into evidence_anchor (id, marketplace_id, day, root, statement, signature, key_id)
    select gen_random_uuid(), m.id, {day}, 'x', '{{}}', 'x', (select id from evidence_signingkey limit 1)
    from accounts_marketplace m
"""
FAR = WILD.format(day="'9999-12-31'")
HEAD = """
    insert into evidence_head (marketplace_id, number, case_id, entries, case_hash, at, previous, hash)
    select marketplace_id, number + {ahead}, case_id, entries, case_hash, at, {previous}, hash from evidence_head
    order by number desc limit 1
"""


def run(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.rowcount


REFUSED = {
    "an anchor of the year 9999": (FAR, "a day that has come"),
    "an anchor of the day after tomorrow": (WILD.format(day="(now() at time zone 'utc')::date + 2"), "that has come"),
    "a head that leaves one out": (HEAD.format(ahead=2, previous="hash"), "continues the newest one"),
    "a head that begins behind a gap": (HEAD.format(ahead=2, previous="''"), "continues the newest one"),
    "a head that continues nothing": (HEAD.format(ahead=1, previous="''"), "continues the newest one"),
    "another public half": ("update evidence_signingkey set public = 'x'", "only grows"),
    "a key of another day": ("update evidence_signingkey set made_at = now()", "only grows"),
    "another case to be chained": ("update evidence_unchained set case_id = gen_random_uuid()", "only grows"),
}


@pytest.mark.parametrize("way", REFUSED)
def test_the_database_refuses_whoever_serves_and_the_owner(signed: list[Case], way: str) -> None:
    sql, why = REFUSED[way]
    run("insert into evidence_unchained (case_id) select id from cases_case")

    for who in (transaction.atomic, owning):
        with pytest.raises(DatabaseError, match=why), who(), transaction.atomic():
            run(sql)


def test_a_walk_is_changed_by_nobody_and_kept_for_a_year(signed: list[Case]) -> None:
    nightly.walk(at=timezone.now())

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        run("update evidence_walk set faults = 0")
    with pytest.raises(DatabaseError, match="only grows"), owning(), transaction.atomic():
        run("update evidence_walk set faults = 0")
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        run("delete from evidence_walk")
    with switched_off():
        Walk.objects.update(at=timezone.now() - timedelta(days=401))
    nightly.walk(at=timezone.now())

    assert Walk.objects.count() == 1


def test_a_key_retires_once(signed: list[Case]) -> None:
    signing_keys.rotate(at=MONDAY + timedelta(hours=4))

    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        SigningKey.objects.exclude(retired_at=None).update(retired_at=None)


def test_an_anchor_of_a_wild_day_ends_no_signing_and_is_told(signed: list[Case]) -> None:
    """As one that stood there before the database refused it."""
    with switched_off():
        run(FAR)

    made = anchoring.sign(at=MONDAY + timedelta(days=1))

    assert [one.day.isoformat() for one in made] == ["2026-11-24"]
    assert [(one.chain, one.why) for one in walking.walk().faults] == [("americanas 9999-12-31", faults.FORGED)]
    told = working.anchors()
    assert not told.well and "31/12/9999" in told.sentence
    assert Anchor.objects.count() == 3


WALK = """
    insert into evidence_walk (id, share, at, entries, faults, first)
    select gen_random_uuid(), share, {at}, 1000, 0, '' from generate_series(0, 6) share
"""


@pytest.mark.parametrize("at", ["'9999-01-01'", "clock_timestamp() + interval '25 hours'", "'infinity'"])
def test_a_walk_of_a_moment_that_has_not_come_is_refused(signed: list[Case], at: str) -> None:
    for who in (transaction.atomic, owning):
        with pytest.raises(DatabaseError, match="a moment that has come"), who(), transaction.atomic():
            run(WALK.format(at=at))

    assert run(WALK.format(at="clock_timestamp() + interval '23 hours'")) == 7


def test_forged_walks_of_before_blind_neither_the_night_nor_the_doctor(signed: list[Case]) -> None:
    """As they stood there before the database refused them."""
    with switched_off():
        run(WALK.format(at="'8999-01-01'"))
        run("update cases_text set body = 'Nada disso'")
    told = working.ledger()
    assert not told.well and "de um dia que não chegou" in told.sentence

    walks = [nightly.walk(at=MONDAY + timedelta(days=night)) for night in range(nightly.SHARES)]

    assert [walk.share for walk in walks] == list(range(nightly.SHARES))
    assert sum(walk.faults for walk in walks) == 3
    told = working.ledger()
    assert not told.well and "as palavras foram alteradas" in told.sentence


def test_a_share_nobody_has_read_of_late_is_told(written: list[Case], cast: Cast) -> None:
    now = timezone.now()
    heads.chain(at=now - timedelta(days=8))
    assert working.ledger().well  # it has just begun
    replying.reply(written[0], Message("E agora?"), by=cast.cliente, at=MONDAY + timedelta(hours=2))
    heads.chain(at=now - timedelta(days=10))
    told = working.ledger()
    assert not told.well and "7 de 7 partes do registro não são conferidas há mais de 9 dias" in told.sentence

    for night in range(nightly.SHARES):
        nightly.walk(at=now - timedelta(days=night))
    told = working.ledger()
    assert told.well and "7 de 7 partes lidas" in told.sentence
    with switched_off():
        run("update evidence_walk set at = now() - interval '10 days' where share = 3")

    told = working.ledger()
    assert not told.well and "1 de 7 partes do registro não é conferida" in told.sentence


MOMENTS = {
    "a head": HEAD.format(ahead=1, previous="hash").replace(
        "entries, case_hash, at, hash", "entries, case_hash, 'infinity', hash"
    ),
    "a key": "insert into evidence_signingkey (id, public, made_at) values (gen_random_uuid(), 'x', '-infinity')",
    "a retired key": "update evidence_signingkey set retired_at = 'infinity'",
    "an anchor": WILD.format(day="'0044-03-15 BC'"),
    "an anchor that was sent": "update evidence_anchor set sent_at = 'infinity'",
    "a walk": WALK.format(at="'-infinity'"),
    "an entry": "insert into cases_entry (id, case_id, number, event, data, party, audience, at, digest, previous, "
    "hash) select gen_random_uuid(), id, 99, 'x', '{}', 'seller', 7, '99999-01-01', '', '', '' from cases_case",
}


@pytest.mark.parametrize("way", MOMENTS)
def test_a_moment_that_no_calendar_has_is_refused(signed: list[Case], way: str) -> None:
    """Python does not read one: every reader of the row would end there."""
    with pytest.raises(DatabaseError, match="_moment"), transaction.atomic():
        run(MOMENTS[way])
