"""The worker: runs jobs, and beside them judges the deadlines that have come, through every outage."""

import asyncio
import contextlib
import logging
import signal
import threading
from collections.abc import Callable, Coroutine

from django.db import close_old_connections
from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import app as jobs_app
from procrastinate.contrib.django.utils import connector_params

from tratativa.accounts import reach
from tratativa.accounts.absence import AWAY
from tratativa.config import jobs, reasons

log = logging.getLogger(__name__)

AT_ONCE = 4  # jobs
SWEEP_EVERY = 5.0  # seconds
GRACE = 20.0  # seconds a running job has to finish when we are asked to stop
LONGEST_PAUSE = 10.0  # seconds between two tries while the database is away


def work(sweep: Callable[[], object]) -> None:
    """Works until SIGTERM or SIGINT, then finishes what runs; `sweep` judges the deadlines due by now."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(_is_ours_to_tell)
    stopping = threading.Event()
    clock = threading.Thread(target=_sweep_on, args=(sweep, stopping), name="deadlines", daemon=True)
    clock.start()
    try:
        asyncio.run(_until_told(_run_jobs()))
    finally:
        stopping.set()
        clock.join(LONGEST_PAUSE / 2)  # a sweep that waits for an absent database is not waited for


def judge_deadlines() -> None:
    """One sweep at the present moment; the clock is looked at here and nowhere below. Raises WrongClock."""
    from tratativa.cases import sweeping
    from tratativa.cases.clocks import watch

    at = watch.look()
    with reach.everywhere():  # to find what is due; each case is judged within its own marketplace
        sweeping.sweep(at=at)
    watch.judged(at)


def _is_ours_to_tell(record: logging.LogRecord) -> bool:
    """Keeps of procrastinate's records the jobs that failed for good; outages are told in one line, by us.

    Where the database is away when a job ends, the job's outcome fails to be written in a task nobody awaits, and
    asyncio tells that: the job is found silent and queued again (`config.jobs`).
    """
    if record.name == "asyncio":
        return not (record.exc_info and isinstance(record.exc_info[1], AWAY))
    return not record.name.startswith("procrastinate") or getattr(record, "action", "") == "job_error"


async def _until_told(work: Coroutine[object, object, None]) -> None:
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _run_jobs() -> None:
    """Runs procrastinate's worker again whenever the database has taken it down; says so once each time."""
    pause = 0.0
    told = asyncio.current_task()
    # Asked to stop while the database is away, the worker's last words fail and hide that it was asked.
    while told and not told.cancelling():
        began = asyncio.get_running_loop().time()
        try:
            await _run_worker(jobs_app)
        except Exception as problem:
            if told.cancelling():
                return
            log.warning("jobs pause, the database cannot be reached: %s", reasons.line(problem.__cause__ or problem))
        if asyncio.get_running_loop().time() - began > 2 * GRACE:
            pause = 0.0
        pause = min(LONGEST_PAUSE, pause * 2 or 0.5)
        await asyncio.sleep(pause)


async def _run_worker(app: App) -> None:
    # Four hands, a watch on news, and no more patience than it takes to notice that the database is away.
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=AT_ONCE + 1, timeout=5)
    # An app beside ours, not ours with another connector: what a job queues belongs to Django's transaction.
    async with app.with_connector(connector).open_async() as working:
        await working.run_worker_async(
            concurrency=AT_ONCE,
            fetch_job_polling_interval=1,
            shutdown_graceful_timeout=GRACE,
            install_signal_handlers=False,
            update_heartbeat_interval=jobs.HEARTBEAT,
            stalled_worker_timeout=jobs.STALLED_AFTER,
        )


def _sweep_on(sweep: Callable[[], object], stopping: threading.Event) -> None:
    away = 0
    while not stopping.wait(SWEEP_EVERY if not away else min(LONGEST_PAUSE, 0.5 * 2**away)):
        close_old_connections()
        try:
            sweep()
        except Exception as problem:
            if not away:
                away_only = isinstance(problem, AWAY)
                log.warning("deadlines pause, the sweep failed: %s", reasons.line(problem), exc_info=not away_only)
            away = min(away + 1, 5)
        else:
            if away:
                log.warning("deadlines are judged again")
            away = 0
        finally:
            close_old_connections()
