"""Identity papers: a photograph that was sent becomes none by the word of whoever serves, and keeps its bytes."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import Cast, opener
from tests.evidence.test_files import LATER, send, why
from tests.papers import answer_with
from tests.tampering import owning, switched_off
from tratativa.accounts import keys
from tratativa.cases import door, events
from tratativa.cases.core import audience, ledger
from tratativa.cases.files import attachments, identity_documents
from tratativa.cases.models import Attachment, Case, Entry
from tratativa.evidence import faults, papers

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
ENOUGH = LATER + identity_documents.KEPT
MARK = "update cases_attachment set sensitive = true, expires_at = %s where id = %s"
EMPTY = "update cases_attachment set path = '' where id = %s"


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def file(cast: Cast) -> Attachment:
    return send(opener(cast)(), cast)


def add(case: Case, event: str, files: Any, *, readers: int = 15, at: datetime = LATER) -> Entry:
    """An entry of whoever serves, sealed as it should be."""
    case.refresh_from_db()
    entry = Entry(
        case=case, number=case.entries_count + 1, event=event, data={"files": files}, party="marketplace",
        audience=readers, at=at, previous=case.last_hash, digest="",
    )  # fmt: skip
    entry.hash = ledger.seal(entry)
    entry.save(force_insert=True)
    Case.objects.filter(pk=case.pk).update(entries_count=entry.number, last_hash=entry.hash)
    return entry


def said_again(file: Attachment, until: datetime | str, **other: Any) -> tuple[Attachment, dict[str, Any]]:
    """A row of the same bytes, as a paper, and what an entry says of it."""
    copy = Attachment(
        pk=keys.new(), name=file.name, size=file.size, sha256=file.sha256, path="", sensitive=True, added_at=LATER,
        expires_at=until, case=file.case,
    )  # fmt: skip
    said = {"id": str(copy.pk), "sha256": file.sha256, "row": ledger.row_digest(
        copy.pk, file.sha256, file.size, file.name)}  # fmt: skip
    return copy, said | {"until": until if isinstance(until, str) else until.isoformat()} | other


FORGED = {
    "of any event": ("document.opened", 15, ENOUGH, LATER),
    "of a note": ("noted", 15, ENOUGH, LATER),
    "of a day long ago": ("request.answered", 15, LONG_AGO, LATER),
    "of an answer long ago": ("request.answered", 15, LONG_AGO, LONG_AGO - identity_documents.KEPT),
    "of too early a day": ("request.answered", 15, LATER + timedelta(days=59), LATER),
    "of what nobody reads": ("request.answered", 0, ENOUGH, LATER),
    "of what the customer alone reads": ("request.answered", 1, ENOUGH, LATER),
}


@pytest.mark.parametrize("way", FORGED)
def test_no_word_of_whoever_serves_makes_a_paper_of_a_photograph(file: Attachment, way: str) -> None:
    event, readers, until, at = FORGED[way]
    assert file.case
    copy, said = said_again(file, until)
    copy.entry = add(file.case, event, [said], readers=readers, at=at)

    with pytest.raises(DatabaseError, match="no answer says that this file is a paper"), transaction.atomic():
        copy.save(force_insert=True)
    for who in (transaction.atomic, owning):
        with pytest.raises(DatabaseError, match="a file that was sent is kept"), who(), transaction.atomic():
            run(MARK, until, file.pk)
    with switched_off():
        copy.save(force_insert=True)
        run(MARK, until, file.pk)
        run(EMPTY, file.pk)

    assert why() in ([faults.NO_PAPER], [faults.BYTES_GONE])


def test_a_marked_photograph_is_told_while_its_bytes_are_there(file: Attachment) -> None:
    with switched_off():
        run(MARK, ENOUGH, file.pk)

    assert why() == [faults.NO_PAPER]


def test_marked_and_emptied_at_once_is_refused(file: Attachment, cast: Cast) -> None:
    case = file.case
    assert case
    copy, said = said_again(file, ENOUGH)
    copy.entry = add(case, "request.answered", [said])

    with pytest.raises(DatabaseError, match="a file that was sent is kept"), transaction.atomic():
        run("update cases_attachment set sensitive = true, expires_at = %s, path = '' where id = %s", ENOUGH, file.pk)


NONSENSE = ["amanhã", "2026-13-45T00:00:00+00:00", "2027-02-21T10:00:00", 5, [], None]


@pytest.mark.parametrize("until", NONSENSE, ids=str)
def test_an_entry_that_says_nonsense_is_told_and_keeps_no_true_paper_back(
    file: Attachment, cast: Cast, until: Any
) -> None:
    case = file.case
    assert case
    _copy, said = said_again(file, ENOUGH)
    add(case, "request.answered", [said | {"until": until}])
    case.refresh_from_db()

    answer_with(case, file, by=cast.cliente, at=LATER)

    assert Attachment.objects.filter(sensitive=True, path=file.path).count() == 2
    assert len(why()) == 1 and why()[0] in {faults.ALTERED, faults.NO_PAPER}


@pytest.mark.parametrize("files", ["x", 5, {"a": 1}, None], ids=str)
def test_files_that_are_no_list_keep_no_true_paper_back(file: Attachment, cast: Cast, files: Any) -> None:
    case = file.case
    assert case
    add(case, "request.answered", files)
    case.refresh_from_db()

    answer_with(case, file, by=cast.cliente, at=LATER)

    assert Attachment.objects.filter(sensitive=True, path=file.path).count() == 2


def test_a_papers_copy_elsewhere_is_the_paper_its_original_is(file: Attachment, cast: Cast) -> None:
    """As what a queue is shown; and what is copied says nothing of the original."""
    case, other = file.case, opener(cast)()
    assert case
    answer_with(case, file, by=cast.cliente, at=LATER)
    file.refresh_from_db()
    with door.judging(other.pk, by=cast.marta, at=LATER + timedelta(days=70)) as change:
        attachments.record(change, events.Noted(), [file], to=audience.TEAM, words="Veja")

    assert Attachment.objects.filter(sensitive=True, expires_at=file.expires_at).count() == 3
    assert why() == []


def test_a_copy_of_no_paper_is_none(file: Attachment, cast: Cast) -> None:
    other = opener(cast)()
    copy, said = said_again(file, LONG_AGO)
    copy.case, copy.path = other, file.path
    copy.entry = add(other, "data.shared", [said])

    with pytest.raises(DatabaseError, match="no answer says that this file is a paper"), transaction.atomic():
        copy.save(force_insert=True)


def test_the_days_are_those_the_database_counts() -> None:
    written = import_module("tratativa.cases.migrations.0043_papers_are_answers").FILES

    assert f"interval '{papers.LEAST // timedelta(hours=1)} hours'" in written
    assert papers.LEAST < identity_documents.KEPT
