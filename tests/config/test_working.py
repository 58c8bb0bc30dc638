"""The worker: no job is lost with it, and neither jobs nor deadlines end with the database's absence."""

import asyncio
import gc
import logging
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import procrastinate
import pytest
from django.db import OperationalError
from procrastinate.contrib.django import app as jobs_app
from procrastinate.exceptions import ConnectorException

from tests import loops
from tests.config.desks import PATIENCE, Desk, until
from tratativa.accounts.absence import AWAY
from tratativa.serve import working

# A dead worker is noticed within two seconds instead of a minute and a half.
QUICK = {"TRATATIVA_HEARTBEAT": "0.5", "TRATATIVA_REQUEUE_CRON": "* * * * * */1"}


@pytest.fixture
def folder(place: Path) -> Path:
    """Where the drill's job leaves its marks."""
    marks = place / "marks"
    marks.mkdir()
    return marks


def defer(desk: Desk, folder: Path) -> int:
    return queue(desk, "drill.wait", folder=str(folder))


def queue(desk: Desk, task: str, *, once: str | None = None, queue: str = "default", **arguments: str) -> int:
    """Queues a job; of those that share `once` a single one runs and a single one waits."""
    connector = procrastinate.SyncPsycopgConnector(conninfo=desk.url())
    with procrastinate.App(connector=connector).open() as app:
        return app.configure_task(task, queue=queue, lock=once, queueing_lock=once).defer(**arguments)


def count(file: Path) -> int:
    return len(file.read_text().splitlines()) if file.exists() else 0


def status(desk: Desk, job: int) -> object:
    return desk.ask("select status::text from procrastinate_jobs where id = %s", job)[0][0]


def test_a_job_whose_worker_was_killed_runs_again(make_desk: Callable[..., Desk], folder: Path) -> None:
    desk = make_desk(**QUICK).start()
    job = defer(desk, folder)
    until(lambda: count(folder / "began") == 1, "the job to begin")
    (worker,) = desk.children("tratativa.cli worker")

    os.kill(worker, signal.SIGKILL)
    until(lambda: count(folder / "began") == 2, "the job to begin again")
    (folder / "go").touch()
    until(lambda: status(desk, job) == "succeeded", "the job to end well")

    assert count(folder / "ended") == 1


def test_a_killed_job_that_was_asked_for_again_makes_room_for_the_one_that_waits(
    make_desk: Callable[..., Desk], folder: Path
) -> None:
    desk = make_desk(**QUICK).start()
    queue(desk, "drill.wait", once="caixa", folder=str(folder))
    until(lambda: count(folder / "began") == 1, "the job to begin")
    waiting = queue(desk, "drill.wait", once="caixa", folder=str(folder))
    (worker,) = desk.children("tratativa.cli worker")

    os.kill(worker, signal.SIGKILL)
    (folder / "go").touch()
    until(lambda: status(desk, waiting) == "succeeded", "the one that waits to end well")


def test_jobs_that_wait_for_somebody_else_take_no_hand_of_the_others(
    make_desk: Callable[..., Desk], folder: Path
) -> None:
    desk = make_desk().start()
    for crew in working.CREWS[1:]:
        for _ in range(2 * crew.hands):
            queue(desk, "drill.wait", queue=crew.queues[0], folder=str(folder))
    hands = sum(crew.hands for crew in working.CREWS[1:])
    until(lambda: count(folder / "began") == hands, "every hand to be taken")

    job = queue(desk, "drill.think_better", folder=str(folder))
    until(lambda: status(desk, job) == "succeeded", "a job nobody is to wait for")
    (folder / "go").touch()

    assert count(folder / "began") == hands


def test_every_job_has_a_crew_and_one_alone() -> None:
    served = [queue for crew in working.CREWS for queue in crew.queues]
    asked = {task.queue for task in jobs_app.tasks.values()}

    assert len(served) == len(set(served))
    assert asked <= set(served)


