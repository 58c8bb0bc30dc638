"""The worker: runs jobs, and beside them judges the deadlines that have come, through every outage."""

import asyncio
import contextlib
import logging
import signal
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import close_old_connections
from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import app as jobs_app
from procrastinate.contrib.django.utils import connector_params

from tratativa.accounts import reach
from tratativa.accounts.absence import AWAY
from tratativa.config import jobs, reasons

log = logging.getLogger(__name__)

SWEEP_EVERY = 5.0  # seconds
GRACE = 20.0  # seconds a running job has to finish when we are asked to stop
LONGEST_PAUSE = 10.0  # seconds between two tries while the database is away


@dataclass(frozen=True)
class Crew:
    """So many hands for the jobs of these queues and no others."""

    queues: tuple[str, ...]
    hands: int  # jobs at once


# Whoever waits for somebody else's server, or works for minutes, takes no hand from those that others wait for.
CREWS = (
    Crew(("cases", "evidence", "default", "builtin"), 3),
    Crew(("mail",), 3),
    Crew(("notices",), 1),
    Crew(("telling",), 2),
    Crew(("push",), 2),
    Crew(("mailboxes",), 2),
    Crew(("systems",), 2),
    Crew(("replay", "studio", "sheets", "long"), 2),
    Crew(("batches",), 2),
    Crew(("pictures",), 1),
)


def work(sweep: Callable[[], object]) -> None:
    """Works until SIGTERM or SIGINT, then finishes what runs; `sweep` judges the deadlines due by now."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(_is_ours_to_tell)
    stopping = threading.Event()
    clock = threading.Thread(target=_sweep_on, args=(sweep, stopping), name="deadlines", daemon=True)
    clock.start()
    try:
        asyncio.run(_until_told(_run_crews()))
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


async def _run_crews() -> None:
    hands = sum(crew.hands for crew in CREWS)
    # Jobs run in the loop's threads, of which a small machine gives fewer than there are hands.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(hands + 2, "job"))
    told = _Once(LONGEST_PAUSE / 2)
    async with asyncio.TaskGroup() as crews:
        for crew in CREWS:
            crews.create_task(_run_jobs(crew, told), name=crew.queues[0])


async def _run_jobs(crew: Crew, told: "_Once") -> None:
    """Runs procrastinate's worker again whenever the database has taken it down; says so once each time."""
    pause = 0.0
    task = asyncio.current_task()
    # Asked to stop while the database is away, the worker's last words fail and hide that it was asked.
    while task and not task.cancelling():
        began = asyncio.get_running_loop().time()
        try:
            await _run_worker(jobs_app, crew)
        except Exception as problem:
            if task.cancelling():
                return
            if told.is_due():  # every crew meets the same absence
                _tell_pause(problem)
        if asyncio.get_running_loop().time() - began > 2 * GRACE:
            pause = 0.0
        pause = min(LONGEST_PAUSE, pause * 2 or 0.5)
        await asyncio.sleep(pause)


async def _run_worker(app: App, crew: Crew) -> None:
    # The crew's hands, a watch on news, and no more patience than it takes to notice that the database is away.
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=crew.hands + 1, timeout=5)
    # An app beside ours, not ours with another connector: what a job queues belongs to Django's transaction.
    async with app.with_connector(connector).open_async() as working:
        await working.run_worker_async(
            queues=list(crew.queues),  # a tuple reaches PostgreSQL as a row
            concurrency=crew.hands,
            fetch_job_polling_interval=1,
            shutdown_graceful_timeout=GRACE,
            install_signal_handlers=False,
            update_heartbeat_interval=jobs.HEARTBEAT,
            stalled_worker_timeout=jobs.STALLED_AFTER,
        )


def _tell_pause(problem: Exception) -> None:
    why = problem.__cause__ or problem
    if isinstance(why, AWAY):
        log.warning("jobs pause, the database cannot be reached: %s", reasons.line(why))
    else:
        log.error("jobs pause, the worker failed: %s", reasons.line(why), exc_info=problem)


class _Once:
    """Something that is said once within so many seconds, whoever would say it again."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self._said = seconds, float("-inf")

    def is_due(self) -> bool:
        """Whether it was not said of late; it is now."""
        now = asyncio.get_running_loop().time()
        due = now - self._said > self._seconds
        if due:
            self._said = now
        return due


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
