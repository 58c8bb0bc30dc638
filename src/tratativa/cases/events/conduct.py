"""What is judged before or after it was said: conduct, what is held, reports."""

from dataclasses import dataclass

from tratativa.cases.events.event import Event, happening


@happening
@dataclass(frozen=True)
class ConductWarned(Event):
    """A message was sent although the rulebook's conduct warned its author; `rule` is the warning's id."""

    name = "conduct.warned"
    rule: str


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
