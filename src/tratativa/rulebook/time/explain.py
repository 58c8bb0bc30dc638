"""Why a deadline falls when it does, in a sentence a seller, a customer and a judge can all follow."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Literal

from tratativa.rulebook.time.calendar import Calendar, Pause
from tratativa.rulebook.time.durations import Combined, Duration, Span
from tratativa.rulebook.time.explanation_words import WORDS, Words

Language = Literal["pt-br", "en"]
_NAMED_HOLIDAYS = 4


def spoken(code: str | None) -> Language:
    """The language an explanation is given in to whoever reads in the one of this code, `en-gb` say; None for none."""
    return "en" if (code or "").startswith("en") else "pt-br"


def explain(
    calendar: Calendar,
    start: datetime,
    within: Duration,
    pauses: Sequence[Pause] = (),
    language: Language = "pt-br",
) -> str:
    """The sentence behind `calendar.due_after_pauses(start, within, pauses)`, ending in that very moment."""
    speaker = _Speaker(calendar, start.astimezone(calendar.zone), pauses, WORDS[language])
    said = speaker.sentence(within, whole=True)
    stood_still = speaker.pauses()
    sentence = f"{said}; {stood_still}." if stood_still else f"{said}."
    return sentence[0].upper() + sentence[1:]


def hours(calendar: Calendar, language: Language = "pt-br") -> str:
    """The opening hours as people read them: `seg–sex 08:00–12:00 e 13:00–18:00, sáb 09:00–13:00`."""
    words = WORDS[language]
    parts = []
    for intervals, run in groupby(enumerate(calendar.week), key=lambda day: day[1]):
        days = [number for number, _intervals in run]
        if intervals:
            names = words.weekdays[days[0]] + (f"–{words.weekdays[days[-1]]}" if len(days) > 1 else "")
            parts.append(f"{names} {words.join([f'{_minute(b)}–{_minute(e)}' for b, e in intervals])}")
    return ", ".join(parts)


class _Speaker:
    """One explanation: the calendar, when the clock began, when it stood still, and the language's words."""

    def __init__(self, calendar: Calendar, start: datetime, pauses: Sequence[Pause], words: Words) -> None:
        self.calendar, self.start, self.words = calendar, start, words
        self.stops = [(begin.astimezone(calendar.zone), end.astimezone(calendar.zone)) for begin, end in pauses]
        self._language: Language = "en" if words is WORDS["en"] else "pt-br"

    def sentence(self, within: Duration, *, whole: bool) -> str:
        """What is counted and when it ends; with `whole`, that end carries its year."""
        due = self.calendar.due_after_pauses(self.start, within, self.stops)
        if isinstance(within, Combined):
            parts = "; ".join(self.sentence(part, whole=False) for part in within.of)
            text = f"{parts}; {self.words.picks[within.pick].format(end=self.moment(due, year=whole))}"
            return text if whole else f"({text})"
        return self._span(within, due, whole)

    def pauses(self) -> str:
        """When the clock stood still, or an empty text."""
        spans = [self.words.between.format(begin=self.moment(begin), end=self.moment(end)) for begin, end in self.stops]
        return self.words.paused.format(spans=self.words.join(spans)) if spans else ""

    def moment(self, at: datetime, *, year: bool = False) -> str:
        """`ter 24/11 09:00`, with the year where asked or where it is not the start's."""
        return f"{self.day(at.date(), year=year)} {at:%H:%M}"

    def day(self, day: date, *, year: bool = False) -> str:
        """`ter 24/11`."""
        return self.words.date(day, year or day.year != self.start.year)

    def _span(self, span: Span, due: datetime, whole: bool) -> str:
        amount = self.words.amount(span)
        if span.unit == "business hours":
            amount += f" ({hours(self.calendar, self._language)})"
        elif span.unit in {"days", "business days"}:
            amount += f" ({self.words.art_132})"
        ends = self.words.ends if span.amount > 1 else self.words.ends_one
        said = f"{amount} {ends} {self.moment(due, year=whole)}"
        return "; ".join([said, *self._because(span, due)])

    def _because(self, span: Span, due: datetime) -> Iterator[str]:
        skipped = self._holidays(span, due.date())
        if skipped:
            yield self.words.skipped.format(days=skipped)
        if span.unit == "days":
            last = self._last_day(span.amount)
            if last < due.date():
                why = self.calendar.holiday(last)
                named = f"{self.day(last)} ({why})" if why else self.day(last)
                yield self.words.rolled.format(day=named, next=self.day(due.date()))

    def _holidays(self, span: Span, end: date) -> str:
        if not span.unit.startswith("business"):
            return ""
        first = self.start.date() + timedelta(days=span.unit == "business days")
        days = [first + timedelta(days=number) for number in range((end - first).days + 1)]
        found = [
            f"{self.day(day)} ({self.calendar.holiday(day)})"
            for day in days
            if self.calendar.holiday(day) and self.calendar.week[day.weekday()]
        ]
        more = len(found) - _NAMED_HOLIDAYS
        return self.words.join(found[:_NAMED_HOLIDAYS] + ([self.words.more.format(count=more)] if more > 0 else []))

    def _last_day(self, amount: int) -> date:
        """The day the count ends on, before it rolls on to one that opens."""
        day = self.start.date()
        while amount:
            day += timedelta(days=1)
            amount -= not any(begin.date() <= day <= end.date() for begin, end in self.stops)
        return day


def _minute(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def term(within: Duration, language: Language = "pt-br") -> str:
    """A duration by itself, as a rule is told: `12 horas úteis ou 24 horas corridas, o que vier primeiro`."""
    words = WORDS[language]
    if isinstance(within, Span):
        return words.amount(within)
    parts = [term(one, language) for one in within.of]
    return f"{words.either.join(parts)}, {words.choice[within.pick]}"
