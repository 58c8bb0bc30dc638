"""Calendário: when the house is open, its holidays for twelve months, and when each deadline would end."""

import calendar as weeks
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tratativa.accounts import moments, zones
from tratativa.cases.core import rulebook_versions
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.time import explain
from tratativa.rulebook.time.calendar import Calendar
from tratativa.web.forms.plain_fields import Field
from tratativa.web.frame.gates import StaffRequest, administration
from tratativa.web.settings.rules import pending

MONTHS = 12
_LATEST = date(2100, 12, 31)


@require_GET
@administration
def calendar(request: StaffRequest) -> HttpResponse:
    """The calendar in force, drawn; with a moment, what each deadline would be from it."""
    book = rulebook_versions.in_force(request.actor.marketplace_id)
    language = explain.spoken(translation.get_language())
    raw = request.GET.get("from", "")[:20]
    begins, error = _begins(raw, book.clock, request.at)
    context = {
        "hours": explain.hours(book.clock, language),
        "zone": zones.name(str(book.clock.zone), translation.get_language() or "pt-br"),
        "months": list(_months(book.clock, request.at.astimezone(book.clock.zone).date())),
        "days": [capfirst(moments.weekday(number)) for number in range(7)],
        "moment": Field("from", _("A partir de"), raw or f"{begins:%Y-%m-%dT%H:%M}", error, input="datetime-local"),
        "drafts": pending.of_calendar(request.marketplace, book),
        "deadlines": [_deadline(book, index, begins, language) for index in range(len(book.deadlines))],
    }
    return render(request, "settings/calendar.html", context, status=422 if error else 200)


def _begins(raw: str, clock: Calendar, now: datetime) -> tuple[datetime, str]:
    """The moment the form says, where the marketplace works; now, where it says none, or none that can be."""
    here = now.astimezone(clock.zone).replace(second=0, microsecond=0)
    if not raw:
        return here, ""
    try:
        said = datetime.fromisoformat(raw)
    except ValueError:
        said = None
    if said is None or said.tzinfo or not date(2000, 1, 1) <= said.date() <= _LATEST:
        return here, _("Escreva um dia e uma hora, até 2100.")
    return said.replace(tzinfo=clock.zone), ""


def _deadline(book: Rulebook, index: int, begins: datetime, language: explain.Language) -> dict[str, Any]:
    rule = book.deadlines[index]
    return {
        "label": rule.label,
        "party": book.parties.get(rule.party, rule.party),
        "term": explain.term(rule.within, language),
        "due": book.clock.due(begins, rule.within),
        "why": explain.explain(book.clock, begins, rule.within, language=language),
        "exceptions": len(rule.exceptions),
    }


def _months(clock: Calendar, today: date) -> Iterator[dict[str, Any]]:
    """Twelve months from today's on: the days of each by week, and the names of its holidays."""
    for number in range(MONTHS):
        year, month = divmod(today.year * 12 + today.month - 1 + number, 12)
        days = [
            [_day(clock, day, today) if day.month == month + 1 else None for day in week]
            for week in weeks.Calendar().monthdatescalendar(year, month + 1)
        ]
        yield {
            "name": date_format(date(year, month + 1, 1), "F Y"),
            "weeks": days,
            "holidays": [day for week in days for day in week if day and day["holiday"]],
        }


def _day(clock: Calendar, day: date, today: date) -> dict[str, Any]:
    return {"day": day.day, "open": clock.is_business_day(day), "holiday": clock.holiday(day), "today": day == today}
