"""Ten ways to tamper with the ledger, done with the database's own triggers switched off: each is found."""

import uuid
from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import MONDAY, Cast
from tests.tampering import switched_off
from tratativa.accounts import actors
from tratativa.accounts.models import Marketplace
from tratativa.cases import door, events
from tratativa.cases.acting import replying
from tratativa.cases.core import audience, ledger
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Entry, Text
from tratativa.evidence import anchoring, faults, heads, limits, walking
from tratativa.evidence.faults import Fault
from tratativa.evidence.models import Anchor, Head, Unchained


def found() -> list[Fault]:
    return list(walking.walk().faults)


def run(sql: str, *values: object) -> None:
    with switched_off(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def chain_of(case: Case) -> str:
    return f"{case.marketplace.slug} {case.protocol}"


def with_words(case: Case) -> Entry:
    """The case's last entry that has words."""
    return Entry.objects.filter(case=case, words__isnull=False).order_by("number").last()  # type: ignore[return-value]


def rechain(entries: Iterable[Entry]) -> None:
    """Seals these entries anew, each to the one before, as somebody who knows the formula would."""
    previous = ""
    for number, entry in enumerate(entries, 1):
        entry.number, entry.previous = number, previous
        entry.hash = previous = ledger.seal(entry)
        Entry.objects.filter(pk=entry.pk).update(number=entry.number, previous=entry.previous, hash=entry.hash)


def test_a_ledger_nobody_touched_is_whole(signed: list[Case]) -> None:
    walked = walking.walk()

    assert walked.faults == ()
    assert walked.entries == sum(case.entries_count for case in signed)
    assert (walked.heads, walked.anchors) == (3, 1)


def test_a_changed_byte(signed: list[Case]) -> None:
    run("update cases_entry set party = 'seller' where case_id = %s and number = 2", signed[1].pk)

    assert found() == [Fault(chain_of(signed[1]), 2, faults.ALTERED)]


def test_changed_words(signed: list[Case]) -> None:
    entry = with_words(signed[1])

    run("update cases_text set body = 'Nada disso' where entry_id = %s", entry.pk)

    assert found() == [Fault(chain_of(signed[1]), entry.number, faults.WORDS_ALTERED)]


def test_a_missing_row(signed: list[Case]) -> None:
    run("delete from cases_entry where case_id = %s and number = 2", signed[1].pk)

    assert found() == [Fault(chain_of(signed[1]), 2, faults.MISSING)]


def test_a_cut_tail(signed: list[Case]) -> None:
    last = signed[1].entries_count

    run("delete from cases_entry where case_id = %s and number = %s", signed[1].pk, last)

    assert found() == [Fault(chain_of(signed[1]), last, faults.CUT)]


def test_swapped_rows(signed: list[Case]) -> None:
    key = signed[1].pk
    for was, becomes in ((1, 1000), (2, 1), (1000, 2)):
        run("update cases_entry set number = %s where case_id = %s and number = %s", becomes, key, was)

    assert found() == [Fault(chain_of(signed[1]), 1, faults.UNLINKED)]


def test_other_readers_for_an_entrys_words(signed: list[Case]) -> None:
    entry = with_words(signed[1])

    run("update cases_text set audience = audience | 15 where entry_id = %s", entry.pk)

    assert found() == [Fault(chain_of(signed[1]), entry.number, faults.READERS_ALTERED)]


def test_a_cut_tail_with_the_cases_row_mended(signed: list[Case]) -> None:
    last = signed[1].entries_count
    before = Entry.objects.get(case=signed[1], number=last - 1)

    run("delete from cases_text where entry_id = (select id from cases_entry where case_id = %s and number = %s)",
        signed[1].pk, last)  # fmt: skip
    run("delete from cases_entry where case_id = %s and number = %s", signed[1].pk, last)
    Case.objects.filter(pk=signed[1].pk).update(entries_count=last - 1, last_hash=before.hash)

    assert found() == [Fault(chain_of(signed[1]), last, faults.SHORTER)]


def test_a_chain_written_anew_with_new_hashes(signed: list[Case]) -> None:
    case = signed[1]
    with switched_off():
        entries = list(case.entries.order_by("number"))
        entries[1].party = "marketplace"
        Entry.objects.filter(pk=entries[1].pk).update(party="marketplace")
        rechain(entries)
    Case.objects.filter(pk=case.pk).update(last_hash=entries[-1].hash)

    assert found() == [Fault(chain_of(case), case.entries_count, faults.REWRITTEN)]


def test_words_gone_without_an_erasure(signed: list[Case]) -> None:
    entry = with_words(signed[1])

    run("delete from cases_text where entry_id = %s", entry.pk)

    assert found() == [Fault(chain_of(signed[1]), entry.number, faults.WORDS_GONE)]


def test_an_erasure_told_in_another_case_takes_no_words_away(signed: list[Case]) -> None:
    """Whoever may write an entry anywhere could else name any words of anybody's as erased."""
    entry = with_words(signed[1])
    told = events.DataErased(words=(str(entry.pk),))
    with door.judging(signed[0].pk, by=actors.clock(signed[0].marketplace), at=MONDAY + timedelta(hours=4)) as change:
        change.record(told, to=audience.TEAM)
    heads.chain(at=MONDAY + timedelta(hours=5))

    with pytest.raises(DatabaseError, match="words are kept"), transaction.atomic():
        Text.objects.filter(pk=entry.pk).delete()
    run("delete from cases_text where entry_id = %s", entry.pk)

    assert found() == [Fault(chain_of(signed[1]), entry.number, faults.WORDS_GONE)]


def test_a_case_taken_to_another_marketplace_with_its_words(signed: list[Case]) -> None:
    there = Marketplace.objects.create(slug="outro", name="Outro", rulebook="americanas")
    for table in ("cases_case set marketplace_id = %s where id", "cases_text set marketplace_id = %s where case_id"):
        run(f"update {table} = %s", there.pk, signed[1].pk)

    assert [one.why for one in found()] == [faults.OWNERS_ALTERED, faults.MOVED]


def test_entries_nobody_is_to_chain_any_more(written: list[Case]) -> None:
    """The word that a case waits for a head is a row like any other, and the role that serves may take it away."""
    Unchained.objects.filter(case_id=written[1].pk).delete()
    heads.chain(at=MONDAY + timedelta(hours=2))

    assert found() == [Fault(chain_of(written[1]), 1, faults.FORGOTTEN)]


def test_words_hung_on_another_case(signed: list[Case]) -> None:
    entry = with_words(signed[1])

    run("update cases_text set case_id = %s where entry_id = %s", signed[0].pk, entry.pk)

    assert found() == [Fault(chain_of(signed[1]), entry.number, faults.READERS_ALTERED)]


def test_a_whole_case_deleted(signed: list[Case]) -> None:
    case = signed[1]
    run("delete from cases_text where case_id = %s", case.pk)
    run("delete from cases_entry where case_id = %s", case.pk)
    run("delete from cases_case where id = %s", case.pk)

    assert found() == [Fault(str(case.pk), 1, faults.NO_CASE)]


def test_an_entry_of_a_case_that_is_gone(signed: list[Case]) -> None:
    run("delete from cases_case where id = %s", signed[1].pk)

    assert found()[0] == Fault(str(signed[1].pk), 1, faults.NO_CASE)


def test_a_head_taken_out_is_missed_in_the_marketplaces_chain(signed: list[Case]) -> None:
    run("delete from evidence_head where number = 2")

    assert found() == [Fault("americanas", 2, faults.MISSING)]


def test_heads_written_anew_do_not_come_to_the_signed_root(signed: list[Case]) -> None:
    with switched_off():
        previous = ""
        for number, head in enumerate(Head.objects.exclude(number=2).order_by("number"), 1):
            head.number, head.previous = number, previous
            head.hash = previous = heads.seal(head)
            Head.objects.filter(number=number).exclude(pk=head.pk).delete()
            head.save()

    assert [one.why for one in found()] == [faults.FORGOTTEN, faults.NO_ROOT]


def test_an_anchor_changed_is_not_what_was_signed(signed: list[Case]) -> None:
    statement = Anchor.objects.get().statement

    run("update evidence_anchor set statement = %s", statement.replace("2026-11-23T", "2026-11-22T"))

    assert found() == [Fault("americanas 2026-11-23", 1, faults.FORGED)]


def test_an_anchor_kept_outside_shows_that_all_was_written_anew(signed: list[Case]) -> None:
    kept = anchoring.carried(Anchor.objects.select_related("key").get())
    assert walking.walk(kept=(kept,)).faults == ()

    run("delete from evidence_anchor")
    run("delete from evidence_head")
    run("insert into evidence_unchained (case_id) select id from cases_case")
    heads.chain(at=MONDAY + timedelta(days=1))
    anchoring.sign(at=MONDAY + timedelta(days=1))

    assert found() == []  # nothing inside can tell
    assert list(walking.walk(kept=(kept,)).faults) == [Fault("americanas 2026-11-23", 1, faults.NO_ANCHOR)]


@pytest.mark.parametrize("text", ["", "nada", "[]", '{"statement": "{}", "signature": "", "key": ""}'])
def test_what_is_no_anchor_is_told_as_such(signed: list[Case], text: str) -> None:
    assert [fault.why for fault in walking.walk(kept=(text,)).faults] == [faults.UNREADABLE]


def test_a_kept_anchor_with_another_signature_is_forged(signed: list[Case]) -> None:
    kept = anchoring.carried(Anchor.objects.select_related("key").get()).replace("americanas", "americanos")

    assert [fault.why for fault in walking.walk(kept=(kept,)).faults] == [faults.FORGED]


def test_every_case_is_in_one_share(signed: list[Case]) -> None:
    read = [walking.walk(share=limits.Share(number, 7)).entries for number in range(7)]

    assert sum(read) == sum(case.entries_count for case in signed)


def test_a_walk_over_one_marketplace_passes_the_others_by(signed: list[Case]) -> None:
    assert walking.walk(marketplace_id=signed[0].marketplace_id).entries == walking.walk().entries
    assert walking.walk(marketplace_id=uuid.uuid4()).entries == 0


def test_a_case_is_chained_once_for_what_it_has_come_to(signed: list[Case], cast: Cast) -> None:
    assert heads.chain(at=MONDAY + timedelta(hours=4)) == 0

    replying.reply(signed[0], Message("E agora?"), by=cast.cliente, at=MONDAY + timedelta(hours=5))

    assert heads.chain(at=MONDAY + timedelta(hours=6)) == 1
    assert not Unchained.objects.exists()
    assert found() == []


def test_erased_words_are_no_fault_where_an_entry_says_that_they_went(signed: list[Case]) -> None:
    entry = with_words(signed[1])
    told = events.DataErased(words=(str(entry.pk),))
    with door.judging(signed[1].pk, by=actors.clock(signed[1].marketplace), at=MONDAY + timedelta(hours=4)) as change:
        change.record(told, to=audience.TEAM)
    heads.chain(at=MONDAY + timedelta(hours=5))

    Text.objects.filter(pk=entry.pk).delete()

    assert found() == []
