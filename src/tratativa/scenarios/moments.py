"""Moments and waits as scenarios write them: `2026-11-23 09:00`, `25 hours`."""

from datetime import datetime, timedelta, tzinfo

from tratativa.rulebook.time import durations
from tratativa.rulebook.time.calendar import Calendar
from tratativa.rulebook.time.durations import BadDuration, Span

_WHOLE_UNITS = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1), "days": timedelta(days=1)}


class BadMoment(ValueError):
    """Not a moment or a wait; the message shows how one is written."""


def parse(text: str, zone: tzinfo | None) -> datetime:
    """`YYYY-MM-DD HH:MM[:SS]`, or a day alone for its beginning, in this zone."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadMoment(f"não entendi o momento `{text}`; escreva `2026-11-23 09:00`") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def later(at: datetime, wait: str, calendar: Calendar) -> datetime:
    """The moment after this wait: days are 24 hours each, business time is counted by the calendar."""
    try:
        span = durations.parse(wait)
    except BadDuration as bad:
        raise BadMoment(str(bad)) from None
    if isinstance(span, Span) and span.unit in _WHOLE_UNITS:
        return at + span.amount * _WHOLE_UNITS[span.unit]
    return calendar.due(at, span)


def longer(wait: str, by: timedelta) -> str:
    """A wait of plain hours or minutes that much longer; empty where it is counted otherwise, or nothing is left."""
    try:
        span = durations.parse(wait)
    except BadDuration:
        return ""
    if not isinstance(span, Span) or span.unit not in _WHOLE_UNITS:
        return ""
    minutes = (span.amount * _WHOLE_UNITS[span.unit] + by) // timedelta(minutes=1)
    if minutes <= 0:
        return ""
    return str(Span(minutes // 60, "hours") if minutes % 60 == 0 else Span(minutes, "minutes"))


def same(actual: datetime, wanted: str) -> bool:
    """Whether a moment is the one written; without seconds, whether it is that minute."""
    expected = parse(wanted, actual.tzinfo)
    if wanted.count(":") < 2:
        actual = actual.replace(second=0, microsecond=0)
    return actual == expected


def show(at: datetime | None) -> str:
    """As a scenario would write it; `none` for no moment."""
    if at is None:
        return "none"
    return f"{at:%Y-%m-%d %H:%M:%S}" if at.second else f"{at:%Y-%m-%d %H:%M}"
