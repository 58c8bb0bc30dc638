"""Work to be done after the commit: jobs named by their name, so that whatever asks for one need not know it.

The jobs stand in `jobs.py`, above everything. A test says that each name asked for here is a job there.
"""

import uuid
from datetime import datetime

from procrastinate.contrib.django import app

QUEUE = "cases"


def ask(job: str, *, at: datetime | None = None, **ids: uuid.UUID) -> None:
    """Writes a job in this transaction, to run after its commit, or at a moment; its arguments are ids of rows."""
    waiting = app.configure_task(f"cases.{job}", queue=QUEUE, schedule_at=at)
    waiting.defer(**{name: str(value) for name, value in ids.items()})
