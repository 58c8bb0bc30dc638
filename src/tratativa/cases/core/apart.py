"""Apart: the same work on many rows, of which one that fails holds up no other."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import transaction

from tratativa.accounts.absence import AWAY

log = logging.getLogger(__name__)
Row = TypeVar("Row")


@contextmanager
def alone(failed: Callable[[Exception], None]) -> Iterator[None]:
    """A transaction, or savepoint, of its own; whatever goes wrong inside is told to `failed`, and ends there.

    Raises only that the database went away, when everything is tried again.
    """
    try:
        with transaction.atomic():
            yield
    except AWAY:
        raise
    except Exception as problem:
        failed(problem)


def each(rows: Iterable[Row], work: Callable[[Row], object], *, what: str) -> int:
    """Works on every row, each apart; logs what fails and returns how many were done. As `alone`."""
    done = 0
    for row in rows:
        failed: list[Exception] = []
        with alone(failed.append):
            work(row)
        if failed:
            log.error("%s failed for %s; the others go on", what, row, exc_info=failed[0])
        else:
            done += 1
    return done
