"""Moments in words: when something happened, and how long until something is due."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tratativa.accounts import zones
from tratativa.rulebook.time import explain
from tratativa.rulebook.time.explanation_words import WORDS

SOON = timedelta(hours=3)
MINUTE, HOUR, DAY = 60, 3600, 86400


def short(at: datetime, now: datetime) -> str:
    """«hoje 14:32», «ontem 09:10», «amanhã 09:00», «23/11 14:32», «23/11/2025»; «23 Nov 14:32» in English."""
    local, today = timezone.localtime(at), timezone.localdate(now)
    hour = f"{local:%H:%M}"
    away = (local.date() - today).days
    if away == 0:
        return _("hoje %(hour)s") % {"hour": hour}
    if away == -1:
        return _("ontem %(hour)s") % {"hour": hour}
    if away == 1:
        return _("amanhã %(hour)s") % {"hour": hour}
    if abs(away) < 180:
        return f"{date_format(local, 'MONTH_DAY_FORMAT')} {hour}"
    return day(local)


def day(of: date | datetime) -> str:
    """«24/11/2026», «24 Nov 2026»: a day as the reader's language writes it (`locale/*/formats.py`), where we are."""
    return date_format(timezone.localtime(of) if isinstance(of, datetime) else of, "SHORT_DATE_FORMAT")


def spans(days: Sequence[tuple[date, date]]) -> str:
    """«em 24/11/2026», «de 24/11/2026 a 27/11/2026 e em 30/11/2026»: days by their first and last."""
    said = [
        _("em %(day)s") % {"day": day(first)} if first == last
        else _("de %(first)s a %(last)s") % {"first": day(first), "last": day(last)}
        for first, last in days
    ]  # fmt: skip
    if len(said) < 2:
        return "".join(said)
    return _("%(some)s e %(last)s") % {"some": ", ".join(said[:-1]), "last": said[-1]}


def minute(at: datetime, zone: tzinfo | None = None) -> str:
    """«24/11/2026 09:00»: a day and its hour, in this zone or where we are."""
    return date_format(timezone.localtime(at, zone), "SHORT_DATETIME_FORMAT")


def long(at: datetime) -> str:
    """«ter 24/11/2026 09:00»: nothing left to guess."""
    return f"{weekday(timezone.localtime(at).weekday())} {minute(at)}"


def weekday(number: int) -> str:
    """«sáb», «Sat»: a day of the week in short, Monday being 0; Django's own has no accent."""
    return WORDS[explain.spoken(get_language())].weekdays[number]


def due(at: datetime) -> str:
    """«ter 24/11/2026 09:00 (horário de Brasília)»: until when something is owed, and by whose clock."""
    return _("%(moment)s (%(zone)s)") % {"moment": long(at), "zone": zones.current()}


def left(due: datetime, now: datetime) -> str:
    """«faltam 2 h 10», «faltam 3 dias», «venceu há 45 min»."""
    seconds = int((due - now).total_seconds())
    span = _span(abs(seconds))
    if seconds < 0:
        return _("venceu há %(span)s") % {"span": span}
    if span.startswith("1 ") and span.count(" ") == 1:
        return _("falta %(span)s") % {"span": span}
    return _("faltam %(span)s") % {"span": span}


def urgency(due: datetime | None, now: datetime) -> str:
    """`late`, `soon` (three hours or less), `today` (a day or less), `calm`, or empty without a due time."""
    if due is None:
        return ""
    if due < now:
        return "late"
    if due - now <= SOON:
        return "soon"
    return "today" if due - now <= timedelta(days=1) else "calm"


def _span(seconds: int) -> str:
    if seconds < HOUR:
        return _("%(minutes)d min") % {"minutes": max(1, seconds // MINUTE)}
    if seconds < DAY:
        hours, minutes = seconds // HOUR, seconds % HOUR // MINUTE
        return f"{hours} h {minutes:02d}" if minutes else f"{hours} h"
    days = seconds // DAY
    return ngettext("%(days)d dia", "%(days)d dias", days) % {"days": days}
