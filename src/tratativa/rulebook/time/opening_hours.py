"""Opening hours as a rulebook writes them: `{mon-fri: ["08:00-12:00", "13:00-18:00"], sat: ["09:00-13:00"]}`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_INTERVAL = re.compile(r"^([01][0-9]|2[0-4]):([0-5][0-9])\s*[-–]\s*([01][0-9]|2[0-4]):([0-5][0-9])$")

Week = tuple[tuple[tuple[int, int], ...], ...]


class BadCalendar(ValueError):
    """Opening hours or holidays nobody could keep; the message says how to write them."""


def parse_week(hours: Mapping[str, Sequence[str]]) -> Week:
    """Seven days from Monday, each its intervals as minutes of the day, in order. Raises BadCalendar."""
    week: list[list[tuple[int, int]]] = [[] for _ in DAYS]
    for names, intervals in hours.items():
        for day in _days(str(names)):
            week[day].extend(_interval(str(one)) for one in intervals)
    for day, found in enumerate(week):
        found.sort()
        if any(before[1] > after[0] for before, after in pairwise(found)):
            raise BadCalendar(f"os horários de {DAYS[day]} se sobrepõem")
    if not any(week):
        raise BadCalendar("o calendário não abre em dia nenhum; dê ao menos um horário")
    return tuple(tuple(found) for found in week)


def _days(names: str) -> Iterator[int]:
    for part in names.split(","):
        first, _, last = part.strip().partition("-")
        if first not in DAYS or (last and last not in DAYS):
            raise BadCalendar(f"não conheço o dia `{part.strip()}`; use {', '.join(DAYS)} ou `mon-fri`")
        begin, end = DAYS.index(first), DAYS.index(last or first)
        if end < begin:
            raise BadCalendar(f"`{part.strip()}` anda para trás; escreva dois trechos")
        yield from range(begin, end + 1)


def _interval(text: str) -> tuple[int, int]:
    found = _INTERVAL.match(text.strip())
    if found:
        begin, end = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
        if begin < end <= 24 * 60:
            return begin, end
    raise BadCalendar(f'não entendi o horário `{text}`; escreva "08:00-18:00"')
