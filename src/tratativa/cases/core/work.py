"""Work to be done after the commit: jobs asked for by name, so that whatever asks for one need not import it.

The jobs of a room or an app stand in its `jobs.py`, above everything else there.
"""

import uuid
from datetime import datetime

from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

# What comes round by itself and meets an absent database is tried again: the absence is no fault of its own.
AWAY = (OperationalError, InterfaceError, ConnectorException)
BACK_IN = 5  # seconds
THROUGH_OUTAGES = RetryStrategy(max_attempts=60, wait=BACK_IN, retry_exceptions=AWAY)


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
