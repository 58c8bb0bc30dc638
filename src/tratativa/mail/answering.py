"""Answering: a customer's letter as their answer: to the form they were asked to fill in, or in the conversation."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from tratativa.accounts import actors, text
from tratativa.cases import attachments, books, messages, photographs, requests
from tratativa.cases.models import Attachment, Case, Request
from tratativa.cases.refusals import Invalid
from tratativa.mail.reading.letter import Letter
from tratativa.mail.reading.parts import File

# A picture shown inside the letter and smaller than this is a signature's logo, not what went wrong with a parcel.
_LOGO = 8 * 1024
_FILES, _WORDS = ("files",), ("text", "long_text")
_REPORTS = ("message/", "application/pgp-", "application/pkcs7-", "text/rfc822-headers")


def keep(read: Letter, case: Case | None, *, at: datetime) -> list[Attachment]:
    """Stores the letter's files as the customer's own, waiting for their message; those the rulebook refuses not.

    Called before the door opens: the file store is slow.
    """
    if case is None or case.customer is None:
        return []
    rules, by = books.of(case).attachments, actors.of_customer(case.customer)
    kept: list[Attachment] = []
    for file in _worth_keeping(read):
        name = attachments.clean_name(file.name or _("arquivo"))
        try:
            if len(kept) < rules.max_files:
                upload = photographs.redraw(SimpleUploadedFile(name, file.data), name, limit=rules.max_size)
                kept.append(attachments.receive(upload, by=by, at=at, limit=rules.max_size))
        except Invalid:
            continue  # told as left out, below the message
    return kept


def left_out(read: Letter, kept: Sequence[Attachment]) -> list[File]:
    """The letter's files that the case did not take: too large, too many, or pictures nobody can draw.

    A picture drawn anew may have changed its suffix: names are compared without it.
    """
    taken = [PurePosixPath(file.name).stem for file in kept]
    missing = []
    for file in _worth_keeping(read):
        name = PurePosixPath(attachments.clean_name(file.name or _("arquivo"))).stem
        if name in taken:
            taken.remove(name)
        else:
            missing.append(file)
    return missing


def answer(case: Case, read: Letter, files: Sequence[Attachment], *, at: datetime) -> Case:
    """Acts as the customer at that moment; the case the answer landed in. Raises Invalid and NotAllowed."""
    customer = case.customer
    if customer is None:
        raise Invalid({"": _("Este atendimento não tem cliente.")})
    by = actors.of_customer(customer)
    words = text.paragraph(read.visible)[: text.MESSAGE_LIMIT]
    for request in requests.pending(case, by):
        given = _filled(request, words, files)
        if given is not None:
            answered = requests.answer(request, given, by=by, at=at)
            if not words or words in given.values():
                return answered
            files = ()
            break
    words = words or (_("Veja os arquivos.") if files else _("(e-mail sem texto)"))
    return messages.reply(case, words, by=by, at=at, files=files, warned=True)


def _filled(request: Request, words: str, files: Sequence[Attachment]) -> dict[str, Any] | None:
    """The form filled in with a letter's files and words; nothing where it asks for more, or has no place for them."""
    form = requests.form(request)
    places = {kind: [field.id for field in form if field.type in kind] for kind in (_FILES, _WORDS)}
    known = [*places[_FILES], *places[_WORDS]]
    if any(field.required and field.id not in known for field in form):
        return None
    if bool(places[_FILES]) != bool(files) or not (files or (words and places[_WORDS])):
        return None
    given: dict[str, Any] = {field.id: "" for field in form if field.id in places[_WORDS]}
    given |= {field: list(files) if field == places[_FILES][0] else [] for field in places[_FILES]}
    if places[_WORDS]:
        given[places[_WORDS][0]] = words or "–"
    return given


def _worth_keeping(read: Letter) -> list[File]:
    shown = read.page
    return [
        file
        for file in read.files
        if file.data
        and not file.kind.startswith(_REPORTS)
        and not (file.cid and file.cid in shown and len(file.data) < _LOGO)
    ]
