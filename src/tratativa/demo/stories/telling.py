"""The words stories are told in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Step:
    """Something somebody did, `ago` hours before now. `who` is a party, or the queue whose child case it is about.

    `verb` is `reply`, `answer`, an action's label, or one of a procedure's: `start`, `choose`, `call`, `verify`;
    `task` leaves one due `due` hours from now, `look_up` asks the Receita, `paper` answers
    with an identity paper and `open_paper` opens it.
    """

    ago: float
    who: str
    verb: str
    text: str = ""
    to: str = ""
    reads: bool = False
    waits: bool = False
    fields: Mapping[str, Any] = field(default_factory=dict)
    due: float = 0


@dataclass(frozen=True)
class Story:
    """A case about the order of this index: how it was opened and what followed."""

    order: int
    ago: float
    who: str
    reason: str
    text: str
    to: str = ""
    channel: str = "page"
    kind: str = ""
    steps: tuple[Step, ...] = ()


def said(ago: float, who: str, text: str, to: str = "", *, reads: bool = True, waits: bool = True) -> Step:
    """A reply."""
    return Step(ago, who, "reply", text, to, reads and to == "customer", waits)


def did(ago: float, who: str, action: str, **fields: Any) -> Step:
    """An action; its fields by id, `_` for `-`."""
    return Step(ago, who, action, fields={name.replace("_", "-"): value for name, value in fields.items()})


def answered(ago: float, **fields: Any) -> Step:
    """The customer's answer to the form that waits."""
    return Step(ago, "customer", "answer", fields={name.replace("_", "-"): value for name, value in fields.items()})


def started(ago: float, playbook: str) -> Step:
    """An agent begins a procedure."""
    return Step(ago, "marketplace", "start", playbook)


def chose(ago: float, answer: str) -> Step:
    """An agent's answer to the step."""
    return Step(ago, "marketplace", "choose", answer)


def called(ago: float) -> Step:
    """A call nobody answered."""
    return Step(ago, "marketplace", "call")


def verified(ago: float, **checks: bool) -> Step:
    """An agent's checks of who is speaking; `_` for `-`."""
    return Step(ago, "marketplace", "verify", fields={name.replace("_", "-"): ok for name, ok in checks.items()})


def tasked(ago: float, text: str, *, due: float) -> Step:
    """A task an agent leaves, due so many hours from now; overdue where that is negative."""
    return Step(ago, "marketplace", "task", text, due=due)


def looked_up(ago: float) -> Step:
    """An agent asks the Receita."""
    return Step(ago, "marketplace", "look_up")


def sent_paper(ago: float) -> Step:
    """The customer answers the form that waits with a picture of a paper."""
    return Step(ago, "customer", "paper")


def opened_paper(ago: float) -> Step:
    """An agent opens the paper."""
    return Step(ago, "marketplace", "open_paper")
