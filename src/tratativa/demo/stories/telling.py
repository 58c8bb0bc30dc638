"""The words stories are told in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Step:
    """Something somebody did, `ago` hours before now. `verb` is `reply`, `answer`, or an action's label."""

    ago: float
    who: str
    verb: str
    text: str = ""
    to: str = ""
    reads: bool = False
    waits: bool = False
    fields: Mapping[str, Any] = field(default_factory=dict)


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
