"""What counts for a seller, and what the customer says of the service."""

from dataclasses import dataclass

from tratativa.cases.events.event import Event, happening


@happening
@dataclass(frozen=True)
class Counted(Event):
    """One event was counted for the seller."""

    name = "seller.counted"
    metric: str


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
class SurveySent(Event):
    """The customer was asked how the service was."""

    name = "survey.sent"


@happening
@dataclass(frozen=True)
class SurveyAnswered(Event):
    """The customer answered, from 1 to 5."""

    name = "survey.answered"
    score: int
