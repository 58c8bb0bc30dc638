"""A full disk: what cannot be kept whole is not kept at all, and no file is left that nobody knows of."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, connection, transaction

from tests.cast import Cast
from tests.small_disks import mounted
from tratativa.cases.files import attachments, room
from tratativa.cases.files.whole_files import WholeFiles
from tratativa.mail.intake import receiving
from tratativa.mail.models import Mailbox

MEBIBYTE = 1024**2
NOW = datetime.fromisoformat("2026-11-23T12:00:00+00:00")


@pytest.fixture
def small_disk(settings: Any) -> Iterator[Path]:
    with mounted(4) as folder:
        settings.DATA, settings.MEDIA_ROOT, settings.DISK_LEAST = folder, folder / "files", 0
        yield folder


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@contextmanager
def writing_refused() -> Iterator[None]:
    """The database takes no row, as one whose disk is full."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set transaction_read_only = on")
        yield


def test_a_file_that_finds_no_room_while_it_is_written_leaves_nothing(small_disk: Path) -> None:
    storage = WholeFiles(location=small_disk / "files")
    letter = ContentFile(b"a" * 6 * MEBIBYTE)
    letter.size = 1  # what it said it would be

    with pytest.raises(OSError, match="No space left"):
        storage.save("2026/11/letter", letter)

    assert files_below(small_disk) == []
    assert storage.save("2026/11/another", ContentFile(b"a" * MEBIBYTE))


def test_a_file_is_refused_before_it_takes_what_the_database_needs(small_disk: Path, settings: Any) -> None:
    settings.DISK_LEAST = 2 * MEBIBYTE
    storage = WholeFiles(location=small_disk / "files")

    with pytest.raises(room.NoRoom):
        storage.save("2026/11/letter", ContentFile(b"a" * 3 * MEBIBYTE))

    assert files_below(small_disk) == []


@pytest.mark.django_db
def test_an_upload_whose_row_cannot_be_written_leaves_no_file(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    upload = SimpleUploadedFile("nota.pdf", b"%PDF-1.7")

    with pytest.raises(Error), writing_refused():
        attachments.receive(upload, by=cast.ana, at=NOW, limit=MEBIBYTE)

    assert files_below(tmp_path) == []


@pytest.mark.django_db
def test_a_letter_whose_row_cannot_be_written_leaves_no_file(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    box = Mailbox.objects.create(marketplace_id=cast.ana.marketplace_id, address="sac@loja.example")

    with pytest.raises(Error), writing_refused():
        receiving.receive(box, b"From: a@b.example\r\nSubject: x\r\n\r\nhello", at=NOW)

    assert files_below(tmp_path) == []


def test_every_file_of_the_desk_is_stored_whole() -> None:
    assert isinstance(storages["default"], WholeFiles)
