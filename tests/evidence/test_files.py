"""Files of cases: sealed by the entry that brought them, kept by the database, and held against their bytes."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from tests.cast import MONDAY, Cast, opener, sign_in
from tests.evidence.test_walking import rechain
from tests.papers import answer_with
from tests.tampering import owning, switched_off
from tratativa.accounts import actors
from tratativa.cases import door, events
from tratativa.cases.acting import replying
from tratativa.cases.core import audience
from tratativa.cases.files import attachments, identity_documents
from tratativa.cases.messages import drafts
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Attachment, Case
from tratativa.evidence import case_files, faults, nightly, walking
from tratativa.evidence.limits import Limits

PHOTO = b"a fotografia da avaria"
LATER = MONDAY + timedelta(hours=1)


def run(sql: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def why() -> list[object]:
    return [fault.why for fault in walking.walk().faults]


def send(case: Case, cast: Cast, content: bytes = PHOTO) -> Attachment:
    """A file the customer sent with a message."""
    upload = SimpleUploadedFile("avaria.jpg", content)
    file = attachments.receive(upload, by=cast.cliente, at=MONDAY, limit=1000)
    replying.reply(case, Message("Veja a foto", files=[file]), by=cast.cliente, at=LATER)
    file.refresh_from_db()
    return file


@pytest.fixture
def file(cast: Cast) -> Attachment:
    return send(opener(cast)(), cast)


def test_an_entry_says_which_files_it_brought_and_nothing_of_their_names(file: Attachment) -> None:
    assert file.entry is not None
    [told] = file.entry.data["files"]

    assert (told["id"], told["sha256"]) == (str(file.pk), file.sha256)
    assert "avaria" not in str(file.entry.data)
    assert why() == []


ROWS: dict[str, tuple[str, object]] = {
    "other bytes": ("update cases_attachment set sha256 = repeat('0', 64)", faults.FILE_ALTERED),
    "another name": ("update cases_attachment set name = 'outra.png'", faults.FILE_ALTERED),
    "another size": ("update cases_attachment set size = 1", faults.FILE_ALTERED),
    "gone": ("delete from cases_attachment", faults.FILE_GONE),
    "at no entry": ("update cases_attachment set entry_id = null", faults.FILE_GONE),
    "of no case": ("update cases_attachment set case_id = null", faults.FILE_GONE),
    "at another entry": (
        "update cases_attachment set entry_id = (select id from cases_entry where number = 1)", faults.FILE_STRANGE,
    ),
    "without its bytes": ("update cases_attachment set path = ''", faults.BYTES_GONE),
}  # fmt: skip


@pytest.mark.parametrize("way", ROWS)
def test_a_row_that_was_touched_is_found(file: Attachment, way: str) -> None:
    sql, fault = ROWS[way]

    with switched_off():
        run(sql)

    assert why() == [fault]


@pytest.mark.parametrize("way", ROWS)
def test_the_database_refuses_to_touch_a_file_that_was_sent(file: Attachment, way: str) -> None:
    sql, _fault = ROWS[way]

    for who in (transaction.atomic, owning):
        with pytest.raises(DatabaseError, match="a file that was sent is kept"), who(), transaction.atomic():
            run(sql)

    assert Attachment.objects.get().sha256 == file.sha256


def test_a_file_moved_to_another_case_is_missed_in_one_and_strange_in_the_other(file: Attachment, cast: Cast) -> None:
    other = opener(cast)()
    entry = other.entries.get(number=2)

    with switched_off():
        run("update cases_attachment set case_id = %s, entry_id = %s", other.pk, entry.pk)

    assert set(why()) == {faults.FILE_GONE, faults.FILE_STRANGE}


def test_a_file_that_nobody_sent_is_neither_taken_nor_believed(file: Attachment, cast: Cast) -> None:
    forged = attachments.receive(SimpleUploadedFile("b.png", b"b"), by=cast.ana, at=MONDAY, limit=100)
    sql = "update cases_attachment set entry_id = %s, case_id = %s, draft_id = null where id = %s"

    with pytest.raises(DatabaseError, match="brings no such file"), transaction.atomic():
        run(sql, file.entry_id, file.case_id, forged.pk)
    with switched_off():
        run(sql, file.entry_id, file.case_id, forged.pk)

    assert why() == [faults.FILE_STRANGE]


def test_a_file_that_is_one_cases_at_anothers_entry_is_found(file: Attachment, cast: Cast) -> None:
    entry = opener(cast)().entries.get(number=2)
    forged = attachments.receive(SimpleUploadedFile("b.png", b"b"), by=cast.ana, at=MONDAY, limit=100)

    with switched_off():
        run("update cases_attachment set entry_id = %s, case_id = %s where id = %s", entry.pk, file.case_id, forged.pk)

    assert why() == [faults.FILE_STRANGE]


def test_a_file_of_before_files_were_sealed_is_believed(file: Attachment) -> None:
    """An entry of old says nothing of files, and nothing of whose the case is."""
    with switched_off():
        run("update cases_entry set data = data - 'files' - 'owners'")
        entries = list(file.case.entries.order_by("number"))  # type: ignore[union-attr]
        rechain(entries)
        run("update cases_case set last_hash = %s", entries[-1].hash)
        run("update cases_attachment set name = 'outra.png'")

    assert why() == []


def test_what_waits_in_a_draft_comes_and_goes(cast: Cast) -> None:
    case = opener(cast)()
    draft = drafts.keep(case, by=cast.ana, at=MONDAY, words="Espere", to="customer", customer_reads=True)
    waiting = attachments.receive(SimpleUploadedFile("b.png", b"b"), by=cast.ana, at=MONDAY, limit=100, draft=draft)

    assert run("update cases_attachment set name = 'c.png' where id = %s", waiting.pk) == 1
    attachments.discard(waiting)

    assert not Attachment.objects.exists()
    assert why() == []


@pytest.mark.parametrize("content", [PHOTO.replace(b"foto", b"Foto"), PHOTO + b"!", b""])
def test_bytes_that_were_changed_are_found_and_given_to_nobody(
    file: Attachment, cast: Cast, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    Path(default_storage.path(file.path)).write_bytes(content)

    answer = sign_in(cast.ana).get(reverse("file", args=[file.pk]))

    assert answer.status_code == 410
    assert "não é mais o que foi enviado" in answer.content.decode()
    assert f"the bytes of file {file.pk} are not those" in caplog.text
    assert [fault.why for fault in case_files.altered(Limits())] == [faults.BYTES_ALTERED]


def test_the_preview_of_a_file_that_was_changed_is_shown_to_nobody(file: Attachment, cast: Cast) -> None:
    drawn = default_storage.save("2026/11/drawn.webp", ContentFile(b"drawn"))
    Attachment.objects.filter(pk=file.pk).update(picture=drawn)
    client, address = sign_in(cast.ana), reverse("picture", args=[file.pk])
    assert client.get(address).getvalue() == b"drawn"  # type: ignore[attr-defined]

    Path(default_storage.path(file.path)).write_bytes(b"outra")
    assert client.get(address).status_code == 410
    default_storage.delete(file.path)
    assert client.get(address).status_code == 404


def test_bytes_that_are_lost_are_found(file: Attachment) -> None:
    default_storage.delete(file.path)

    assert [fault.why for fault in case_files.altered(Limits())] == [faults.BYTES_GONE]


def test_whole_bytes_are_given_and_counted(file: Attachment, cast: Cast) -> None:
    told: list[int] = []

    assert sign_in(cast.ana).get(reverse("file", args=[file.pk])).getvalue() == PHOTO  # type: ignore[attr-defined]
    assert case_files.altered(Limits(), tell=told.append) == []
    assert told == [len(PHOTO)] and case_files.size(Limits()) == len(PHOTO)


def test_every_night_some_bytes_are_read(file: Attachment) -> None:
    Path(default_storage.path(file.path)).write_bytes(b"outra")

    walks = [nightly.walk(at=MONDAY + timedelta(days=night)) for night in range(nightly.SHARES)]

    [bad] = [walk for walk in walks if walk.faults]
    assert "os bytes de um arquivo foram alterados" in bad.first


def test_the_lot_reads_no_more_than_it_may(cast: Cast) -> None:
    case = opener(cast)()
    for number in range(3):
        send(case, cast, bytes([number]) * 100)
    told: list[int] = []

    case_files.altered(Limits(), most=250, tell=told.append)

    assert told == [100, 100]


def test_an_identity_papers_bytes_go_when_the_entry_said_they_would(cast: Cast) -> None:
    long_ago = MONDAY - identity_documents.KEPT - timedelta(days=1)
    case = opener(cast)(at=long_ago)
    paper = attachments.receive(SimpleUploadedFile("rg.png", b"rg"), by=cast.cliente, at=MONDAY, limit=100)
    answer_with(case, paper, by=cast.cliente, at=long_ago)

    assert identity_documents.expire(at=MONDAY) == 1

    assert (Attachment.objects.get().path, why()) == ("", [])


def test_a_copy_of_a_file_is_the_paper_its_original_became(file: Attachment, cast: Cast) -> None:
    """What a letter's photo answers is stored once: it goes once, from both."""
    case = file.case
    assert case is not None
    answer_with(case, file, by=cast.cliente, at=LATER)

    assert Attachment.objects.filter(sensitive=True, path=file.path).count() == 2
    assert identity_documents.expire(at=LATER + identity_documents.KEPT) == 2
    assert not Attachment.objects.exclude(path="").exists()


def test_a_file_that_stands_already_has_a_row_of_its_own_once_where_it_is_brought_again(file: Attachment) -> None:
    case = file.case
    assert case is not None
    with door.judging(case.pk, by=actors.clock(case.marketplace), at=LATER) as change:
        attachments.record(change, events.Noted(), [file, file], to=audience.TEAM, words="De novo")

    assert Attachment.objects.filter(path=file.path, sha256=file.sha256).count() == 2
    assert why() == []
