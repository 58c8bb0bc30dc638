"""The live stream: one LISTEN for the process, ids only, sent to every open page that may hear them."""

import asyncio
import contextlib
import json
import logging
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import psycopg

from tratativa.config import hearers, reasons
from tratativa.config.hearers import RESYNC, Page, Token
from tratativa.gate import security_headers
from tratativa.gate.asgi import Receive, Scope, Send

log = logging.getLogger(__name__)

CHANNEL = "tratativa_live"
NOTICED = "notice"  # `cases.core.live.NOTICED`: this process asks Django's rooms nothing
MayHear = Callable[[Token], bool]
PING = 20.0  # seconds of silence after which proxies grow impatient
LOOK_AGAIN = 60.0  # seconds between two looks at whether a page may still hear
PER_SESSION = 60  # open pages of one session; beyond it the oldest is ended
LATELY = 500  # changes remembered for pages that were drawn before them and listen only after
LONGEST_PAUSE = 10.0  # seconds between two tries to reach the database
# The id makes a browser that reconnects say so, and then it is told to fetch everything again.
GREETING = b"retry: 2000\nid: 1\n\n"


class Change(NamedTuple):
    """A change passed on: when it was made, seconds since the epoch, and for which topics."""

    at: float
    topics: frozenset[str]
    message: bytes


