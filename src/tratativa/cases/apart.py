"""Apart: the same work on many rows, of which one that fails holds up no other."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, transaction

log = logging.getLogger(__name__)
Row = TypeVar("Row")


def each(rows: Iterable[Row], work: Callable[[Row], object], *, what: str) -> int:
    """Works on every row, each in a transaction of its own; logs what fails and returns how many were done.

    Raises only that the database went away.
    """
    done = 0
    for row in rows:
        try:
            with transaction.atomic():
                work(row)
        except (OperationalError, InterfaceError):
            raise
        except Exception:  # whatever is wrong with one row, the others are worked on
            log.exception("%s failed for %s; the others go on", what, row)
        else:
            done += 1
    return done
