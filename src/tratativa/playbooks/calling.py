"""Calling: attempts that count only inside opening hours, on another day and at another time of day than the others.

`counts` is the one rule: the page proposes by it, and the desk refuses by it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tratativa.accounts import moments
from tratativa.cases.core.refusals import NotAllowed
from tratativa.playbooks.models import Run
from tratativa.rulebook.language.step_kinds import Attempts
from tratativa.rulebook.time.calendar import Calendar

# Two times of day are different when an hour lies between them: 9:10 is no other time than 9:30.
APART = timedelta(hours=1)
_DAY = timedelta(days=1)
_LONGEST = 60  # days looked ahead for a slot


def made(run: Run) -> list[datetime]:
    """The attempts of the call the run stands at."""
    return [datetime.fromisoformat(moment) for moment in run.calls]


def counts(rules: Attempts, attempts: Sequence[datetime], at: datetime, clock: Calendar) -> bool:
    """Whether an attempt at this moment counts: while the place is open, on another day and at another time than those
    already made (K03-03)."""
    local = at.astimezone(clock.zone)
    return _open(local, clock) and _differs(rules, attempts, local, clock)


def _differs(rules: Attempts, attempts: Sequence[datetime], local: datetime, clock: Calendar) -> bool:
    for attempt in attempts:
        other = attempt.astimezone(clock.zone)
        if "day" in rules.different and other.date() == local.date():
            return False
        if "time" in rules.different and _apart(other, local) < APART:
            return False
    return True


def check(rules: Attempts, attempts: Sequence[datetime], at: datetime, clock: Calendar) -> None:
    """Raises NotAllowed, with the next slot, where an attempt at this moment does not count."""
    if counts(rules, attempts, at, clock):
        return
    slot = proposed(rules, attempts, at, clock)
    gaps = {"slot": moments.minute(slot, clock.zone) if slot else _("outro dia")}
    if not _open(at.astimezone(clock.zone), clock):
        raise NotAllowed(_("Fora do horário de atendimento a tentativa não conta. Próximo horário: %(slot)s.") % gaps)
    raise NotAllowed(
        _("Esta tentativa não conta: ligue em outro dia e em outro horário. Próximo horário: %(slot)s.") % gaps
    )


def proposed(rules: Attempts, attempts: Sequence[datetime], at: datetime, clock: Calendar) -> datetime | None:
    """When an attempt counts, inside opening hours: this very moment, or the next half hour that does."""
    local = at.astimezone(clock.zone)
    if counts(rules, attempts, local, clock):
        return at
    day = local.replace(hour=0, minute=0, second=0, microsecond=0)
    for _later in range(_LONGEST):
        for opens, closes in clock.week[day.weekday()] if clock.is_business_day(day.date()) else ():
            for minute in range(opens, closes, 30):
                slot = day.replace(hour=minute // 60, minute=minute % 60)
                if slot >= local and counts(rules, attempts, slot, clock):
                    return slot
        day += _DAY
    return None


def _open(local: datetime, clock: Calendar) -> bool:
    minute = local.hour * 60 + local.minute
    return clock.is_business_day(local.date()) and any(
        opens <= minute < closes for opens, closes in clock.week[local.weekday()]
    )


def _apart(one: datetime, other: datetime) -> timedelta:
    """How far two moments lie apart on the face of the clock."""
    between = abs(timedelta(hours=one.hour - other.hour, minutes=one.minute - other.minute))
    return min(between, _DAY - between)