class Stream:
    """The ASGI application of `/events` and the listener behind it."""

    def __init__(self, connect: dict[str, Any], may_hear: MayHear) -> None:
        """`connect` holds psycopg's connection parameters; `may_hear` asks the database, and may take its time."""
        self.connect = connect
        self.may_hear = may_hear
        self._thread = ThreadPoolExecutor(1, "hearing")
        self.pages: set[Page] = set()
        self.lately: deque[Change] = deque(maxlen=LATELY)
        self.listening = asyncio.Event()  # set while the database would tell us
        self._since = float("inf")  # when it last began to; seconds since the epoch
        self._ending = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Streams the changes its signed token names until the page closes; 403 for any other token."""
        token = hearers.said(scope)
        if token is None:
            await _refuse(send)
            return
        page = Page(token)
        self._make_room(token.session)
        self.pages.add(page)  # before it is looked at: what ends meanwhile ends it
        await self._look_at(page)
        if page.over.is_set():
            self.pages.discard(page)
            await _refuse(send)
            return
        await _begin(send)
        await self._stream(page, scope, receive, send)

    async def _stream(self, page: Page, scope: Scope, receive: Receive, send: Send) -> None:
        drawn = page.token.drawn
        back = any(name == b"last-event-id" for name, _value in scope["headers"])
        if back or (self.listening.is_set() and self._forgot(drawn)):
            page.put(RESYNC)
        else:
            self._tell_missed(page, drawn)
        gone = asyncio.ensure_future(self._over(page, receive))
        try:
            async for message in _messages(page, gone):
                await send({"type": "http.response.body", "body": message, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            self.pages.discard(page)
            gone.cancel()

    async def listen(self) -> None:
        """Hears PostgreSQL for as long as the process lives, through outages.

        Whenever it begins to hear, every page that is open already starts over: what happened before, nobody told it.
        """
        pause = 0.0
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**self.connect, autocommit=True) as connection:
                    await connection.execute(f"listen {CHANNEL}")
                    if pause:
                        log.warning("live news are back")
                    pause = 0.0
                    self._begin_to_hear()
                    looking = asyncio.create_task(self._look_again())  # what ended meanwhile was told to nobody
                    try:
                        async for notice in connection.notifies():
                            self._pass_on(notice.payload)
                    finally:
                        looking.cancel()
            except (psycopg.Error, OSError) as problem:
                if not pause:
                    log.warning("live news pause, the database cannot be reached: %s", reasons.line(problem))
            finally:
                self.listening.clear()
            pause = min(LONGEST_PAUSE, pause * 2 or 0.5)
            await asyncio.sleep(pause)

    def end(self) -> None:
        """Ends every stream; the pages come back by themselves, to whoever answers then."""
        self._ending.set()

    async def _over(self, page: Page, receive: Receive) -> None:
        ways = (_gone(receive), self._ending.wait(), page.over.wait())
        waited = [asyncio.ensure_future(way) for way in ways]
        try:
            await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in waited:
                way.cancel()

    def _make_room(self, session: str) -> None:
        """Ends the oldest page of a session that has too many: nobody takes every connection with one sign-in."""
        theirs = [page for page in self.pages if page.token.session == session and not page.over.is_set()]
        if len(theirs) >= PER_SESSION:
            min(theirs, key=lambda page: page.since).over.set()

    async def _look_at(self, page: Page) -> None:
        """Ends the page if its actor may hear no more. While the database is away nothing is told, and nobody ends."""
        try:
            heard = await asyncio.get_running_loop().run_in_executor(self._thread, self.may_hear, page.token)
        except Exception as problem:
            log.warning("nobody knows whether a page may still hear: %s", reasons.line(problem))
            return
        if not heard:
            page.over.set()

    async def _look_again(self) -> None:
        """Looks at every open page now and then: what ends by the clock alone is told by nobody."""
        while True:
            for page in list(self.pages):
                await self._look_at(page)
            await asyncio.sleep(LOOK_AGAIN)

    def _begin_to_hear(self) -> None:
        self._since = time.time()
        self.lately.clear()
        self.listening.set()
        self._tell_all(RESYNC)

    def _forgot(self, drawn: float) -> bool:
        """Whether something may have changed since the page was drawn that nobody here remembers."""
        remembered = self.lately[0].at if len(self.lately) == LATELY else self._since
        return drawn < remembered

    def _pass_on(self, payload: str) -> None:
        try:
            news = json.loads(payload)
            if "ended" in news:
                self._end(str(news["ended"]))
                return
            topics, at = frozenset(news["topics"]), float(news.get("at", time.time()))
        except (ValueError, KeyError, TypeError):
            log.warning("a notice on %s is not ours: %.80r", CHANNEL, payload)
            return
        message = _told(news)
        if news.get("does") in {None, NOTICED}:
            self.lately.append(Change(at, topics, message))
        for page in self.pages:
            if not topics.isdisjoint(page.topics):
                page.put(message)

    def _end(self, whom: str) -> None:
        """Ends the pages of whoever this names; a browser comes back, and is let in if it still may."""
        for page in self.pages:
            if whom in page.token.ended_by:
                page.over.set()

    def _tell_missed(self, page: Page, drawn: float) -> None:
        """What changed while the page was drawn and sent: it was not listening yet."""
        missed = [one.message for one in self.lately if one.at > drawn and not one.topics.isdisjoint(page.topics)]
        for message in dict.fromkeys(missed):
            page.put(message)

    def _tell_all(self, message: bytes) -> None:
        for page in self.pages:
            page.put(message)


def _told(news: dict[str, Any]) -> bytes:
    """A change, or what somebody is doing: ids and the names of parties, never words."""
    if news.get("does") == NOTICED:
        event, data = b"notice", {}
    elif news.get("does"):
        event, data = b"presence", {name: news.get(name) for name in ("id", "does", "party", "who")}
    else:
        event, data = b"change", {"id": news.get("id")}
    return b"event: " + event + b"\ndata: " + json.dumps(data).encode() + b"\n\n"


async def _refuse(send: Send) -> None:
    headers = _dressed((b"content-type", b"text/plain"))
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": b"forbidden\n"})


def _dressed(*headers: tuple[bytes, bytes]) -> list[tuple[bytes, bytes]]:
    """With what every page carries: a policy, no guessing of types, no frame, no cache."""
    worn = [(name.encode(), value.encode()) for name, value in security_headers.of_a_page().items()]
    return [*headers, (b"cache-control", b"no-store"), *worn]


async def _begin(send: Send) -> None:
    headers = _dressed((b"content-type", b"text/event-stream; charset=utf-8"), (b"x-accel-buffering", b"no"))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": GREETING, "more_body": True})


async def _messages(page: Page, gone: "asyncio.Future[None]") -> AsyncIterator[bytes]:
    while not gone.done():
        message = asyncio.ensure_future(page.waiting.get())
        waited: set[asyncio.Future[Any]] = {message, gone}
        await asyncio.wait(waited, timeout=PING, return_when=asyncio.FIRST_COMPLETED)
        if message.done():
            yield message.result()
        else:
            message.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await message
            if not gone.done():
                yield b": ping\n\n"


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
