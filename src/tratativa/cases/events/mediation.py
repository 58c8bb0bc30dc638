"""Mediation: offered, asked for, ruled."""

from dataclasses import dataclass

from tratativa.cases.events.event import Event, happening


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
    """The mediator decided. `clause` is the contract's."""

    name = "mediation.ruled"
    benefits: str
    cancels_order: bool
    clause: str
