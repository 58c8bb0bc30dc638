"""What is asked of the systems elsewhere about an order or a registration, and what they answer."""

from dataclasses import dataclass

from tratativa.cases.events.event import Event, happening


@happening
@dataclass(frozen=True)
class CommandAsked(Event):
    """The desk asked the marketplace's system to act on the order; `amount_cents` is what it is to give back.

    `own` says that no system is connected: it is written down here, and somebody does it elsewhere.
    """

    name = "command.requested"
    command: str
    verb: str
    amount_cents: int = 0
    own: bool = False


@happening
@dataclass(frozen=True)
class CommandAnswered(Event):
    """The marketplace's system confirmed or refused; or, `own`, the desk wrote it down, and no system answered."""

    name = "command.answered"
    command: str
    verb: str
    state: str
    amount_cents: int = 0
    own: bool = False


@happening
@dataclass(frozen=True)
class ReturnMoved(Event):
    """The goods on their way back came to another stage."""

    name = "return.moved"
    stage: str


@happening
@dataclass(frozen=True)
class SignupPushed(Event):
    """Somebody of the team pushed a step of the customer's sign-up; `step` is its id."""

    name = "signup.pushed"
    step: str


@happening
@dataclass(frozen=True)
class RegistryAsked(Event):
    """The Receita was asked about the customer's CNPJ."""

    name = "registry.asked"
    lookup: str


@happening
@dataclass(frozen=True)
class RegistryAnswered(Event):
    """What came of asking the Receita: `answered`, `unknown` or `failed`."""

    name = "registry.answered"
    lookup: str
    state: str
