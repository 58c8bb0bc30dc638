"""The words an explanation of a deadline is made of, in each language; the engine has no Django to translate it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tratativa.rulebook.time.durations import Span, Unit


@dataclass(frozen=True)
class Words:
    """One language's phrases. `units` maps a unit to its singular and plural."""

    weekdays: tuple[str, ...]
    units: Mapping[Unit, tuple[str, str]]
    day: str
    day_with_year: str
    months: tuple[str, ...]
    last_and: str
    ends: str
    ends_one: str
    picks: Mapping[str, str]
    either: str
    choice: Mapping[str, str]
    art_132: str
    skipped: str
    more: str
    rolled: str
    paused: str
    between: str

    def amount(self, span: Span) -> str:
        """`12 horas úteis`."""
        return f"{span.amount} {self.units[span.unit][span.amount != 1]}"

    def date(self, day: date, year: bool) -> str:
        """`ter 24/11` or `ter 24/11/2026`."""
        pattern = self.day_with_year if year else self.day
        return pattern.format(
            weekday=self.weekdays[day.weekday()], day=day.day, month=day.month,
            name=self.months[day.month - 1], year=day.year,
        )  # fmt: skip

    def join(self, parts: Sequence[str]) -> str:
        """`a, b e c`."""
        return self.last_and.join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


_PORTUGUESE = Words(
    weekdays=("seg", "ter", "qua", "qui", "sex", "sáb", "dom"),
    units={
        "minutes": ("minuto", "minutos"),
        "hours": ("hora corrida", "horas corridas"),
        "days": ("dia corrido", "dias corridos"),
        "business hours": ("hora útil", "horas úteis"),
        "business days": ("dia útil", "dias úteis"),
    },
    day="{weekday} {day:02d}/{month:02d}",
    day_with_year="{weekday} {day:02d}/{month:02d}/{year}",
    months=("",) * 12,
    last_and=" e ",
    ends="terminam",
    ends_one="termina",
    picks={"first_of": "vale o que vier primeiro: {end}", "last_of": "vale o que vier por último: {end}"},
    either=" ou ",
    choice={"first_of": "o que vier primeiro", "last_of": "o que vier por último"},
    art_132="o dia do começo não conta e o último conta: Código Civil, art. 132",
    skipped="não conta feriado: {days}",
    more="mais {count}",
    rolled="{day} não é dia útil, e o prazo passa para {next}",
    paused="o prazo ficou parado {spans}",
    between="de {begin} a {end}",
)
_ENGLISH = Words(
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    units={
        "minutes": ("minute", "minutes"),
        "hours": ("hour", "hours"),
        "days": ("calendar day", "calendar days"),
        "business hours": ("business hour", "business hours"),
        "business days": ("business day", "business days"),
    },
    day="{weekday} {day} {name}",
    day_with_year="{weekday} {day} {name} {year}",
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    last_and=" and ",
    ends="end on",
    ends_one="ends on",
    picks={"first_of": "whichever comes first: {end}", "last_of": "whichever comes last: {end}"},
    either=" or ",
    choice={"first_of": "whichever comes first", "last_of": "whichever comes last"},
    art_132="the first day is left out and the last counts: Brazilian Civil Code, art. 132",
    skipped="holidays do not count: {days}",
    more="{count} more",
    rolled="{day} is not a business day, so it moves on to {next}",
    paused="the clock stood still {spans}",
    between="from {begin} to {end}",
)
WORDS: Mapping[str, Words] = {"pt-br": _PORTUGUESE, "en": _ENGLISH}
