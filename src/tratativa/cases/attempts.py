"""Attempts: part of a change that may be refused without refusing the rest of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import transaction

if TYPE_CHECKING:
    from tratativa.cases.changing import Change


@contextmanager
def attempt(change: Change) -> Iterator[None]:
    """What happens inside stands whole, or leaves neither a row nor a trace in memory when it raises.

    The savepoint takes the rows back; what this change holds of them (the case, its clocks, the entries so far, the
    form) is put back as it was. Raises what was raised inside.
    """
    kept = {id(row): (row, dict(row.__dict__)) for row in (change.case, *change.clocks, *change.entries)}
    entries, clocks, fields = list(change.entries), list(change.clocks), dict(change.fields)
    acting = (change.by, change.at, change.because)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        for row, was in kept.values():
            row.__dict__.clear()
            row.__dict__.update(was)
        change.entries[:], change.clocks[:] = entries, clocks
        change.fields = fields
        change.by, change.at, change.because = acting
        raise
