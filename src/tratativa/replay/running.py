"""Running: a replay over all cases, in as many processes as asked for, with bounded memory, until done or stopped."""

import multiprocessing
import os
import uuid
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing

from tratativa.accounts import reach
from tratativa.replay import histories, process
from tratativa.replay.asked import Asked
from tratativa.replay.batches import Judge
from tratativa.replay.tallies import Tally

AHEAD = 3  # batches a process has waiting, so that it never waits itself


class Stopped(Exception):
    """Somebody asked for it to stop."""


class Broken(Exception):
    """A process of the replay was killed, by somebody or for lack of memory."""


def processes() -> int:
    """As many as there are cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def count(asked: Asked) -> int:
    """How many cases there are to replay."""
    with reach.within(asked.marketplace_id):
        return histories.count(asked.marketplace_id, since=asked.since, until=asked.until)


def run(asked: Asked, *, workers: int, tell: Callable[[Tally], None] = lambda _so_far: None) -> Tally:
    """What all cases come to. `tell` hears the tally so far after each batch, and stops it by raising Stopped.

    One worker judges in this process; more are processes of their own. Raises Broken where one of them dies.
    """
    found = Tally()
    # Closed at once, whatever `tell` raises: no process outlives whoever asked.
    parts = _inline(asked) if workers == 1 else _spread(asked, workers)
    with reach.within(asked.marketplace_id), closing(parts):
        for part in parts:
            found.add(part)
            tell(found)
    return found


def _keys(asked: Asked) -> Iterator[list[uuid.UUID]]:
    return histories.keys(asked.marketplace_id, since=asked.since, until=asked.until)


def _inline(asked: Asked) -> Generator[Tally, None, None]:
    judge = Judge(asked)
    for batch in _keys(asked):
        yield judge.judge(batch)


def _spread(asked: Asked, workers: int) -> Generator[Tally, None, None]:
    # Spawned, not forked: a worker has threads, and a connection is nobody's to share.
    fresh = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=fresh, initializer=process.begin, initargs=(asked,))
    waiting: set[Future[Tally]] = set()
    try:
        for batch in _keys(asked):
            waiting.add(pool.submit(process.judged, batch))
            if len(waiting) >= workers * AHEAD:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (one.result() for one in done)
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            yield from (one.result() for one in done)
    except BrokenProcessPool:
        raise Broken from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
