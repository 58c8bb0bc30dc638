"""Attachments: any format up to the rulebook's size, kept byte for byte, never handed to a browser to run."""

from __future__ import annotations

import hashlib
import logging
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePosixPath

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tratativa.accounts import keys, reach, text
from tratativa.accounts.actors import Actor
from tratativa.bounded import drawing
from tratativa.cases.core import apart, work
from tratativa.cases.core.change import Change
from tratativa.cases.core.refusals import Invalid
from tratativa.cases.events import Event
from tratativa.cases.files import kinds, photographs
from tratativa.cases.models import Attachment, Draft, Entry, Pressed

NAME_LIMIT = 160
log = logging.getLogger(__name__)


class Altered(Exception):
    """The stored bytes of a file are not those that were received: nobody is given them."""


def receive(
    upload: UploadedFile[bytes], *, by: Actor, at: datetime, limit: int, draft: Draft | None = None
) -> Attachment:
    """Stores an upload of at most `limit` bytes; it waits for its message. Raises Invalid naming file and limit."""
    name = clean_name(upload.name or "")
    if upload.size is None or upload.size > limit:
        raise Invalid({"files": too_big(name, upload.size or 0, limit)})
    pk = keys.new()
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    path = default_storage.save(f"{at:%Y/%m}/{pk}", upload)
    try:
        with transaction.atomic():
            attachment = Attachment.objects.create(
                pk=pk, draft=draft, name=name, size=upload.size, sha256=digest.hexdigest(), path=path,
                added_by=by.person_id, added_at=at,
            )  # fmt: skip
            work.ask("cases.draw_picture", attachment_id=pk)
    except BaseException:
        default_storage.delete(path)  # nobody would know that it is there
        raise
    return attachment


def too_big(name: str, size: int, limit: int) -> str:
    """The sentence for a file over the limit; sizes in bytes."""
    return _("«%(name)s» tem %(size)s bytes; cada arquivo pode ter até %(limit)s bytes (%(mebibytes)s MB).") % {
        "name": name,
        "size": f"{size:,}".replace(",", "."),
        "limit": f"{limit:,}".replace(",", "."),
        "mebibytes": f"{limit / 1024**2:g}",
    }


def clean_name(raw: str) -> str:
    """A file name safe to show and to save: no folders, no control or bidi characters, at most 160 characters."""
    flat = text.line(raw).replace("\\", "/")
    name = PurePosixPath(flat).name.strip(" .")
    name = "".join(
        char for char in name if unicodedata.category(char) not in {"Cf", "Co", "Cn"} and char not in '<>:"|?*'
    )
    if not name:
        return _("arquivo")
    stem, dot, suffix = name.rpartition(".")
    if dot and len(suffix) <= 12:
        return stem[: NAME_LIMIT - len(suffix) - 1] + "." + suffix if stem else name
    return name[:NAME_LIMIT]


def waiting(ids: Sequence[str], by: Actor) -> list[Attachment]:
    """The actor's own files that wait for a message, of these ids; others are silently not theirs."""
    mine = Attachment.objects.filter(pk__in=ids, added_by=by.person_id, entry=None, pressed=None)
    return list(mine.order_by("added_at"))


def record(
    change: Change,
    event: Event,
    files: Sequence[Attachment],
    *,
    to: int,
    words: str | None = None,
    rich: str = "",
    by: Actor | None = None,
) -> Entry:
    """Records an event that brings files, sealed over them (`Change.record`), and gives them to its entry.

    Those that waited for a message are theirs from now on; of those that stand elsewhere already it has rows of its
    own: the bytes are stored once. Raises Invalid where one is another person's or was sent meanwhile.
    """
    once = {file.pk: file for file in files}.values()
    copies = [_copied(file) for file in once if file.entry_id]
    waited = [file for file in once if not file.entry_id]
    entry = change.record(event, to=to, words=words, rich=rich, by=by, files=[*waited, *copies])
    if waited and _unsent(change, waited).update(case=change.case, entry=entry, draft=None) != len(waited):
        raise _lost()
    for file in copies:
        file.case, file.entry = change.case, entry
        file.save(force_insert=True)
    return entry


def hold(change: Change, pressed: Pressed, files: Sequence[Attachment]) -> None:
    """Gives waiting files to a message that is not said yet. Raises Invalid as `record` does."""
    if files and _unsent(change, files).update(pressed=pressed, draft=None) != len(files):
        raise _lost()


