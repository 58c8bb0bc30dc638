"""What is said and shown: messages, texts told, notes, letters, calls, files."""

from dataclasses import dataclass

from tratativa.cases.events.event import Event, happening


@happening
@dataclass(frozen=True)
class Posted(Event):
    """A message was written to a party; the entry's audience says who can read it.

    `channel` is the way a customer's words came where one of the team took them down; `asks` where its author said
    that it is a question («Esperar resposta», T-12). `pressed_at` is when its author pressed «send», where it waited to
    be said so that they could take it back.
    """

    name = "message.posted"
    to: str
    action: str = ""
    channel: str = ""
    asks: bool = False
    pressed_at: str = ""


@happening
@dataclass(frozen=True)
class NotSent(Event):
    """A message that waited to be said could not be said any more, and went back to `person`'s draft; the entry's
    words say why."""

    name = "message.not_sent"
    person: str


@happening
@dataclass(frozen=True)
class Told(Event):
    """The desk told a party one of the rulebook's texts."""

    name = "message.told"
    to: str
    template: str


@happening
@dataclass(frozen=True)
class Noted(Event):
    """A party wrote a note for itself."""

    name = "note.written"


@happening
@dataclass(frozen=True)
class CallLogged(Event):
    """A telephone call was recorded."""

    name = "call.logged"


@happening
@dataclass(frozen=True)
class LetterFiled(Event):
    """A letter came that is nobody's word on the case; `why`: machine, stranger, unproven (the customer's address
    and nothing that proves it), delicate (proven once, where twice is needed), loop (one of too many at a time),
    colleague of one of the teams, refused by the rulebook, or brought by whoever opened the case because of it."""

    name = "letter.filed"
    arrival: str
    why: str


@happening
@dataclass(frozen=True)
class LetterAdopted(Event):
    """Somebody of the team said that a letter from another address is the customer's; it counts as of its arrival."""

    name = "letter.adopted"
    arrival: str


@happening
@dataclass(frozen=True)
class FilesLeftOut(Event):
    """So many files of a customer's letter could not be kept: too large, too many, or of a kind the rules refuse."""

    name = "files.left_out"
    arrival: str
    count: int


@happening
@dataclass(frozen=True)
class DocumentOpened(Event):
    """Somebody opened an identity paper."""

    name = "document.opened"
    attachment: str


@happening
@dataclass(frozen=True)
class AnswerKept(Event):
    """A queue's answer is not passed on to the customer in writing; the entry's words say why."""

    name = "answer.kept"
