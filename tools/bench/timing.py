"""Timing: one page or verb asked many times, its milliseconds and its queries."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext


@dataclass(frozen=True)
class Timing:
    """What was measured: times in milliseconds, queries of one run."""

    name: str
    p50: float
    p95: float
    queries: int


def measure(name: str, run: Callable[[], object], *, times: int) -> Timing:
    """Runs once to warm up and count queries, then `times` times against the clock."""
    reset_queries()
    run()
    with CaptureQueriesContext(connection) as caught:
        run()
    queries = len(caught)  # the next request empties the log
    taken = sorted(_milliseconds(run) for _turn in range(times))
    return Timing(name, _at(taken, 0.5), _at(taken, 0.95), queries)


def _milliseconds(run: Callable[[], object]) -> float:
    begin = time.perf_counter()
    run()
    return (time.perf_counter() - begin) * 1000


def _at(taken: list[float], share: float) -> float:
    return taken[min(len(taken) - 1, math.ceil(len(taken) * share) - 1)]
