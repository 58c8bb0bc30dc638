"""The lines of a timeline as pages draw them: who, to whom, read by whom, with which files."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases import books, timeline
from tratativa.cases.models import Attachment, Case
from tratativa.cases.timeline import Line
from tratativa.rulebook.language import Rulebook
from tratativa.rulebook.parties import Party
from tratativa.web import events, letters
from tratativa.web.letters import Sent

MESSAGES = {
    "message.posted", "message.told", "note.written", "mediation.ruled", "survey.answered",
    "request.asked", "request.answered", "call.logged", "mark.contested", "mark.decided", "hold.began", "hold.ended",
    "command.answered",
}  # fmt: skip
# What a conversation is better without; the list of movements tells it all.
QUIET = {"case.waiting_on", "deadline.started", "deadline.met", "seller.counted", "action.done", "case.assigned"}
_ICONS = {
    "case.opened": "message-square-plus",
    "case.closed": "circle-check",
    "case.reopened": "rotate-ccw",
    "case.linked": "link",
    "case.critical": "flame",
    "deadline.warned": "clock-alert",
    "deadline.missed": "clock-alert",
    "action.offered": "hand",
    "mediation.opened": "scale",
    "command.requested": "package-x",
    "command.answered": "package-check",
    "return.moved": "undo-2",
    "survey.sent": "star",
    "hold.began": "hand",
    "hold.ended": "hand",
}
_TONES = {
    "deadline.missed": "urgent",
    "case.critical": "urgent",
    "mediation.opened": "strong",
    "case.closed": "strong",
    "case.reopened": "strong",
    "command.answered": "strong",
}


@dataclass(frozen=True)
class File:
    """A sent file and where its reader fetches it."""

    name: str
    size: int
    url: str
    picture: bool
    picture_url: str


@dataclass(frozen=True)
class Drawn:
    """A line ready to be drawn. `readers` says in words who reads a message; `hidden` that the customer does not."""

    number: int
    party: str
    to: str
    who: str
    at: datetime
    title: str
    summary: str
    words: str
    rich: str
    is_message: bool
    told: bool
    quiet: bool
    mine: bool
    icon: str
    tone: str
    readers: str
    customer_reads: bool
    hidden: bool
    files: tuple[File, ...]
    letters: tuple[Sent, ...]


def draw(case: Case, actor: Actor) -> list[Drawn]:
    """The case's lines for this reader, oldest first."""
    book = books.of(case)
    sent = letters.of_case(case, actor) if actor.party is not Party.CUSTOMER else {}
    return [_draw(line, case, book, actor, tuple(sent.get(line.number, ()))) for line in timeline.read(case, actor)]


def _draw(line: Line, case: Case, book: Rulebook, actor: Actor, sent: tuple[Sent, ...]) -> Drawn:
    title = events.sentence(line, case, book, actor.party)
    is_message = line.event in MESSAGES and line.words is not None
    customer_reads = Party.CUSTOMER in line.readers
    who = case.marketplace.name if line.event == "message.told" else line.who
    return Drawn(
        number=line.number,
        party=str(Party.MARKETPLACE if line.event == "message.told" else line.party),
        to=str(line.data.get("to", "")),
        who=who,
        at=line.at,
        title=title,
        summary=f"{who} · {title}" if is_message else title,
        words=line.words or "",
        rich=line.rich,
        is_message=is_message,
        told=line.event == "message.told",
        quiet=line.event in QUIET,
        mine=line.mine and line.event != "message.told",
        icon=_ICONS.get(line.event, "dot"),
        tone=_TONES.get(line.event, ""),
        readers=_readers(line, actor.party) if is_message else "",
        customer_reads=customer_reads,
        hidden=not customer_reads,
        files=tuple(file(one, actor) for one in line.files),
        letters=sent,
    )


def file(attachment: Attachment, actor: Actor) -> File:
    """A file as this reader reaches it."""
    place = "my_file" if actor.party is Party.CUSTOMER else "file"
    picture = "my_picture" if actor.party is Party.CUSTOMER else "picture"
    return File(
        name=attachment.name,
        size=attachment.size,
        url=reverse(place, args=[attachment.pk]),
        picture=bool(attachment.picture),
        picture_url=reverse(picture, args=[attachment.pk]) if attachment.picture else "",
    )


def _readers(line: Line, reader: Party) -> str:
    if reader is Party.CUSTOMER:
        return ""
    if Party.CUSTOMER in line.readers:
        return _("o cliente lê")
    alone = all(party is reader for party in line.readers)
    return _("só a sua equipe lê") if alone else _("o cliente não lê")
