"""Loops: asynchronous stories played in a thread of their own, because a browser's test leaves its loop in this one."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor

PATIENCE = 240.0  # seconds


def play(story: Coroutine[object, object, None]) -> None:
    """Plays it to its end, and not for ever; raises what it raises."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, asyncio.wait_for(story, PATIENCE)).result(PATIENCE + 10)
