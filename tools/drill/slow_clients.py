"""Slow clients: 500 that stall in headers, bodies and reads, and 50 honest ones whose waiting is measured."""

import asyncio
import random
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field

ANSWER_UNREAD = 2048  # bytes of an answer a slow reader's socket holds
TRICKLE = 5.0  # seconds between two bytes of a slow client
_HEADERS = b"GET /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
_BODY = b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 5000\r\n\r\n"


@dataclass
class Figures:
    """How long honest clients waited, in seconds, and what became of everybody."""

    waits: list[float] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    let_go: int = 0

    @property
    def p50(self) -> float:
        """The wait of every second page."""
        return statistics.median(self.waits)

    @property
    def p95(self) -> float:
        """The wait that one page in twenty exceeds."""
        return statistics.quantiles(self.waits, n=20)[-1]


async def attack(port: int, *, slow: int, honest: int, seconds: float, long: str) -> Figures:
    """Slow clients come from 127.0.0.2 and on, honest ones from 127.0.0.1; `long` is a page slow readers ask for."""
    figures = Figures()
    end = time.monotonic() + seconds
    crowd = [_slow(port, number, end, figures, long) for number in range(slow)]
    tasks = [asyncio.ensure_future(one) for one in crowd]
    await asyncio.sleep(3)  # they have arrived
    await asyncio.gather(*(_honest(port, end, figures) for _ in range(honest)))
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return figures


async def _slow(port: int, number: int, end: float, figures: Figures, long: str) -> None:
    """Stalls, comes again when it was let go, and stalls again."""
    ways = (_HEADERS, _BODY, f"GET {long} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() * 8)
    address = f"127.0.{number // 200}.{number % 200 + 2}"
    while time.monotonic() < end:
        try:
            reader, writer = await asyncio.open_connection(
                "127.0.0.1", port, local_addr=(address, 0), limit=ANSWER_UNREAD
            )
        except OSError:
            await asyncio.sleep(1)
            continue
        try:
            writer.write(ways[number % 3])
            while not reader.at_eof() and reader.exception() is None:
                await asyncio.sleep(TRICKLE)
                if number % 3 != 2:
                    writer.write(b"a")
                    await writer.drain()
        except OSError:
            pass
        finally:
            figures.let_go += 1
            writer.transport.abort()


async def _honest(port: int, end: float, figures: Figures) -> None:
    """Opens a page, looks at it for a second, opens another."""
    await asyncio.sleep(random.random())  # noqa: S311 – nobody's secret
    while time.monotonic() < end:
        began = time.monotonic()
        figures.answers[await _page(port)] += 1
        figures.waits.append(time.monotonic() - began)
        await asyncio.sleep(1)


async def _page(port: int) -> int:
    try:
        async with asyncio.timeout(30):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            said = await reader.read()
            writer.close()
            return int(said.split(b" ", 2)[1])
    except (OSError, TimeoutError, IndexError):
        return 0
