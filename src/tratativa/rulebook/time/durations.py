"""Durations as a rulebook writes them: `24 hours`, `1 business day`, `{first_of: [12 business hours, 24 hours]}`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Unit = Literal["minutes", "hours", "days", "business hours", "business days"]
Pick = Literal["first_of", "last_of"]

_WRITTEN = re.compile(r"^\s*([1-9][0-9]{0,5})\s+(business\s+)?(minute|hour|day)s?\s*$")
_LONGEST_IN_HOURS = 24 * 366 * 20


class BadDuration(ValueError):
    """A duration nobody can count; the message shows how one is written."""


@dataclass(frozen=True)
class Span:
    """An amount of one unit."""

    amount: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.amount} {self.unit if self.amount != 1 else self.unit.removesuffix('s')}"


@dataclass(frozen=True)
class Combined:
    """Several durations from the same start: whichever ends first, or last."""

    pick: Pick
    of: tuple["Duration", ...]


Duration = Span | Combined


def parse(value: Any) -> Duration:
    """A duration from YAML. Raises BadDuration, also for one longer than twenty years."""
    if isinstance(value, Span | Combined):
        return value
    if isinstance(value, Mapping):
        return _combined(value)
    return _span(str(value))


def to_source(duration: Duration) -> Any:
    """The duration as YAML would hold it."""
    if isinstance(duration, Combined):
        return {duration.pick: [to_source(one) for one in duration.of]}
    return str(duration)


def _combined(value: Mapping[Any, Any]) -> Combined:
    if len(value) == 1:
        pick, parts = next(iter(value.items()))
        if pick in {"first_of", "last_of"} and isinstance(parts, list) and len(parts) >= 2:
            return Combined(pick, tuple(parse(part) for part in parts))
    raise BadDuration("escreva `{first_of: [12 business hours, 24 hours]}`, com dois prazos ou mais")


def _span(text: str) -> Span:
    found = _WRITTEN.match(text)
    if not found:
        raise BadDuration(
            f"não entendi o prazo `{text}`; escreva `24 hours`, `12 business hours`, `5 days` ou `1 business day`"
        )
    amount, business, unit = int(found[1]), bool(found[2]), found[3] + "s"
    if business and unit == "minutes":
        raise BadDuration("minutos úteis não existem; use `business hours`")
    hours = amount * (24 if unit == "days" else 1) / (60 if unit == "minutes" else 1)
    if hours > _LONGEST_IN_HOURS:
        raise BadDuration(f"o prazo `{text}` passa de vinte anos")
    return Span(amount, f"business {unit}" if business else unit)  # type: ignore[arg-type]
