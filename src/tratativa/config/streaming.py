"""The live stream: one LISTEN for the process, ids only, sent to every open page that may hear them."""

import asyncio
import contextlib
import json
import logging
import time
from collections import deque
from collections.abc import AsyncIterator
from typing import Any, NamedTuple
from urllib.parse import parse_qs

import psycopg
from django.conf import settings
from django.core import signing

from tratativa.accounts import sessions
from tratativa.config import reasons
from tratativa.gate import security_headers
from tratativa.gate.asgi import Receive, Scope, Send

log = logging.getLogger(__name__)

CHANNEL = "tratativa_live"
SALT = "tratativa.events"
TOKEN_AGE = 12 * 60 * 60  # seconds
PING = 20.0  # seconds of silence after which proxies grow impatient
BACKLOG = 100  # messages a slow page may owe; beyond it the page starts over
LATELY = 500  # changes remembered for pages that were drawn before them and listen only after
LONGEST_PAUSE = 10.0  # seconds between two tries to reach the database
RESYNC = b"event: resync\ndata: {}\n\n"
# The id makes a browser that reconnects say so, and then it is told to fetch everything again.
GREETING = b"retry: 2000\nid: 1\n\n"


class Page:
    """One open page: the topics it may hear and what it has not been sent yet."""

    def __init__(self, topics: frozenset[str]) -> None:
        """With nothing to say yet."""
        self.topics = topics
        self.waiting: asyncio.Queue[bytes] = asyncio.Queue(BACKLOG)

    def put(self, message: bytes) -> None:
        """Queues a message; a page too slow for its news forgets them and fetches everything again."""
        if self.waiting.full():
            while not self.waiting.empty():
                self.waiting.get_nowait()
            message = RESYNC
        self.waiting.put_nowait(message)


class Change(NamedTuple):
    """A change passed on: when it was made, seconds since the epoch, and for which topics."""

    at: float
    topics: frozenset[str]
    message: bytes


class Stream:
    """The ASGI application of `/events` and the listener behind it."""

    def __init__(self, connect: dict[str, Any]) -> None:
        """`connect` holds psycopg's connection parameters."""
        self.connect = connect
        self.pages: set[Page] = set()
        self.lately: deque[Change] = deque(maxlen=LATELY)
        self.listening = asyncio.Event()  # set while the database would tell us
        self._since = float("inf")  # when it last began to; seconds since the epoch
        self._ending = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Streams the changes its signed token names until the page closes; 403 for any other token."""
        allowed = _allowed(scope)
        if allowed is None:
            await _refuse(send)
            return
        await _begin(send)
        topics, drawn = allowed
        page = Page(topics)
        self.pages.add(page)
        back = any(name == b"last-event-id" for name, _value in scope["headers"])
        if back or (self.listening.is_set() and self._forgot(drawn)):
            page.put(RESYNC)
        else:
            self._tell_missed(page, drawn)
        gone = asyncio.ensure_future(self._over(receive))
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
                    async for notice in connection.notifies():
                        self._pass_on(notice.payload)
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

    async def _over(self, receive: Receive) -> None:
        left = asyncio.ensure_future(_gone(receive))
        ending = asyncio.ensure_future(self._ending.wait())
        waited: set[asyncio.Future[Any]] = {left, ending}
        try:
            await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        finally:
            left.cancel()
            ending.cancel()

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
            topics, at = frozenset(news["topics"]), float(news.get("at", time.time()))
        except (ValueError, KeyError, TypeError):
            log.warning("a notice on %s is not ours: %.80r", CHANNEL, payload)
            return
        message = _told(news)
        if not news.get("does"):
            self.lately.append(Change(at, topics, message))
        for page in self.pages:
            if not topics.isdisjoint(page.topics):
                page.put(message)

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
    if news.get("does"):
        event, data = b"presence", {name: news.get(name) for name in ("id", "does", "party", "who")}
    else:
        event, data = b"change", {"id": news.get("id")}
    return b"event: " + event + b"\ndata: " + json.dumps(data).encode() + b"\n\n"


def _allowed(scope: Scope) -> tuple[frozenset[str], float] | None:
    """What the page's token lets it hear, and when the page began to be drawn; none for a token that is not good."""
    token = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
    try:
        says = signing.loads(token, salt=SALT, max_age=TOKEN_AGE)
        if says["session"] != sessions.digest(_session(scope)):
            return None
        return frozenset(says["topics"]), float(says["at"])
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None


def _session(scope: Scope) -> str:
    """The session key the browser shows; empty without one."""
    sent = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    pairs = (pair.strip().partition("=") for pair in sent.decode("latin-1").split(";"))
    return next((value for name, _equals, value in pairs if name == settings.SESSION_COOKIE_NAME), "")


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
