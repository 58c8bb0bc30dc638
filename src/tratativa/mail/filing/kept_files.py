"""Kept files: the files of a letter that its case takes, each under a name people can open, and those it does not."""

import hashlib
import mimetypes
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePosixPath

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from tratativa.accounts import reach
from tratativa.accounts.actors import Actor
from tratativa.accounts.secrecy import masking
from tratativa.cases.core import rulebook_versions
from tratativa.cases.core.refusals import Invalid
from tratativa.cases.files import attachments, photographs
from tratativa.cases.models import Attachment, Case
from tratativa.mail import tokens
from tratativa.mail.models import Arrival
from tratativa.mail.reading import bounds
from tratativa.mail.reading.letter import Letter
from tratativa.mail.reading.mime import addresses
from tratativa.mail.reading.pieces import File

# Proofs of who sent a letter, for programs: no reader misses them. What is signed or sealed as a whole is kept.
_PROOFS = {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
# A picture in so many letters before is what its writer puts into each of them.
_OFTEN = 2
_LETTER = {"message/rfc822", "message/global"}
_MESSAGE_ID = re.compile(r"^message-id:\s{0,5}(<[^<>\s]{1,250}>)", re.I | re.M)
_SUFFIXES = {
    "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp", "image/heic": ".heic",
    "image/bmp": ".bmp", "image/tiff": ".tif", "application/pdf": ".pdf", "text/plain": ".txt", "text/html": ".html",
    "text/calendar": ".ics", "text/vcard": ".vcf", "text/x-vcard": ".vcf", "text/csv": ".csv", "video/mp4": ".mp4",
    "video/quicktime": ".mov", "audio/mpeg": ".mp3", "audio/ogg": ".ogg", "audio/amr": ".amr",
    "application/zip": ".zip", "application/rtf": ".rtf",
    "message/delivery-status": ".txt", "message/disposition-notification": ".txt",
    "message/feedback-report": ".txt", "text/rfc822-headers": ".txt", **dict.fromkeys(_LETTER, ".eml"),
}  # fmt: skip
_HEADS = {
    b"%PDF": ".pdf", b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"GIF8": ".gif", b"PK\x03\x04": ".zip",
    b"{\\rtf": ".rtf",
}  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """A letter's files: those stored and waiting for their message, and the names of those the case did not take."""

    files: list[Attachment] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def keep(arrival: Arrival, read: Letter, case: Case, *, by: Actor, at: datetime, beside: Iterable[File] = ()) -> Kept:
    """Stores the letter's files as this actor's own; `beside` are files of ours that come first.

    Called before the door opens: the file store is slow.
    """
    rules = rulebook_versions.of(case).attachments
    kept = Kept()
    for file in named([*beside, *(one for one in read.files if not _needless(one, arrival, case))]):
        name = attachments.clean_name(file.name)
        try:
            if len(kept.files) >= rules.max_files:
                raise Invalid({"files": ""})
            data = masking.masked_file(file.data) if _tells(file) else file.data
            upload = photographs.redraw(SimpleUploadedFile(name, data), name, limit=rules.max_size)
            with reach.within(*by.owners):  # until it is sent it is theirs alone
                kept.files.append(attachments.receive(upload, by=by, at=at, limit=rules.max_size))
        except Invalid:
            kept.left_out.append(name[:160])
    return kept


def named(files: Iterable[File]) -> list[File]:
    """The files, each with a name of its own that ends in what its content is opened by."""
    found: list[File] = []
    taken: set[str] = set()
    for file in files:
        name = _name(file)
        path, number = PurePosixPath(name), 2
        while name.casefold() in taken:
            name, number = f"{path.stem}-{number}{path.suffix}", number + 1
        taken.add(name.casefold())
        found.append(replace(file, name=name))
    return found


def pictures(read: Letter) -> list[str]:
    """The digests of what the letter's page shows where it stands, by which what repeats is known."""
    return [_digest(file) for file in read.files if file.shown]


def _name(file: File) -> str:
    suffix = _suffix(file)
    if file.name:
        return file.name if PurePosixPath(file.name).suffix or suffix in ("", ".bin") else file.name + suffix
    if file.kind in _LETTER:
        return _("e-mail") + suffix
    return (_("imagem") if file.kind.startswith("image/") else _("arquivo")) + suffix


def _suffix(file: File) -> str:
    head = next((suffix for start, suffix in _HEADS.items() if file.data.startswith(start)), "")
    return _SUFFIXES.get(file.kind) or head or mimetypes.guess_extension(file.kind) or ".bin"


def _needless(file: File, arrival: Arrival, case: Case) -> bool:
    """Whether nobody would miss it: nothing at all, a proof for programs, a letter of ours (the case has it, and its
    link is nobody else's), or a picture that its writer's letters bring along: in the signature, on the case already,
    or in letter after letter."""
    if not file.data or file.kind in _PROOFS or file.signed or _ours(file):
        return True
    return file.shown and _repeats(file, arrival, case)


def _tells(file: File) -> bool:
    """Whether it may quote a letter of ours, with the link and the address of whom it was for."""
    return file.kind in _LETTER or file.kind.startswith("text/")


def _ours(file: File) -> bool:
    """Whether it is a letter that the desk sent, attached as it came."""
    if file.kind not in _LETTER:
        return False
    head = file.data[: bounds.HEADER].decode("latin-1")
    return any(tokens.key_of(one) for found in _MESSAGE_ID.findall(head) for one in addresses.ids(found))


def _repeats(file: File, arrival: Arrival, case: Case) -> bool:
    before = Arrival.objects.filter(
        marketplace_id=arrival.marketplace_id, sender=arrival.sender, verified=True, at__lt=arrival.at
    )
    having = before.filter(pictures__contains=[_digest(file)]).values_list("case_id", flat=True)[: _OFTEN + 1]
    return len(having) >= _OFTEN or case.pk in having


def _digest(file: File) -> str:
    return hashlib.sha256(file.data).hexdigest()
