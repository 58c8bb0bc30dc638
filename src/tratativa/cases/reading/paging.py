"""Paging: one page of rows after another by where the last one ended, never by counting past those before it."""

import base64
import binascii
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.dateparse import parse_datetime

Row = TypeVar("Row", bound=Model)
SIZE = 50


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """The rows of a page, and the cursors of the pages after and before; an empty cursor says there is none."""

    rows: list[Row]
    after: str
    before: str


def keyset(
    rows: QuerySet[Row], order: tuple[str, ...], *, after: str = "", before: str = "", size: int = SIZE
) -> Slice[Row]:
    """One page of these rows in this order, in one query; a cursor that is not one of ours begins at the beginning.

    The first column of the order is a moment, the last the key, and those between are whole numbers.
    """
    place = _open_cursor(after or before, len(order))
    backwards = bool(before and place)
    directions = _reversed(order) if backwards else order
    wanted = rows.order_by(*directions)
    if place:
        wanted = wanted.filter(_beyond(directions, place))
    found = list(wanted[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
        return Slice(found, cursor(found[-1:], order), cursor(found[:1], order) if more else "")
    return Slice(found, cursor(found[-1:], order) if more else "", cursor(found[:1], order) if place else "")


def _reversed(order: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in order)


def _beyond(order: tuple[str, ...], cursor: list[Any]) -> Q:
    """Rows behind the cursor in this order; the first column's bound alone lets the index begin there."""
    wanted, equal = Q(), Q()
    for name, value in zip(order, cursor, strict=True):
        field, step = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        wanted |= equal & Q(**{f"{field}__{step}": value})
        equal &= Q(**{field: value})
    first, bound = order[0].lstrip("-"), "lte" if order[0].startswith("-") else "gte"
    return Q(**{f"{first}__{bound}": cursor[0]}) & wanted


def cursor(rows: list[Row], order: tuple[str, ...]) -> str:
    """Where a list in this order stands at the first of these rows; empty without one."""
    if not rows:
        return ""
    values = [getattr(rows[0], name.lstrip("-")) for name in order]
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    raw = json.dumps(plain, default=str, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _open_cursor(typed: str, size: int) -> list[Any] | None:
    if not typed or len(typed) > 400:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(typed + "=" * (-len(typed) % 4)))
        moment, key = parse_datetime(str(values[0])), uuid.UUID(str(values[-1]))
        middle = [int(value) for value in values[1:-1]]
    except (ValueError, TypeError, binascii.Error, IndexError, KeyError, OverflowError):
        return None
    if moment is None or moment.tzinfo is None or not 1970 < moment.year <= 9999 or len(middle) != size - 2:
        return None
    try:
        return [moment.astimezone(UTC), *middle, key]
    except OverflowError:
        return None
