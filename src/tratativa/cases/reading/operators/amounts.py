"""Amounts and times left as operators take them: `>500`, `500..900`, `<4h`, `2d`."""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

_COMPARED = re.compile(r"(?P<sign><=|>=|≤|≥|<|>|=)?\s*(?P<rest>.*)")
_LOOKUPS = {"<": "lt", "<=": "lte", "≤": "lte", ">": "gt", ">=": "gte", "≥": "gte", "=": "exact", "": "exact"}
_BETWEEN = re.compile(r"(?P<least>[^.]+?(?:\.[0-9]{3})*(?:[.,][0-9]{2})?)\.\.+(?P<most>.+)")
_UNITS = (
    (timedelta(minutes=1), frozenset({"m", "min", "mins", "minuto", "minutos", "minute", "minutes"})),
    (timedelta(hours=1), frozenset({"h", "hs", "hr", "hrs", "hora", "horas", "hour", "hours"})),
    (timedelta(days=1), frozenset({"d", "dia", "dias", "day", "days"})),
    (timedelta(weeks=1), frozenset({"s", "sem", "semana", "semanas", "w", "week", "weeks"})),
)
_SPAN = re.compile(r"(?P<count>\d{1,4})\s*(?P<unit>[^\W\d_]+)(?:\s*(?P<minutes>\d{1,2})(?:min|m)?)?", re.ASCII)


@dataclass(frozen=True)
class Compared:
    """A value with the sign before it; without one, `sign` is empty."""

    sign: str
    rest: str

    def lookup(self, column: str, value: object, plain: str = "=") -> Q:
        """The comparison on a column; `plain` is what is meant where no sign stands."""
        return Q(**{f"{column}__{_LOOKUPS[self.sign or plain]}": value})


def compared(typed: str) -> Compared:
    """The sign and what stands behind it."""
    found = _COMPARED.fullmatch(typed.strip())
    return Compared(found["sign"] or "", found["rest"].strip()) if found else Compared("", typed.strip())


def between(typed: str) -> tuple[str, str] | None:
    """The two ends of `500..900`; None where it is no such thing."""
    found = _BETWEEN.fullmatch(typed.strip())
    return (found["least"].strip(), found["most"].strip()) if found else None


def span(typed: str) -> timedelta:
    """How long `4h`, `4h30`, `30 min`, `2 dias` are. Raises ValueError."""
    found = _SPAN.fullmatch(typed.strip().lower())
    if found:
        for unit, names in _UNITS:
            if found["unit"] in names and not (found["minutes"] and unit != timedelta(hours=1)):
                return int(found["count"]) * unit + timedelta(minutes=int(found["minutes"] or 0))
    raise ValueError(f"no span of time: {typed}")
