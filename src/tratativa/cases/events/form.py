"""Forms one party asks another to answer."""

from dataclasses import dataclass

from tratativa.cases.events.event import Event, happening


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
class RequestWithdrawn(Event):
    """A form no longer waits for its answer: the procedure went on without it."""

    name = "request.withdrawn"
    request: str
    ask: str


@happening
@dataclass(frozen=True)
class RequestResent(Event):
    """The customer was sent the question again."""

    name = "request.resent"
    request: str
    ask: str


@happening
@dataclass(frozen=True)
class RequestReminded(Event):
    """The customer was reminded that an answer is waited for."""

    name = "request.reminded"
    request: str
    ask: str


@happening
@dataclass(frozen=True)
class RequestReopened(Event):
    """The team took back the answer it had given for the customer: the form waits again."""

    name = "request.reopened"
    request: str
    ask: str
