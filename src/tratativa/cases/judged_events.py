"""What is held, counted, contested, denounced and rated: typed, past tense, ids and numbers only."""

from dataclasses import dataclass

from tratativa.cases.events import Event, happening


@happening
@dataclass(frozen=True)
class ConductWarned(Event):
    """A message was sent although the rulebook's conduct warned its author; `rule` is the warning's id."""

    name = "conduct.warned"
    rule: str


@happening
@dataclass(frozen=True)
class Counted(Event):
    """One event was counted for the seller."""

    name = "seller.counted"
    metric: str


@happening
@dataclass(frozen=True)
class ConsequenceRefused(Event):
    """What should have followed from a missed deadline could not; the entry's words say why. The miss stands."""

    name = "consequence.refused"
    because: str
    effect: str


@happening
@dataclass(frozen=True)
class HoldBegan(Event):
    """A message or an action waits before it happens: `why` is `conduct`, `undo` or `approval`.

    The entry's words are the message's; the customer reads nothing of it.
    """

    name = "hold.began"
    held: str
    action: str
    why: str


@happening
@dataclass(frozen=True)
class HoldEnded(Event):
    """What was held was `released`, `refused` or `undone`; the entry's words are the reason."""

    name = "hold.ended"
    held: str
    action: str
    decision: str


@happening
@dataclass(frozen=True)
class MarkContested(Event):
    """The seller contested what was counted for it; the entry's words say why."""

    name = "mark.contested"
    mark: str
    metric: str


@happening
@dataclass(frozen=True)
class MarkDecided(Event):
    """The marketplace decided on a contest; an accepted one voids the mark."""

    name = "mark.decided"
    mark: str
    metric: str
    accepted: bool


@happening
@dataclass(frozen=True)
class MessageReported(Event):
    """The customer denounced a message of the seller's; `entry` is its number, the entry's words what they add."""

    name = "message.reported"
    report: str
    entry: int
    reason: str


@happening
@dataclass(frozen=True)
class ReportDecided(Event):
    """The marketplace decided whether the reported message was wrong; the entry's words say why."""

    name = "report.decided"
    report: str
    entry: int
    reason: str
    confirmed: bool


@happening
@dataclass(frozen=True)
class SurveySent(Event):
    """The customer was asked how the service was."""

    name = "survey.sent"


@happening
@dataclass(frozen=True)
class SurveyAnswered(Event):
    """The customer answered, from 1 to 5."""

    name = "survey.answered"
    score: int
