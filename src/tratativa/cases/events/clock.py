"""Clocks: deadlines started, warned of, met and missed, what a miss could not do, and tasks with an hour."""

from dataclasses import dataclass

from tratativa.cases.events.event import Event, happening


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
class ConsequenceRefused(Event):
    """What should have followed from a missed deadline could not; the entry's words say why. The miss stands."""

    name = "consequence.refused"
    because: str
    effect: str


@happening
@dataclass(frozen=True)
class FollowUpSet(Event):
    """A task was left for later; `due` is RFC 3339."""

    name = "follow_up.set"
    follow_up: str
    due: str


@happening
@dataclass(frozen=True)
class FollowUpDue(Event):
    """The task's moment came."""

    name = "follow_up.due"
    follow_up: str


@happening
@dataclass(frozen=True)
class FollowUpDone(Event):
    """The task was done."""

    name = "follow_up.done"
    follow_up: str
