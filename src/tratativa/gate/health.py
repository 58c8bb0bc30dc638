"""Health: whether this process reaches its database, answered beside the pages and whatever they wait for."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tratativa.gate.asgi import Send

PATH = "/healthz"
PATIENCE = 6.0  # seconds; a pool says after five that it has no connection


class Health:
    """Looks once at a time, in a thread of its own; whoever asks meanwhile hears of the same look."""

    def __init__(self, look: Callable[[], str]) -> None:
        """`look` says what it saw, or nothing where the database does not answer; it may take its time."""
        self._look = look
        self._thread = ThreadPoolExecutor(1, "health")
        self._looking: asyncio.Future[str] | None = None

    async def answer(self, send: Send) -> None:
        """200 and what was seen, or 503 when the database does not answer."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.get_running_loop().run_in_executor(self._thread, self._look)
        try:
            seen = await asyncio.wait_for(asyncio.shield(self._looking), PATIENCE)
        except TimeoutError:
            seen = ""
        status, words = (200, seen.encode()) if seen else (503, b"the database cannot be reached\n")
        headers = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store")]
        headers.append((b"content-length", str(len(words)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": words})
