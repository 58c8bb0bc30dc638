"""A job that says it began and waits for leave to end."""

import time
from contextlib import suppress
from pathlib import Path

from django.db import transaction
from procrastinate.contrib.django import app

PATIENCE = 240.0  # seconds


@app.task(name="drill.wait")
def wait(folder: str) -> None:
    """Adds a line to `<folder>/began`, waits until `<folder>/go` exists, and adds a line to `<folder>/ended`."""
    place = Path(folder)
    with (place / "began").open("a") as began:
        began.write("once\n")
    end = time.monotonic() + PATIENCE
    while not (place / "go").exists() and time.monotonic() < end:
        time.sleep(0.05)
    with (place / "ended").open("a") as ended:
        ended.write("once\n")


@app.task(name="drill.fail")
def fail(why: str) -> None:
    """Fails for good, giving the reason."""
    raise RuntimeError(why)


@app.task(name="drill.think_better")
def think_better(folder: str) -> None:
    """Queues a job in a transaction that is then rolled back."""
    with suppress(ZeroDivisionError), transaction.atomic():
        wait.defer(folder=folder)
        1 / 0  # noqa: B018
