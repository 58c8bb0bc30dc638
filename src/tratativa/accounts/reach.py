"""Reach: whose rows this piece of work may touch, as the database itself is told before the first of them is asked for.

Under every table of cases, orders and letters stands a policy (`serve/row_security.py`): a row is there only for
whoever reaches its marketplace, its seller, its customer or its partner. Nobody's reach is the default, so that a page
or a job that forgets to say for whom it works finds nothing.
"""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Row = TypeVar("Row")
NOBODY = ""
EVERYWHERE = "*"  # every marketplace there is: for commands of the operator, and for finding what is to be done

_reach: ContextVar[str | None] = ContextVar("reach", default=None)
_of_the_process = [NOBODY]


def told() -> str:
    """What the database is to know, as `tratativa.reach` reads it: `*`, or keys as an array's text, or nothing."""
    reach = _reach.get()
    return _of_the_process[0] if reach is None else reach


def owners() -> list[uuid.UUID] | None:
    """Whose rows are in reach, by their keys; None for everybody's."""
    reach = told()
    return None if reach == EVERYWHERE else [uuid.UUID(key) for key in reach.strip("{}").split(",") if key]


@contextmanager
def within(*owners: uuid.UUID | None) -> Iterator[None]:
    """Works for these marketplaces, sellers, customers or partners, named by their keys, and sees no other's rows."""
    keys = [str(owner) for owner in owners if owner]
    with _set("{" + ",".join(keys) + "}" if keys else NOBODY):
        yield


def streamed(rows: Iterable[Row], *owners: uuid.UUID | None) -> Iterator[Row]:
    """These rows one by one, each asked for within this reach: a page's own is over before its stream is read."""
    coming, none_left = iter(rows), object()
    while True:
        with within(*owners):
            row = next(coming, none_left)
        if row is none_left:
            return
        yield row  # type: ignore[misc]  # the sentinel went above


@contextmanager
def everywhere() -> Iterator[None]:
    """Works for every marketplace of the installation. Each use is named in `tests/cases/core/test_row_security.py`."""
    with _set(EVERYWHERE):
        yield


def of_the_operator() -> None:
    """From here on this process works for whoever runs the machine: a command reaches what its operator could."""
    _of_the_process[0] = EVERYWHERE


def of_nobody() -> None:
    """From here on whatever does not say for whom it works finds nothing, as in every process that has not begun."""
    _of_the_process[0] = NOBODY


@contextmanager
def _set(reach: str) -> Iterator[None]:
    before = _reach.set(reach)
    try:
        yield
    finally:
        _reach.reset(before)
