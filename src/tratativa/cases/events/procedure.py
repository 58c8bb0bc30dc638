"""Guided procedures: a run begun, its steps answered, heard, refused, taken back, its end."""

from dataclasses import dataclass

from tratativa.cases.events.event import Event, happening


@happening
@dataclass(frozen=True)
class RunStarted(Event):
    """A guided procedure began."""

    name = "run.started"
    run: str
    playbook: str


@happening
@dataclass(frozen=True)
class StepAnswered(Event):
    """A step of the procedure was answered: by an agent, a form, a queue, or time."""

    name = "run.step"
    run: str
    playbook: str
    step: str
    outcome: str


@happening
@dataclass(frozen=True)
class CallTried(Event):
    """The customer was called: the attempt's number, and whether somebody answered."""

    name = "call.tried"
    run: str
    number: int
    reached: bool


@happening
@dataclass(frozen=True)
class Verified(Event):
    """Data were checked with the customer: the ids of the checks that passed and of those that failed."""

    name = "identity.verified"
    run: str
    passed: list[str]
    failed: list[str]


@happening
@dataclass(frozen=True)
class RunFinished(Event):
    """The guided procedure came to its end."""

    name = "run.finished"
    run: str
    playbook: str


@happening
@dataclass(frozen=True)
class RunHeard(Event):
    """Who was asked said something, in entry `number`, other than the answer asked for: the timer is over.

    The procedure waits at its step for the agent, who has read it.
    """

    name = "run.heard"
    run: str
    playbook: str
    step: str
    number: int


@happening
@dataclass(frozen=True)
class RunRefused(Event):
    """What the procedure waited for came, but what should follow could not: it stays where it is, for the agent.

    The entry's words say why.
    """

    name = "run.refused"
    run: str
    playbook: str
    step: str


@happening
@dataclass(frozen=True)
class RunSteppedBack(Event):
    """The procedure's last answer was taken back: it stands at this step again; the entry's words say why."""

    name = "run.stepped_back"
    run: str
    playbook: str
    step: str


@happening
@dataclass(frozen=True)
class RunAbandoned(Event):
    """The procedure ended before its end; the entry's words say why."""

    name = "run.abandoned"
    run: str
    playbook: str
