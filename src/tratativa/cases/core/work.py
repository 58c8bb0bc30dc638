"""Work to be done after the commit: jobs asked for by name, so that whatever asks for one need not import it.

The jobs of a room or an app stand in its `jobs.py`, above everything else there.
"""

import inspect
import uuid
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import ParamSpec

from django.db.models import Model
from procrastinate.contrib.django import app

from tratativa.accounts import reach

P = ParamSpec("P")


def ask(
    job: str, *, at: datetime | None = None, lock: uuid.UUID | str = "", queueing_lock: str = "", **ids: uuid.UUID | str
) -> None:
    """Writes a job in this transaction, to run after its commit, or at a moment; its arguments are ids of rows.

    Jobs of one `lock` run one after the other. Raises procrastinate's TaskNotFound for a name no job has, and
    AlreadyEnqueued where one of this `queueing_lock` waits already.
    """
    waiting = app.configure_task(
        job, allow_unknown=False, schedule_at=at, lock=str(lock) or None, queueing_lock=queueing_lock or None
    )
    waiting.defer(**{name: str(value) for name, value in ids.items()})


def heavy(marketplace_id: uuid.UUID) -> str:
    """The lock of jobs that take minutes: of one marketplace's one runs at a time, so that it takes one hand."""
    return f"heavy:{marketplace_id}"


def of_its_marketplace(
    rows: type[Model], key: str, path: str = "marketplace_id", *others: str
) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """A job about one row, whose key is its argument `key`, works for the marketplace of that row and no other.

    `path` leads from the row to the marketplace's key, `others` to those of whom else the job works for. A row that
    is gone leaves nobody in reach.
    """

    def decorate(job: Callable[P, None]) -> Callable[P, None]:
        signature = inspect.signature(job)

        @wraps(job)
        def narrowed(*args: P.args, **kwargs: P.kwargs) -> None:
            named = signature.bind(*args, **kwargs).arguments
            with reach.everywhere():
                owners = rows._default_manager.filter(pk=named[key]).values_list(path, *others).first()
            with reach.within(*(owners or ())):
                job(*args, **kwargs)

        return narrowed

    return decorate


def of_every_marketplace(job: Callable[P, None]) -> Callable[P, None]:
    """A job that looks in every marketplace for what is to be done; the door lets it change one's at a time."""

    @wraps(job)
    def widened(*args: P.args, **kwargs: P.kwargs) -> None:
        with reach.everywhere():
            job(*args, **kwargs)

    return widened
