"""What the data's folder holds: the newest heads and anchors, compared unasked, given up on record alone."""

import json
import logging
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.cast import MONDAY, Cast, opener
from tests.tampering import switched_off
from tratativa.accounts.audit.models import AuditLine
from tratativa.cases.acting import replying
from tratativa.cases.core import ledger
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Entry
from tratativa.cli.examining import working
from tratativa.evidence import anchoring, faults, heads, held_files, jobs, nightly, outside, walking
from tratativa.evidence.models import Anchor, Head

TUESDAY = MONDAY + timedelta(days=1)


def run(sql: str, *values: object) -> None:
    with switched_off(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def why() -> list[object]:
    return [fault.why for fault in walking.walk().faults]


def hold() -> None:
    outside.hold_heads()
    outside.hold_anchors()


def rewrite(case: Case) -> None:
    """Another time in a case's second entry, its chain and its marketplace's heads sealed anew."""
    with switched_off():
        previous = ""
        for entry in Entry.objects.filter(case=case).order_by("number"):
            entry.at, entry.previous = entry.at - timedelta(days=entry.number == 2), previous
            entry.hash = previous = ledger.seal(entry)
            entry.save()
        Case.objects.filter(pk=case.pk).update(last_hash=previous)
        chained = ""
        for head in Head.objects.filter(marketplace=case.marketplace_id).order_by("number"):
            if head.case_id == case.pk:
                head.case_hash = Entry.objects.get(case=case, number=head.entries).hash
            head.previous = chained
            head.hash = chained = heads.seal(head)
            head.save()


@pytest.fixture
def held(signed: list[Case]) -> list[Case]:
    hold()
    return signed


def test_the_jobs_hold_what_they_made_for_its_owner_alone(written: list[Case]) -> None:
    jobs.chain_heads.func(0)
    jobs.sign_anchors.func(0)

    place = held_files.folder()
    files = [place / "heads.json", place / "anchors.jsonl", place / "lock"]
    assert place == Path(settings.DATA) / "ledger" and place.stat().st_mode & 0o777 == 0o700
    assert [file.stat().st_mode & 0o777 for file in files] == [0o600] * 3
    newest = Head.objects.order_by("number").last()
    assert newest is not None
    assert held_files.marks() == {written[0].marketplace_id: held_files.Mark(newest.number, newest.hash)}
    assert held_files.anchors() == (anchoring.carried(Anchor.objects.get()),)
    assert why() == []


def test_a_chain_rewritten_with_its_anchors_deleted_is_found_by_the_folder_alone(held: list[Case]) -> None:
    rewrite(held[1])
    run("delete from evidence_anchor")

    assert why() == [faults.NO_ANCHOR, faults.HELD_REWRITTEN]
    (held_files.folder() / "anchors.jsonl").unlink()
    assert why() == [faults.HELD_REWRITTEN] and walking.walk().held
    (held_files.folder() / "heads.json").unlink()
    assert why() == [] and not walking.walk().held  # nothing inside can tell, and that is said


def test_all_heads_and_anchors_deleted_and_made_anew_are_found(held: list[Case]) -> None:
    run("delete from evidence_anchor")
    run("delete from evidence_head")
    run("insert into evidence_unchained (case_id) select id from cases_case")
    assert why() == [faults.NO_ANCHOR, faults.HELD_CUT]

    heads.chain(at=TUESDAY)
    anchoring.sign(at=TUESDAY)
    hold()

    assert why() == [faults.NO_ANCHOR, faults.HELD_REWRITTEN]


def test_the_newest_days_anchor_deleted_is_found(held: list[Case]) -> None:
    anchoring.sign(at=TUESDAY)
    hold()

    run("delete from evidence_anchor where day = '2026-11-24'")

    assert why() == [faults.NO_ANCHOR]


def test_heads_cut_since_the_last_anchor_are_found_and_stay_found(held: list[Case], cast: Cast) -> None:
    """Entries of after the anchor taken away with their heads, their cases said to be unchained, chained again."""
    case = held[1]
    before = case.entries_count
    replying.reply(case, Message("Some depois"), by=cast.cliente, at=TUESDAY)
    heads.chain(at=TUESDAY)
    outside.hold_heads()
    run("delete from evidence_head where number > 3")
    run("delete from cases_text where entry_id in (select id from cases_entry where case_id = %s and number > %s)",
        case.pk, before)  # fmt: skip
    run("delete from cases_entry where case_id = %s and number > %s", case.pk, before)
    run("update cases_case set entries_count = %s, last_hash = %s where id = %s", before, case.last_hash, case.pk)
    run("insert into evidence_unchained (case_id) values (%s)", case.pk)

    assert why() == [faults.HELD_CUT]
    heads.chain(at=TUESDAY + timedelta(minutes=1))
    outside.hold_heads()
    assert why() == [faults.HELD_REWRITTEN]
    for number in range(3):
        replying.reply(held[0], Message(f"{number}"), by=cast.cliente, at=TUESDAY + timedelta(hours=number + 1))
        heads.chain(at=TUESDAY + timedelta(hours=number + 1))
        outside.hold_heads()
    assert why() == [faults.HELD_REWRITTEN]


def test_the_night_and_the_doctor_compare_too(held: list[Case], caplog: pytest.LogCaptureFixture) -> None:
    assert working.outside().well
    run("delete from evidence_head where number = 3")
    run("insert into evidence_unchained (case_id) select id from cases_case")

    found = nightly.walk(at=TUESDAY)
    outside.hold_heads()

    assert found.faults and "guarda" in found.first + "; ".join(str(one) for one in walking.walk().faults)
    told = working.outside()
    assert not told.well and "tratativa ledger accept" in told.sentence
    assert "has lost its head 3" in caplog.text


def test_a_restored_backup_is_told_and_accepted_on_record(held: list[Case], cast: Cast) -> None:
    """The database of Monday comes back on Tuesday; the folder is not restored with it."""
    replying.reply(held[1], Message("De terça"), by=cast.cliente, at=TUESDAY)
    heads.chain(at=TUESDAY)
    anchoring.sign(at=TUESDAY)
    hold()
    last = held[1].entries_count
    run("delete from evidence_anchor where day = '2026-11-24'")
    run("delete from evidence_head where number > 3")
    run("delete from cases_text where entry_id in (select id from cases_entry where case_id = %s and number > %s)",
        held[1].pk, last)  # fmt: skip
    run("delete from cases_entry where case_id = %s and number > %s", held[1].pk, last)
    run("update cases_case set entries_count = %s, last_hash = %s where id = %s", last, held[1].last_hash, held[1].pk)
    assert why() == [faults.NO_ANCHOR, faults.HELD_CUT]

    [found] = outside.accept(because="backup de segunda", at=TUESDAY)

    assert (found.before and found.before.number, found.after and found.after.number, found.anchors) == (4, 3, 1)
    assert why() == []
    said = json.loads((held_files.folder() / "accepted.jsonl").read_text())
    assert said["because"] == "backup de segunda" and len(said["anchors"]) == 1
    line = AuditLine.objects.get(what="ledger.accepted")
    assert (line.about, line.before, line.after) == ("backup de segunda", {"links": 4, "anchors": 1}, {"links": 3})
    assert outside.accept(because="de novo", at=TUESDAY) == []
    assert AuditLine.objects.filter(what="ledger.accepted").count() == 1


def test_another_machine_holds_its_own_and_one_that_slept_cries_no_wolf(
    held: list[Case], cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path / "other", raising=False)
    replying.reply(held[1], Message("De terça"), by=cast.cliente, at=TUESDAY)
    heads.chain(at=TUESDAY)
    assert why() == []
    hold()
    assert why() == []

    monkeypatch.setattr(settings, "DATA", tmp_path, raising=False)

    assert held_files.marks()[held[0].marketplace_id].number == 3
    assert why() == []


def test_a_folder_of_another_database_is_told_and_accepted(cast: Cast, held: list[Case]) -> None:
    chain = str(held[0].marketplace_id)
    file = held_files.folder() / "heads.json"
    file.write_text(file.read_text().replace(chain, "00000000-0000-7000-8000-000000000000"))

    assert [(one.chain[:8], one.why) for one in walking.walk().faults] == [("00000000", faults.HELD_CUT)]
    outside.accept(because="outro banco", at=TUESDAY)
    assert why() == []


_ONE = '{"00000000-0000-7000-8000-000000000000": '
NONE_OF_OURS = {
    "empty": "", "a word": "nada", "a list": "[]", "no key": '{"x": 1}', "nothing of one": _ONE + "{}}",
    "deep": "[" * 100_000, "a number without end": _ONE + '{"number": 1e999, "hash": "x"}}',
    "a number of many digits": _ONE + f'{{"number": {"9" * 9000}, "hash": "x"}}}}',
    "a number no head has": _ONE + f'{{"number": {2**63}, "hash": "{"0" * 64}"}}}}',
    "half a letter": _ONE + '{"number": 1, "hash": "\\ud800"}}',
}  # fmt: skip


@pytest.mark.parametrize("text", NONE_OF_OURS.values(), ids=NONE_OF_OURS)
def test_a_file_that_is_none_of_ours_is_told(held: list[Case], text: str, caplog: pytest.LogCaptureFixture) -> None:
    (held_files.folder() / "heads.json").write_text(text)

    assert why() == [faults.HELD_UNREADABLE]
    jobs.chain_heads.func(0)  # what it chained stands
    assert "nothing of the ledger can be held" in caplog.text
    outside.accept(because="disco estragado", at=TUESDAY)
    assert why() == []
    [aside] = json.loads((held_files.folder() / "accepted.jsonl").read_text())["unreadable"]
    assert (held_files.folder() / aside).read_text() == text


def test_where_the_heads_do_not_read_the_anchors_are_held_and_kept_when_given_up(held: list[Case]) -> None:
    (held_files.folder() / "heads.json").write_text("nada")
    rewrite(held[1])
    run("delete from evidence_anchor")

    assert why() == [faults.NO_ANCHOR, faults.HELD_UNREADABLE]
    [gone] = held_files.anchors()
    outside.accept(because="disco estragado", at=TUESDAY)

    assert json.loads((held_files.folder() / "accepted.jsonl").read_text())["anchors"] == [gone]
    assert why() == []


def test_heads_that_are_held_no_more_beside_anchors_that_are_is_told(held: list[Case]) -> None:
    (held_files.folder() / "heads.json").unlink()

    assert why() == [faults.HELD_MISSING]
    assert not working.outside().well
    outside.hold_heads()
    assert why() == []


ODD_LINES = ["[" * 100_000, "[]", "nada", '{"statement": "{}", "signature": "", "key": 5}', "\ufffd"]


@pytest.mark.parametrize("line", ODD_LINES, ids=range(len(ODD_LINES)))
def test_an_odd_line_among_the_held_anchors_is_told_and_given_up_on_record(held: list[Case], line: str) -> None:
    file = held_files.folder() / "anchors.jsonl"
    good = file.read_text()
    file.write_bytes(f"{line}\n{good}".encode().replace("\ufffd".encode(), b"\xff"))
    assert why() == [faults.UNREADABLE]
    run("delete from evidence_anchor")

    assert why() == [faults.UNREADABLE, faults.NO_ANCHOR]
    jobs.chain_heads.func(0)
    jobs.sign_anchors.func(0)  # what they made stands, and what is odd stays
    assert faults.UNREADABLE in why()
    outside.accept(because="disco estragado", at=TUESDAY)

    assert why() == []
    assert json.loads((held_files.folder() / "accepted.jsonl").read_text())["anchors"] == [line, good.strip()]


def test_a_file_that_is_a_folder_is_told_and_put_aside(held: list[Case]) -> None:
    for name in ("heads.json", "anchors.jsonl"):
        (held_files.folder() / name).unlink()
        (held_files.folder() / name).mkdir()

    assert [fault.chain for fault in walking.walk().faults] == [
        str(held_files.folder() / name) for name in ("heads.json", "anchors.jsonl")
    ]
    outside.accept(because="disco estragado", at=TUESDAY)
    assert why() == []


def test_doctor_says_where_nothing_is_held_outside(signed: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    told = working.outside()
    assert not told.well and "Nada do registro é guardado fora do banco" in told.sentence

    hold()
    assert "TRATATIVA_ANCHORS_TO" in working.outside().sentence
    monkeypatch.setattr(settings, "ANCHORS_TO", ["auditoria@fora.example"], raising=False)
    assert "TRATATIVA_ANCHORS_TO" not in working.outside().sentence


def test_without_a_folder_the_jobs_go_on_and_say_so(
    written: list[Case], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a-file").write_text("")
    monkeypatch.setattr(settings, "DATA", tmp_path / "a-file", raising=False)

    with caplog.at_level(logging.ERROR):
        jobs.chain_heads.func(0)

    assert Head.objects.count() == 3
    assert "nothing of the ledger can be held" in caplog.text


def test_what_is_held_is_bounded(signed: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "ANCHORS", 2)
    for day in range(1, 5):
        anchoring.sign(at=MONDAY + timedelta(days=day))
        hold()

    assert len(held_files.anchors()) == 2
    assert why() == []


def test_a_new_case_is_no_fault_before_it_is_chained(held: list[Case], cast: Cast) -> None:
    opener(cast)()

    assert why() == []
