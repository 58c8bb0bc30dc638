"""The lines of a timeline as pages draw them: who, to whom, read by whom, with which files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases import events
from tratativa.cases.core import protocols, rulebook_versions, visibility
from tratativa.cases.files import kinds
from tratativa.cases.models import Attachment, Case
from tratativa.cases.reading import timeline
from tratativa.cases.reading.lines import Line
from tratativa.cases.sentences import registry, speakers
from tratativa.cases.sentences.reader import Reading
from tratativa.orders import commands
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party
from tratativa.web.timeline import arrivals, letters
from tratativa.web.timeline.arrivals import Came
from tratativa.web.timeline.letters import Sent

_FILES = {Party.CUSTOMER: ("my_file", "my_picture"), Party.PARTNER: ("partner_file", "partner_picture")}


@dataclass(frozen=True)
class File:
    """A sent file and where its reader fetches it; opening a `paper` is logged, so a page never does it by itself.

    Its `picture`, if it has one, is the first of its `pages` where it is a PDF.
    """

    name: str
    size: int
    url: str
    paper: bool
    picture: bool
    picture_url: str
    pages: bool = False

    @property
    def shows(self) -> str:
        """What its picture shows, for who does not see it."""
        said = _("Primeira página de %(name)s") if self.pages else _("Imagem %(name)s")
        return said % {"name": self.name}


@dataclass(frozen=True)
class Drawn:
    """A line ready to be drawn. `readers` says in words who reads a message; `hidden` that the customer does not.

    `report_url` is where a customer denounces it, empty for what cannot be; `reported` that they did.
    `heading` says what a customer's bubble is, where the words alone would not; `sealed` are bank data.
    `url` opens the child case it tells of.
    """

    number: int
    event: str
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
    came: Came | None
    report_url: str
    reported: bool
    heading: str
    sealed: bool
    url: str


def draw(case: Case, actor: Actor) -> list[Drawn]:
    """The case's lines for this reader, oldest first."""
    book, told = rulebook_versions.of(case), timeline.read(case, actor)
    sent = letters.of_case(case, actor) if actor.party in {Party.SELLER, Party.MARKETPLACE} else {}
    came = arrivals.of_case(case, actor) if actor.party is Party.MARKETPLACE else {}
    reported = {line.data["entry"] for line in told if line.event == "message.reported"}
    drawn = [_draw(line, case, book, actor, tuple(sent.get(line.number, ())), line.number in reported) for line in told]
    opens = _children(told, actor)
    return [replace(line, came=came.get(line.number), url=opens.get(line.number, "")) for line in drawn]


def _children(told: Sequence[Line], actor: Actor) -> Mapping[int, str]:
    """Where the child cases these lines tell of open, by the line's number (K19-02); a query where there are any."""
    asked = {line.number: line.data["child"] for line in told if "child" in line.data}
    if not asked:
        return {}
    known = visibility.visible_cases(actor).filter(pk__in=set(asked.values())).values_list("pk", "protocol")
    urls = {str(pk): reverse("case", args=[protocols.show(protocol)]) for pk, protocol in known}
    return {number: urls.get(child, "") for number, child in asked.items()}


def _words(line: Line, book: Rulebook, *, by_desk: bool) -> str:
    """An entry's words; what the rulebook said, and why the desk refused a command, in the reader's language."""
    said = line.words or ""
    if line.event == events.CommandAnswered.name:
        return commands.told(said)
    return book.say(said) if by_desk or line.event == events.Asked.name else said


def _draw(line: Line, case: Case, book: Rulebook, actor: Actor, sent: tuple[Sent, ...], reported: bool) -> Drawn:
    telling = registry.of(line.event)
    title = telling.sentence(Reading(line, case, book, actor.party))
    is_message = telling.place == "message" and line.words is not None and not _said_elsewhere(line, actor)
    customer_reads = Party.CUSTOMER in line.readers
    speaks = speakers.party(line.event, line.party, line.data, book)
    who = line.who if speaks is line.party else case.marketplace.name
    words = _words(line, book, by_desk=telling.by_desk)
    who = _("E-mail") if line.event == "letter.filed" else who
    return Drawn(
        number=line.number,
        event=line.event,
        party=str(speaks),
        to=str(line.data.get("to", "")),
        who=who,
        at=line.at,
        title=title,
        summary=f"{who} · {title}" if is_message else title,
        words=words,
        rich=line.rich if words == line.words else "",
        is_message=is_message,
        told=line.event == "message.told",
        quiet=telling.place == "quiet",
        mine=line.mine and speaks is line.party and not telling.by_desk,
        icon=telling.icon,
        tone=telling.tone,
        readers=_readers(line, actor.party) if is_message else "",
        customer_reads=customer_reads,
        hidden=not customer_reads,
        files=tuple(file(one, actor) for one in line.files),
        letters=sent,
        came=None,
        report_url="" if reported else _report_url(line, case, actor),
        reported=reported,
        heading=title if telling.headed else "",
        sealed=bool(line.data.get("sealed")),
        url="",
    )


def _said_elsewhere(line: Line, actor: Actor) -> bool:
    """What stands in its sentence already: why the desk did not do what was held, which nobody said; and a customer's
    own words to the mediator, which among what was said to the seller would read as said to it."""
    if line.event == "hold.ended" and line.by_clock:
        return True
    return line.event == "message.reported" and actor.party is Party.CUSTOMER


def _report_url(line: Line, case: Case, actor: Actor) -> str:
    received = line.event == "message.posted" and line.party is Party.SELLER
    if actor.party is not Party.CUSTOMER or not received:
        return ""
    return reverse("my_report", args=[protocols.show(case.protocol), line.number])


def file(attachment: Attachment, actor: Actor) -> File:
    """A file as this reader reaches it."""
    place, picture = _FILES.get(actor.party, ("file", "picture"))
    paper = attachment.sensitive and actor.party is not Party.CUSTOMER
    drawn = bool(attachment.picture) and not paper
    return File(
        name=attachment.name,
        size=attachment.size,
        url=reverse(place, args=[attachment.pk]),
        paper=paper,
        picture=drawn,
        picture_url=reverse(picture, args=[attachment.pk]) if drawn else "",
        pages=drawn and kinds.of(attachment.name) == kinds.PAGES,
    )


def _readers(line: Line, reader: Party) -> str:
    if reader in {Party.CUSTOMER, Party.PARTNER}:
        return ""  # a customer knows; a partner need not be told of any customer
    if Party.CUSTOMER in line.readers:
        return _("o cliente lê")
    alone = all(party is reader for party in line.readers)
    return _("só a sua equipe lê") if alone else _("o cliente não lê")
