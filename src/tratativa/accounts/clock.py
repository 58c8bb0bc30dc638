"""The clock: the moment of whatever happens here is the database's, whichever machine it happens on.

Asking costs a query, so a process asks now and then and counts on from there by the clock that nobody sets
(`time.monotonic`). A machine whose own clock is wrong dates nothing wrongly; that it is wrong is told all the same,
because logs, signatures and certificates go by it.
"""

import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from tratativa.accounts.absence import AWAY

FRESH = 30.0  # seconds an answer is counted on from
APART = timedelta(minutes=1)  # two clocks further apart than this are not one time told twice
_JUMP = 1.0  # seconds; the machine's clock was set, or it slept


@dataclass(frozen=True)
class _Reading:
    """What the database's clock said, and what ours said at that moment."""

    at: datetime
    counter: float
    wall: float

    def is_stale(self) -> bool:
        passed = time.monotonic() - self.counter
        return passed > FRESH or abs(time.time() - self.wall - passed) > _JUMP


class _Kept(threading.local):
    reading: _Reading | None = None


_kept = _Kept()


def now() -> datetime:
    """The moment, by the database's clock. Raises OperationalError where it was never asked and is away."""
    if not settings.DATABASE_CLOCK:
        return timezone.now()
    if _kept.reading is None or _kept.reading.is_stale():
        _ask()
    reading = _kept.reading
    assert reading is not None
    return reading.at + timedelta(seconds=time.monotonic() - reading.counter)


def apart() -> timedelta:
    """How far this machine's clock is ahead of the database's, asked now; behind it where negative."""
    return timezone.now() - asked()


def asked() -> datetime:
    """The moment, by the database's clock, asked now."""
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        at: datetime = cursor.fetchone()[0]
    return at


def _ask() -> None:
    try:
        at = asked()
    except AWAY:
        if _kept.reading is None:
            raise
        return  # it is away: we count on
    _kept.reading = _Reading(at, time.monotonic(), time.time())