def freed(pressed: Pressed, *, draft: Draft | None = None) -> list[Attachment]:
    """The files of a message that waits no more, free to be attached, or back in a draft."""
    files = list(pressed.files.order_by("added_at", "id"))
    pressed.files.update(pressed=None, draft=draft)
    return files


def _unsent(change: Change, files: Sequence[Attachment]) -> QuerySet[Attachment]:
    keys_ = [file.pk for file in files]
    return Attachment.objects.filter(pk__in=keys_, added_by=change.by.person_id, entry=None, pressed=None)


def _lost() -> Invalid:
    return Invalid({"files": _("Um dos arquivos já foi enviado ou se perdeu; anexe-o de novo.")})


def _copied(file: Attachment) -> Attachment:
    return Attachment(
        name=file.name, size=file.size, sha256=file.sha256, path=file.path, picture=file.picture,
        sensitive=file.sensitive, expires_at=file.expires_at, added_by=file.added_by, added_at=file.added_at,
    )  # fmt: skip


def again(entry: Entry, *, by: Actor, at: datetime) -> list[Attachment]:
    """The entry's files once more, waiting for another message; to be sent in the same transaction, or not made.

    The bytes are stored once: discarding one of these would take them from the entry as well.
    """
    return [
        Attachment.objects.create(
            name=file.name, size=file.size, sha256=file.sha256, path=file.path, picture=file.picture,
            added_by=by.person_id, added_at=at,
        )
        for file in entry.attachments.filter(sensitive=False).order_by("added_at", "id")
    ]  # fmt: skip


def discard(attachment: Attachment) -> None:
    """Throws away a file that was never sent; one that was meanwhile, or waits to be, stays. Who sends it waits here,
    and is told that it is lost."""
    with transaction.atomic():
        unsent = Attachment.objects.select_for_update(of=("self",)).filter(entry=None, pressed=None)
        held = unsent.filter(pk=attachment.pk).first()
        if held is not None:
            throw_away(held)
            held.delete()


def throw_away(attachment: Attachment) -> None:
    """Takes a file's bytes and preview from the storage, but those that another row needs: copies share theirs."""
    paths = {attachment.path, attachment.picture} - {""}
    with reach.everywhere():
        others = Attachment.objects.exclude(pk=attachment.pk).filter(Q(path__in=paths) | Q(picture__in=paths))
        if attachment.sensitive:  # a paper's time is over wherever else it was shown
            others = others.filter(sensitive=True)
        needed = {one for row in others.values_list("path", "picture") for one in row}
    for path in paths - needed:
        default_storage.delete(path)


def forget_unsent(*, before: datetime) -> int:
    """Throws away files that were chosen before then and never sent; returns how many."""
    found = list(Attachment.objects.filter(entry=None, pressed=None, added_at__lt=before)[:1000])
    return apart.each(found, discard, what="throwing away an unsent file")


def open_file(attachment: Attachment) -> File[bytes]:
    """The stored bytes, read once to see that they are those that were received.

    Raises FileNotFoundError when the storage lost them, Altered when they are others.
    """
    stored = default_storage.open(attachment.path)
    if _digest(stored) != attachment.sha256:
        stored.close()
        log.error("the bytes of file %s are not those that were received (%s)", attachment.pk, attachment.path)
        raise Altered
    return stored


def bytes_are_whole(path: str, sha256: str) -> bool:
    """Whether the stored bytes are those of this digest. Raises FileNotFoundError when the storage lost them."""
    with default_storage.open(path) as stored:
        return _digest(stored) == sha256


def _digest(stored: File[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in stored.chunks():
        digest.update(chunk)
    stored.seek(0)
    return digest.hexdigest()


def draw_picture(attachment: Attachment) -> bool:
    """Draws the re-encoded preview a page may show, when the file is a picture or a PDF, whose first page it is; True
    when it did.

    Re-encoding drops whatever else hides in the file: scripts, comments, the place where a photo was taken. Raises
    FileNotFoundError and Altered.
    """
    with open_file(attachment) as stored:
        if (stored.size or 0) > photographs.SIZE_LIMIT:
            return False
        content = stored.read()
    try:
        drawn = drawing.first_page(content) if kinds.of(attachment.name) == kinds.PAGES else drawing.preview(content)
    except drawing.NotDrawn:
        return False
    attachment.picture = default_storage.save(f"{attachment.path}.webp", ContentFile(drawn.data))
    attachment.save(update_fields=["picture"])
    return True
