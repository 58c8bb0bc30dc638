"""Receiving: a letter's bytes are stored and its row committed before anybody is told that we have it."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from tratativa.accounts import keys, text
from tratativa.cases.core import work
from tratativa.mail.filing import threading
from tratativa.mail.models import Arrival, Mailbox
from tratativa.mail.reading import bounds, letter


class TooLarge(Exception):
    """A letter larger than any mail service lets through; its sender is told at once."""


def receive(mailbox: Mailbox, raw: bytes, *, at: datetime, recipients: Sequence[str] = (), uid: str = "") -> Arrival:
    """Takes a letter in; the same letter again gives the same row. `at` is when it came, `uid` its IMAP name.

    Only its headers are read here, bounded: the case they name waits for the letter. Raises TooLarge.
    """
    if len(raw) > bounds.LETTER:
        raise TooLarge
    return _keep(mailbox, raw, size=len(raw), at=at, recipients=recipients, uid=uid)


def receive_aside(mailbox: Mailbox, raw: bytes, *, size: int, at: datetime, trouble: str, uid: str = "") -> Arrival:
    """Takes in what cannot be opened, such as the headers of a letter too large to be fetched: somebody must know."""
    return _keep(mailbox, raw, size=size, at=at, uid=uid, trouble=trouble)


def _keep(
    mailbox: Mailbox,
    raw: bytes,
    *,
    size: int,
    at: datetime,
    uid: str,
    recipients: Sequence[str] = (),
    trouble: str = "",
) -> Arrival:
    digest = hashlib.sha256(raw).hexdigest()
    outline = letter.outline(raw)
    message_id = text.line(outline.message_id)[:255]
    if twin := _twin(mailbox, message_id, digest, uid):
        return twin
    pk = keys.new()
    path = default_storage.save(f"letters/{at:%Y/%m}/{pk}.eml", ContentFile(raw))
    thread = threading.find(outline.fields, recipients, mailbox)
    row = Arrival(
        pk=pk, marketplace_id=mailbox.marketplace_id, mailbox=mailbox, uid=uid, message_id=message_id,
        sha256=digest, size=size, path=path, at=at, case=thread.case, trouble=trouble,
        state="quarantined" if trouble else "waiting",
        sender=text.line(outline.sender.address if outline.sender else "")[:254],
        subject=text.line(outline.subject)[:200],
        recipients=[text.line(one)[:254] for one in recipients[: bounds.ADDRESSES]],
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            if not trouble:
                work.ask("mail.open_letter", lock=row.case_id or "", arrival_id=pk)
    except IntegrityError:
        # Another process took the same letter in between; ours is the copy.
        default_storage.delete(path)
        if twin := _twin(mailbox, message_id, digest, uid):
            return twin
        raise
    except BaseException:
        default_storage.delete(path)
        raise
    return row


def _twin(mailbox: Mailbox, message_id: str, digest: str, uid: str) -> Arrival | None:
    known = Arrival.objects.filter(mailbox=mailbox)
    if uid and (twin := known.filter(uid=uid).first()):
        return twin
    return known.filter(message_id=message_id, sha256=digest).first()
