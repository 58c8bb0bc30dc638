"""Stuck rows: work of the clock that failed on one row is pushed away, counted and shown; the others go on."""

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from tratativa.accounts.actors import Actor
from tratativa.cases.core import apart, visibility
from tratativa.cases.models import Stuck

log = logging.getLogger(__name__)
LONGEST = timedelta(hours=6)
SHOWN = 50


class Round:
    """One round of the clock's work of one kind, at a moment: each row apart from all others."""

    def __init__(self, what: str, *, at: datetime) -> None:
        self.what, self.at = what, at
        known = dict(Stuck.objects.filter(what=what).values_list("key", "next_at"))
        self.known = set(known)
        self.waiting = {key for key, next_at in known.items() if next_at > at}  # not to be tried again yet

    @contextmanager
    def apart(self, key: uuid.UUID, case_id: uuid.UUID) -> Iterator[None]:
        """Whatever is wrong with this row is kept, and it is tried again later; at last it is stuck no more.

        Raises only that the database went away, when everything is tried again.
        """
        failed: list[Exception] = []
        with apart.alone(failed.append):
            yield
        if failed:
            tries = _push_away(self.what, key, case_id, failed[0], self.at)
            log.error("%s of case %s failed (try %d); the others go on", self.what, case_id, tries, exc_info=failed[0])
        elif key in self.known:
            Stuck.objects.filter(what=self.what, key=key).delete()


def seen_by(actor: Actor) -> list[Stuck]:
    """What is stuck in cases this actor may see, the oldest first; at most 50."""
    found = Stuck.objects.filter(case__in=visibility.visible_cases(actor)).select_related("case")
    return list(found.order_by("since")[:SHOWN])


def _push_away(what: str, key: uuid.UUID, case_id: uuid.UUID, problem: Exception, at: datetime) -> int:
    """Twice as long each time, from a minute up to six hours; returns how often it failed."""
    row = Stuck.objects.filter(what=what, key=key).first() or Stuck(
        what=what, key=key, case_id=case_id, since=at, tries=0
    )
    row.tries += 1
    row.next_at = at + min(LONGEST, timedelta(minutes=2 ** min(row.tries - 1, 9)))
    row.trouble = f"{type(problem).__name__}: {problem}"[:200]
    row.save()
    return row.tries