def test_what_a_job_queues_vanishes_with_the_transaction_it_was_queued_in(lasting_desk: Desk, folder: Path) -> None:
    job = queue(lasting_desk, "drill.think_better", folder=str(folder))
    until(lambda: status(lasting_desk, job) == "succeeded", "the job to end")

    assert lasting_desk.ask("select count(*) from procrastinate_jobs where task_name = 'drill.wait'")[0][0] == 0


def test_a_job_that_runs_when_the_desk_stops_is_finished(make_desk: Callable[..., Desk], folder: Path) -> None:
    desk = make_desk().start()
    defer(desk, folder)
    until(lambda: count(folder / "began") == 1, "the job to begin")
    leave = threading.Timer(1, (folder / "go").touch)

    leave.start()
    desk.stop()
    leave.join(PATIENCE)

    assert count(folder / "ended") == 1
    assert count(folder / "began") == 1


def test_a_job_that_fails_for_good_says_why_in_the_log_and_to_the_doctor(lasting_desk: Desk) -> None:
    job = queue(lasting_desk, "drill.fail", why="a caixa estava vazia")
    until(lambda: status(lasting_desk, job) == "failed", "the job to fail")

    assert "RuntimeError: a caixa estava vazia" in lasting_desk.said()
    assert "✗ 1 trabalho falhou de vez (drill.fail)" in lasting_desk.run("doctor").stdout


def test_a_worker_outlives_its_database(make_desk: Callable[..., Desk], folder: Path) -> None:
    desk = make_desk(**QUICK).start()
    (folder / "go").touch()
    before = defer(desk, folder)
    until(lambda: status(desk, before) == "succeeded", "a first job")
    (worker,) = desk.children("tratativa.cli worker")
    (server,) = desk.children("bin/postgres")

    os.kill(server, signal.SIGKILL)
    until(desk.healthy, "the database")
    after = defer(desk, folder)
    until(lambda: status(desk, after) == "succeeded", "a job after the outage")

    assert desk.children("tratativa.cli worker") == [worker]
    assert "Traceback" not in desk.said()


def test_a_jobs_outcome_the_absent_database_did_not_take_is_no_page_of_the_log() -> None:
    absent = _told_by_nobody(ConnectorException())
    broken = _told_by_nobody(RuntimeError("a caixa estava vazia"))

    assert not working._is_ours_to_tell(absent)
    assert working._is_ours_to_tell(broken)


def _told_by_nobody(problem: Exception) -> logging.LogRecord:
    """What asyncio says of a task that failed while nobody waited for it."""
    told: list[logging.LogRecord] = []
    listening = logging.Handler()
    listening.emit = told.append  # type: ignore[method-assign]
    logging.getLogger("asyncio").addHandler(listening)

    async def fail() -> None:
        raise problem

    async def forget() -> None:
        task = asyncio.ensure_future(fail())
        await asyncio.wait([task])

    try:
        loops.play(forget())
        gc.collect()
    finally:
        logging.getLogger("asyncio").removeHandler(listening)
    return told[0]


def test_deadlines_are_judged_again_after_the_sweep_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "SWEEP_EVERY", 0.01)
    monkeypatch.setattr(working, "LONGEST_PAUSE", 0.01)
    swept: list[str] = []
    stopping = threading.Event()

    def sweep() -> None:
        swept.append("tried")
        if len(swept) < 3:
            raise OperationalError("the server closed the connection")
        if len(swept) == 5:
            stopping.set()

    clock = threading.Thread(target=working._sweep_on, args=(sweep, stopping))  # with connections of its own
    clock.start()
    clock.join(PATIENCE)

    assert len(swept) == 5


def test_every_job_that_comes_round_by_itself_goes_through_an_outage() -> None:
    rounds = [one.task for one in jobs_app.periodic_registry.periodic_tasks.values()]

    assert len(rounds) > 8
    for task in rounds:
        said = task.retry_strategy and task.retry_strategy.retry_exceptions
        assert said and set(AWAY) <= set(said), task.name
