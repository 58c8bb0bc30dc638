"""Business time: opening hours and holidays of a place, and when a duration that starts now runs out.

Counted as the Civil Code's art. 132 counts it: hours run minute by minute; days leave out the first and take in
the last, which rolls on when it is a holiday or has no opening hours; business hours run only while open, and
business days end at closing time.
"""

import threading
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tratativa.rulebook.time.durations import Combined, Duration, Span
from tratativa.rulebook.time.opening_hours import BadCalendar, Week, parse_week

__all__ = ["BadCalendar", "Calendar", "Pause"]
Pause = tuple[datetime, datetime]
_LONGEST_YEARS = 100
_HOLIDAY_KEYS = {"country", "state", "extra", "without"}


@dataclass(frozen=True)
class _Table:
    """Opening intervals of whole years as Unix seconds, with the open seconds before each."""

    first_year: int
    last_year: int
    starts: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    before: list[float] = field(default_factory=list)

    @property
    def total(self) -> float:
        """All open seconds of these years."""
        return self.before[-1] + self.ends[-1] - self.starts[-1]


class Calendar:
    """Opening hours and holidays. Safe to share between threads; years are worked out when first asked for."""

    def __init__(
        self,
        zone: ZoneInfo,
        week: Week,
        country: str,
        state: str,
        extra: Mapping[date, str],
        without: frozenset[date],
    ) -> None:
        self.zone = zone
        self.week = week
        self._country, self._state = country, state
        self._extra, self._without = extra, without
        self._tables: _Table | None = None
        self._lock = threading.Lock()

    @classmethod
    def build(cls, timezone: str, hours: Mapping[str, Sequence[str]], holidays: Mapping[str, Any]) -> "Calendar":
        """From a rulebook's `timezone:` and `calendar:`.

        `hours` maps days (`mon-fri`, `sat`, `mon,wed`) to intervals (`08:00-18:00`); `holidays` takes `country`,
        `state`, `extra` (dates added, with names where it is a mapping) and `without` (dates taken out).

        Raises BadCalendar.
        """
        try:
            zone = ZoneInfo(timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise BadCalendar(f"não existe o fuso horário `{timezone}`") from None
        unknown = sorted(set(holidays) - _HOLIDAY_KEYS)
        if unknown:
            raise BadCalendar(f"`holidays` não conhece `{unknown[0]}`; use {', '.join(sorted(_HOLIDAY_KEYS))}")
        country, state = str(holidays.get("country") or ""), str(holidays.get("state") or "")
        _check_place(country, state)
        extra, without = _named(holidays, "extra"), frozenset(_named(holidays, "without"))
        return cls(zone, parse_week(hours), country, state, extra, without)

    def holiday(self, day: date) -> str:
        """The holiday's name, or an empty text on any other day."""
        if day in self._without:
            return ""
        public = _public(self._country, self._state, day.year).get(day, "")
        if day not in self._extra:
            return public
        return self._extra[day] or public or "feriado"

    def is_business_day(self, day: date) -> bool:
        """Whether the place opens at all on this day."""
        return bool(self.week[day.weekday()]) and not self.holiday(day)

    def due(self, start: datetime, within: Duration) -> datetime:
        """The moment (aware, in the calendar's zone) until which `within` from `start` is in time.

        Raises BadCalendar when the place opens so rarely that a century would not do.
        """
        return self.due_after_pauses(start, within, ())

    def due_after_pauses(self, start: datetime, within: Duration, pauses: Sequence[Pause]) -> datetime:
        """As `due`, when the clock stood still during `pauses` (ordered, not overlapping, ended).

        Hours resume where they stopped; of days, one on which the clock stood still, even in part, is not counted.
        """
        if isinstance(within, Combined):
            ends = [self.due_after_pauses(start, one, pauses) for one in within.of]
            return min(ends) if within.pick == "first_of" else max(ends)
        if within.unit in {"days", "business days"}:
            return self._after_days(start, within, pauses)
        return datetime.fromtimestamp(self._after_seconds(start, within, pauses), self.zone)

    def business_seconds(self, start: datetime, end: datetime) -> float:
        """How many seconds the place was open between two moments."""
        return max(0.0, self._open_between(start.timestamp(), end.timestamp()))

    def _after_seconds(self, start: datetime, span: Span, pauses: Sequence[Pause]) -> float:
        begin = start.timestamp()
        seconds = float(span.amount * (60 if span.unit == "minutes" else 3600))
        business = span.unit == "business hours"
        due = self._open_after(begin, seconds) if business else begin + seconds
        for pause in pauses:
            since, until = max(pause[0].timestamp(), begin), pause[1].timestamp()
            if since >= due or until <= since:
                continue
            if business:
                seconds += self._open_between(since, until)
                due = self._open_after(begin, seconds)
            else:
                due += until - since
        return due

    def _after_days(self, start: datetime, span: Span, pauses: Sequence[Pause]) -> datetime:
        still = set(self._days_of(pauses))
        day, left = start.astimezone(self.zone).date(), span.amount
        business = span.unit == "business days"
        while left:
            day += timedelta(days=1)
            if day not in still and (not business or self.is_business_day(day)):
                left -= 1
        while not self.is_business_day(day) or day in still:
            day += timedelta(days=1)
        if not business:
            return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=self.zone)
        return self._moment(day, self.week[day.weekday()][-1][1])

    def _days_of(self, pauses: Iterable[Pause]) -> Iterable[date]:
        for begin, end in pauses:
            day, last = begin.astimezone(self.zone).date(), end.astimezone(self.zone).date()
            while day <= last:
                yield day
                day += timedelta(days=1)

    def _moment(self, day: date, minute: int) -> datetime:
        if minute == 24 * 60:
            day, minute = day + timedelta(days=1), 0
        return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=self.zone)

    def _open_after(self, begin: float, seconds: float) -> float:
        """The first moment by which the place has been open for `seconds` since `begin`."""
        year = self._year(begin)
        table = self._covering(year, year + 1)
        while table.total < _open_before(table, begin) + seconds:
            if table.last_year - year > _LONGEST_YEARS:
                raise BadCalendar(
                    f"neste horário o prazo passaria de {_LONGEST_YEARS} anos; dê mais horas ao calendário"
                )
            table = self._covering(year, 2 * table.last_year - year + 1)
        wanted = _open_before(table, begin) + seconds
        at = bisect_left(table.before, wanted) - 1
        return table.starts[at] + wanted - table.before[at]

    def _open_between(self, since: float, until: float) -> float:
        # Both moments on one table: a table that grew backwards counts from an earlier beginning.
        table = self._covering(self._year(since), self._year(until))
        return _open_before(table, until) - _open_before(table, since)

    def _year(self, moment: float) -> int:
        return datetime.fromtimestamp(moment, self.zone).year

    def _covering(self, first: int, last: int) -> _Table:
        table = self._tables
        if table and table.first_year <= first and last <= table.last_year:
            return table
        with self._lock:
            table = self._tables
            begin = min(first, table.first_year) if table else first
            end = max(last, table.last_year) if table else last
            self._tables = self._build(begin - 1, end + 1)
            return self._tables

    def _build(self, first: int, last: int) -> _Table:
        table = _Table(first, last)
        day, end, total = date(first, 1, 1), date(last, 12, 31), 0.0
        while day <= end:
            for opens, closes in self.week[day.weekday()] if self.is_business_day(day) else ():
                since, until = self._moment(day, opens).timestamp(), self._moment(day, closes).timestamp()
                table.starts.append(since)
                table.ends.append(until)
                table.before.append(total)
                total += until - since
            day += timedelta(days=1)
        return table


