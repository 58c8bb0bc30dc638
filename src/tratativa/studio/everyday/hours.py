"""Horário: when the doors are open, a line a day."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from tratativa.accounts import text
from tratativa.accounts.people.refusals import Refused
from tratativa.rulebook.language.sections import CalendarRules
from tratativa.rulebook.time import opening_hours
from tratativa.rulebook.time.opening_hours import DAYS, BadCalendar, Week
from tratativa.studio.everyday.inputs import Edit, Given, Input, Item

FILE = "rulebook.yaml"
KEY = "hours"


def items(data: Any) -> list[Item]:
    """The week, one thing."""
    return [Item(KEY, _("Horário de atendimento"))]


def inputs(data: Any, key: str) -> list[Input]:
    """A field a day; empty is closed."""
    names = (_("Segunda"), _("Terça"), _("Quarta"), _("Quinta"), _("Sexta"), _("Sábado"), _("Domingo"))
    week, told = _week(data), _("Como 08:00-12:00, 13:00-18:00; vazio é fechado.")
    return [
        Input(day, name, _shown(week[number]), required=False, help=told if number == 0 else "")
        for number, (day, name) in enumerate(zip(DAYS, names, strict=True))
    ]


def edits(data: Any, key: str, given: Given) -> Iterator[Edit]:
    """The week, where it is another one. Raises Refused."""
    typed = {day: [one for raw in given.get(day, "").split(",") if (one := text.line(raw))] for day in DAYS}
    for day, intervals in typed.items():
        try:
            opening_hours.parse_week({day: intervals or ["00:00-24:00"]})
        except BadCalendar:
            said = _("Escreva horários como 08:00-12:00, 13:00-18:00, sem que um entre no outro.")
            raise Refused(said, day) from None
    try:
        week = opening_hours.parse_week(typed)
    except BadCalendar:
        raise Refused(_("Deixe ao menos um horário: assim não se abre em dia nenhum."), DAYS[0]) from None
    if week != _week(data):
        hours = dict(_written(week))
        yield (
            Edit("put", ("calendar", "hours"), hours)
            if data.get("calendar")
            else Edit("put", ("calendar",), {"hours": hours})
        )


def _week(data: Any) -> Week:
    return opening_hours.parse_week((data.get("calendar") or {}).get("hours") or CalendarRules().hours)


def _written(week: Week) -> Iterator[tuple[str, list[str]]]:
    """Days that follow each other and are open alike stand together."""
    numbered = list(enumerate(week))
    for intervals, run in groupby(numbered, key=lambda one: one[1]):
        days = [number for number, _one in run]
        name = DAYS[days[0]] if len(days) == 1 else f"{DAYS[days[0]]}-{DAYS[days[-1]]}"
        if intervals:
            yield name, _shown(intervals).split(", ")


def _shown(intervals: Sequence[tuple[int, int]]) -> str:
    clock = [tuple(f"{at // 60:02}:{at % 60:02}" for at in one) for one in intervals]
    return ", ".join(f"{begin}-{end}" for begin, end in clock)
