"""Work to be done after the commit: jobs asked for by name, so that whatever asks for one need not import it.

The jobs of a room or an app stand in its `jobs.py`, above everything else there.
"""

import uuid
from datetime import datetime

from procrastinate.contrib.django import app


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