def _open_before(table: _Table, moment: float) -> float:
    """Open seconds between the table's beginning and this moment."""
    at = bisect_right(table.starts, moment) - 1
    if at < 0:
        return 0.0
    return table.before[at] + min(moment, table.ends[at]) - table.starts[at]


def listed(said: Any) -> dict[str, str]:
    """The days of a list, or of a mapping from day to name, as they are written, each with its name or none.

    Raises TypeError for what is neither.
    """
    named = said.items() if isinstance(said, Mapping) else ((day, "") for day in said or ())
    return {str(day): str(name or "") for day, name in named}


def _named(holidays: Mapping[str, Any], key: str) -> Mapping[date, str]:
    try:
        return {date.fromisoformat(day): name for day, name in listed(holidays.get(key)).items()}
    except (ValueError, TypeError):
        raise BadCalendar(
            f'`holidays.{key}` é uma lista de datas, como ["2026-12-24"], ou de datas com nomes'
        ) from None


def _check_place(country: str, state: str) -> None:
    try:
        _public(country, state, 2026)
    except (NotImplementedError, AttributeError, ValueError):
        raise BadCalendar(f"não conheço os feriados de `{country} {state}`".rstrip()) from None


@lru_cache(maxsize=512)
def _public(country: str, state: str, year: int) -> Mapping[date, str]:
    """Public holidays of a year; the library takes half a second to load, so it is asked once a year and place."""
    if not country:
        return {}
    import holidays

    # Left out, the names would come in the language of whatever machine this runs on.
    language = "pt_BR" if country == "BR" else None
    return dict(holidays.country_holidays(country, subdiv=state or None, years=year, language=language).items())
