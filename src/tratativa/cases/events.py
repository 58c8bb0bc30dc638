"""What can happen to a case: typed, past tense, ids and numbers only. Types are superseded, never renamed."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class Event:
    """One thing that happened."""

    name: ClassVar[str]

    def data(self) -> dict[str, Any]:
        """The event's fields, as the ledger keeps them."""
        return asdict(self)


REGISTRY: dict[str, type[Event]] = {}


def happening(kind: type[Event]) -> type[Event]:
    """Enters a kind of event in the registry."""
    REGISTRY[kind.name] = kind
    return kind


@happening
@dataclass(frozen=True)
class Opened(Event):
    """The case began, addressed to a party."""

    name = "case.opened"
    to: str
    channel: str
    reason: str


@happening
@dataclass(frozen=True)
class Posted(Event):
    """A message was written to a party; the entry's audience says who can read it.

    `channel` is the way a customer's words came where one of the team took them down; `asks` where its author said
    that it is a question («Esperar resposta», T-12).
    """

    name = "message.posted"
    to: str
    action: str = ""
    channel: str = ""
    asks: bool = False


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
class Asked(Event):
    """A party was asked to answer a form; the entry's words are the question."""

    name = "request.asked"
    request: str
    ask: str
    of: str


@happening
@dataclass(frozen=True)
class Answered(Event):
    """The form was answered; the entry's words are the answers as people read them.

    `channel` is the way the answer came where one of the team filled the form in for the customer.
    """

    name = "request.answered"
    request: str
    ask: str
    channel: str = ""


@happening
@dataclass(frozen=True)
class CallLogged(Event):
    """A telephone call was recorded."""

    name = "call.logged"


@happening
@dataclass(frozen=True)
class ReturnMoved(Event):
    """The goods on their way back came to another stage."""

    name = "return.moved"
    stage: str


@happening
@dataclass(frozen=True)
class ActionDone(Event):
    """A party did one of the rulebook's actions; `fields` holds choices and ticks, never words."""

    name = "action.done"
    action: str
    fields: dict[str, Any]


@happening
@dataclass(frozen=True)
class Closed(Event):
    """The case ended. `because` is `action:<id>` or `deadline:<id>`."""

    name = "case.closed"
    because: str


@happening
@dataclass(frozen=True)
class Reopened(Event):
    """The closed case is open again."""

    name = "case.reopened"
    because: str


@happening
@dataclass(frozen=True)
class Revealed(Event):
    """The customer, who could not know of the case, was told of it."""

    name = "case.revealed"


@happening
@dataclass(frozen=True)
class Linked(Event):
    """The case continues an older one."""

    name = "case.linked"
    older: str


@happening
@dataclass(frozen=True)
class TurnPassed(Event):
    """Another party is to act now."""

    name = "case.waiting_on"
    to: str


@happening
@dataclass(frozen=True)
class MarkedCritical(Event):
    """The case became critical."""

    name = "case.critical"


@happening
@dataclass(frozen=True)
class Assigned(Event):
    """A person became responsible."""

    name = "case.assigned"
    person: str


@happening
@dataclass(frozen=True)
class DeadlineStarted(Event):
    """A clock began; `due` is RFC 3339."""

    name = "deadline.started"
    rule: str
    due: str


@happening
@dataclass(frozen=True)
class DeadlineWarned(Event):
    """A clock is running out."""

    name = "deadline.warned"
    rule: str
    due: str


@happening
@dataclass(frozen=True)
class DeadlineMet(Event):
    """What was owed was done in time."""

    name = "deadline.met"
    rule: str


@happening
@dataclass(frozen=True)
class DeadlineMissed(Event):
    """What was owed was not done by `due`, which is also when this happened."""

    name = "deadline.missed"
    rule: str
    due: str


@happening
@dataclass(frozen=True)
class Offered(Event):
    """An action became available."""

    name = "action.offered"
    action: str


@happening
@dataclass(frozen=True)
class MediationAsked(Event):
    """The marketplace was called to decide."""

    name = "mediation.opened"


@happening
@dataclass(frozen=True)
class Ruled(Event):
    """The mediator decided. `cites` are the numbers of entries both sides can read; `clause` the contract's."""

    name = "mediation.ruled"
    benefits: str
    cancels_order: bool
    clause: str


@happening
@dataclass(frozen=True)
class CommandAsked(Event):
    """The desk asked the marketplace's system to act on the order; `amount_cents` is what it is to give back."""

    name = "command.requested"
    command: str
    verb: str
    amount_cents: int = 0


@happening
@dataclass(frozen=True)
class CommandAnswered(Event):
    """The marketplace's system confirmed or refused."""

    name = "command.answered"
    command: str
    verb: str
    state: str
    amount_cents: int = 0


@happening
@dataclass(frozen=True)
class LetterFiled(Event):
    """A letter came that is nobody's word on the case; `why`: machine, stranger, colleague of one of the teams, refused
    by the rulebook, or brought by whoever opened the case because of it."""

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
