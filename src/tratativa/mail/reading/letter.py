"""A letter, read: who wrote what in answer to which, without asking any database. The way in to this package."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tratativa.mail.reading import forms, lines
from tratativa.mail.reading.lines import Line
from tratativa.mail.reading.mime import addresses, parts
from tratativa.mail.reading.mime.addresses import Address
from tratativa.mail.reading.mime.fields import Fields
from tratativa.mail.reading.mime.parts import Contents
from tratativa.mail.reading.pages import pictures
from tratativa.mail.reading.pieces import Body, File
from tratativa.mail.reading.quotes import memory, splitting
from tratativa.mail.reading.quotes.splitting import Split
from tratativa.mail.reading.senders import triage
from tratativa.mail.reading.senders.triage import Correspondence

_FORWARD = re.compile(
    r"^\s*(?:\[[^\]]{1,60}\]\s*)?(?:fwd?|enc|encaminhad[ao]|encam|reenv|rv|tr|wg|i|doorst|pd|vb|vs|vl|fs|ilt|továbbítás"
    r"|πρθ|转发|轉寄|転送|전달)\s*(?:\[\d{1,3}\])?\s*[:：]",
    re.I,
)
_NOBODY_KNOWN = Correspondence()


@dataclass(frozen=True)
class Letter:
    """What a letter says. `visible` is what its writer wrote now, `folded` the rest; every line is in one of them."""

    fields: Fields
    sender: Address | None
    subject: str
    message_id: str
    references: tuple[str, ...]
    in_reply_to: tuple[str, ...]
    visible: str
    folded: str
    page: str
    files: tuple[File, ...]
    machine: str
    quiet: bool


def read(raw: bytes, parents: Sequence[str] = (), known: Correspondence = _NOBODY_KNOWN) -> Letter:
    """Reads a letter. `parents` are texts sent to its writer before. Raises `parts.Unreadable` beyond the bounds."""
    return _letter(parts.contents(raw), parents, known)


def outline(raw: bytes) -> Letter:
    """Who wrote and about what, of a letter that is beyond the bounds."""
    return _letter(parts.outline(raw), (), _NOBODY_KNOWN)


def _letter(contents: Contents, parents: Sequence[str], correspondence: Correspondence) -> Letter:
    fields = contents.fields
    subject = fields.text("subject")
    known = memory.shingles(parents)
    forward = bool(_FORWARD.match(subject))
    files, bodies = pictures.unpasted(contents.files, contents.bodies)
    visible, folded = _words(bodies, known, forward)
    machine = triage.triage(fields, contents.kinds, f"{visible}\n{folded}", correspondence)
    senders = addresses.mailboxes(fields.raw("from"))
    return Letter(
        fields=fields,
        sender=senders[0] if senders else None,
        subject=subject,
        message_id=next(iter(addresses.ids(fields.raw("message-id"))), ""),
        references=addresses.ids(fields.raw("references")),
        in_reply_to=addresses.ids(fields.raw("in-reply-to")),
        visible=visible,
        folded=folded,
        page="\n".join(body.text for body in bodies if body.markup),
        files=pictures.placed(files, bodies),
        machine=machine.machine,
        quiet=machine.quiet,
    )


def _words(bodies: Sequence[Body], known: memory.Shingles, forward: bool) -> tuple[str, str]:
    """The visible and the folded text of the bodies. Of two forms of one text the better split one is taken."""
    plain, pages = forms.of(bodies)
    if forward:
        chosen: Split | None = Split(list(plain) if _says(plain) else pages, [], sure=False)
    else:
        of_text = splitting.split(plain, known) if _says(plain) else None
        of_page = splitting.split(pages, known) if _says(pages) else None
        chosen = _better(of_text, of_page)
    if chosen is None:
        return "", ""
    shown = [*chosen.own, *chosen.folded]
    elsewhere = forms.missing(shown, [*plain, *pages])
    return lines.together(chosen.own), lines.together([*chosen.folded, *elsewhere])


def _says(form: Sequence[Line]) -> bool:
    return any(not line.blank for line in form)


def _better(of_text: Split | None, of_page: Split | None) -> Split | None:
    """A page says more about what is quoted; where both forms agree the text is taken, as its writer saw it sent."""
    if of_text is None or of_page is None:
        return of_text or of_page
    own_text = lines.squeezed(lines.together(of_text.own))
    own_page = lines.squeezed(lines.together(of_page.own))
    if not of_page.sure and not of_text.sure and len(own_page) > 2 * len(own_text) + 100:
        return of_page  # «Este e-mail está em HTML» is all some texts say
    if own_text == own_page or not of_page.sure or not own_page:
        return of_text
    if not of_text.sure:
        return of_page
    structure = any(line.cut or line.attribution or (line.depth and not line.soft) for line in of_page.folded)
    return of_page if structure else min(of_text, of_page, key=lambda split: len(lines.together(split.own)))
