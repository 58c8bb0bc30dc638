"""The gate itself: an ASGI application around the pages, which are asked only for what has wholly arrived."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from tratativa.cases.files import room
from tratativa.gate import bodies, refusals
from tratativa.gate.asgi import Receive, Scope, Send
from tratativa.gate.bodies import Bodies, Refused
from tratativa.gate.limits import Limits
from tratativa.gate.pages import Answer, Pages
from tratativa.gate.spool import Spool

log = logging.getLogger(__name__)
LISTENING = 5.0  # seconds somebody refused may go on sending, so that they come to read why
Wanted = Callable[[str], int]


class Gate:
    """One process's gate: bodies within bounds, pages one a thread, everybody else told in a sentence."""

    def __init__(
        self, pages: Pages, limits: Limits, *, takes: Wanted, folder: Callable[[], Path], room: Callable[[int], bool]
    ) -> None:
        """`takes` says how many bytes the route of a path takes; `room`, whether the disk has room for so many."""
        self.limits = limits
        self._pages = pages
        self._takes = takes
        self._bodies = Bodies(limits, folder, room)
        self._threads = asyncio.Semaphore(limits.threads)
        self._inside = 0
        self._stopping = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI: the page, or why there is none."""
        try:
            answer = await self._answer(scope, receive)
        except bodies.Gone:
            return
        except Refused as refused:
            await self._refuse(scope, receive, send, refused)
        else:
            await answer.send(send)

    def stop(self) -> None:
        """From now on what has not begun is refused; what has, goes on."""
        self._stopping = True
        self._bodies.stop()

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        body = await self._arrived(scope, receive)
        if body is None:
            return await self._page(scope, receive, None)
        try:
            scope["headers"] = [
                *(pair for pair in scope["headers"] if pair[0] not in {b"content-length", b"transfer-encoding"}),
                (b"content-length", str(body.size).encode()),  # counted: WSGI knows no other length
            ]
            return await self._page(scope, receive, body)
        finally:
            self._bodies.forget(body)

    async def _arrived(self, scope: Scope, receive: Receive) -> Spool | None:
        """What was sent, whole; None without a body."""
        try:
            self._heed()
            if sum(len(name) + len(value) for name, value in scope["headers"]) > self.limits.header_bytes:
                raise refusals.LongHeaders
            if bodies.length(scope) == 0:
                return None
            return await self._bodies.read(scope, receive, self._takes(scope["path"]))
        except Refused as refused:
            refused.unread = not isinstance(refused, bodies.TooSlow)
            raise

    async def _page(self, scope: Scope, receive: Receive, body: Spool | None) -> Answer:
        async with self._thread():
            try:
                return await self._pages.answer(scope, receive, body.reader() if body else None)
            except OSError as problem:
                if room.is_full(problem):
                    raise bodies.Full from problem
                raise

    @asynccontextmanager
    async def _thread(self) -> AsyncIterator[None]:
        """Waits for a thread to be free, among so many and so long."""
        if self._inside >= self.limits.threads + self.limits.waiting:
            raise refusals.Busy
        self._inside += 1
        try:
            try:
                async with asyncio.timeout(self.limits.wait):
                    await self._threads.acquire()
            except TimeoutError:
                raise refusals.Busy from None
            try:
                self._heed()
                yield
            finally:
                self._threads.release()
        finally:
            self._inside -= 1

    def _heed(self) -> None:
        if self._stopping:
            raise bodies.Stopping

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, refused: Refused) -> None:
        log.info("refused %s: %s", scope["method"], type(refused).__name__)
        await refusals.refuse(scope, send, type(refused))
        if refused.unread:
            # Closing now would reset a connection that still sends, and its sender would never read the answer.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LISTENING):
                    while (await receive()).get("more_body", False):
                        pass
        await refusals.ended(send)
