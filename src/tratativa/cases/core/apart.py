"""Apart: the same work on many rows, of which one that fails holds up no other."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import InterfaceError, OperationalError, transaction

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
    except (OperationalError, InterfaceError):
        raise
    except Exception as problem:
        failed(problem)


def each(rows: Iterable[Row], work: Callable[[Row], object], *, what: str) -> int:
    """Works on every row, each apart; logs what fails and returns how many were done. As `alone`."""
    todo = list(rows)
    failed: list[Row] = []
    for row in todo:

        def log_it(problem: Exception, row: Row = row) -> None:
            failed.append(row)
            log.error("%s failed for %s; the others go on", what, row, exc_info=problem)

        with alone(log_it):
            work(row)
    return len(todo) - len(failed)
