"""Hearing: a page is told to look again whenever something may have happened that nobody told this process."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest
from django.core import signing
from procrastinate.contrib.django.utils import connector_params

from tests import loops
from tratativa.accounts.access import sessions
from tratativa.config import asgi, hearers, streaming

RESYNC = hearers.RESYNC
SESSION = "abcdefghijklmnopqrstuvwxyz012345"
pytestmark = pytest.mark.django_db


def everybody(_token: hearers.Token) -> bool:
    """Nobody was shut out."""
    return True


class Open:
    """A page's event stream inside this process."""

    def __init__(self, stream: streaming.Stream, topic: str, *, drawn: float, session: str = SESSION) -> None:
        """Asks for the stream as a page does that began to be drawn then."""
        says = {
            "topics": [topic], "session": sessions.digest(session), "at": drawn,
            "party": "seller", "who": "somebody", "until": "nothing",
        }  # fmt: skip
        query = urlencode({"token": signing.dumps(says, salt=hearers.SALT)}).encode()
        cookie = (b"cookie", f"session={session}".encode())
        scope = {"type": "http", "path": "/events", "query_string": query, "headers": [cookie]}
        self.told: asyncio.Queue[bytes] = asyncio.Queue()
        self.task = asyncio.ensure_future(stream(scope, asyncio.Event().wait, self._send))  # type: ignore[arg-type]

    async def _send(self, message: MutableMapping[str, Any]) -> None:
        if b"event:" in message.get("body", b""):
            self.told.put_nowait(message["body"])
        elif b"retry:" in message.get("body", b""):
            self.greeted.set()

    @property
    def greeted(self) -> asyncio.Event:
        return self.__dict__.setdefault("_greeted", asyncio.Event())

    async def next(self) -> bytes:
        return await self.told.get()


def in_a_loop(story: Callable[[streaming.Stream], Awaitable[None]]) -> None:
    """Plays it with a stream on the test's database, and not for ever."""

    async def play() -> None:
        stream = streaming.Stream(connector_params(), everybody)
        await story(stream)

    loops.play(play())


def announce(news: str, topic: str) -> None:
    with psycopg.connect(**connector_params(), autocommit=True) as connection:
        payload = json.dumps({"topics": [topic], "id": news, "at": time.time()})
        connection.execute("select pg_notify(%s, %s)", (streaming.CHANNEL, payload))


def test_a_page_that_came_before_the_process_listened_is_told_to_look_again() -> None:
    async def story(stream: streaming.Stream) -> None:
        page = Open(stream, "seller:7", drawn=time.time())
        await page.greeted.wait()
        announce("nobody hears this", "seller:7")
        listening = asyncio.create_task(stream.listen())

        assert await page.next() == RESYNC
        listening.cancel()

    in_a_loop(story)


def test_a_page_drawn_before_the_process_listened_is_told_to_look_again() -> None:
    async def story(stream: streaming.Stream) -> None:
        drawn = time.time()
        announce("nobody hears this", "seller:7")
        listening = asyncio.create_task(stream.listen())
        await stream.listening.wait()
        announce("everybody hears this", "seller:8")

        late = Open(stream, "seller:7", drawn=drawn)
        fresh = Open(stream, "seller:7", drawn=time.time())
        await fresh.greeted.wait()
        announce("later", "seller:7")

        assert await late.next() == RESYNC
        assert b"later" in await fresh.next()
        listening.cancel()

    in_a_loop(story)


def test_a_page_older_than_what_is_remembered_is_told_to_look_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "LATELY", 2)

    async def story(stream: streaming.Stream) -> None:
        listening = asyncio.create_task(stream.listen())
        await stream.listening.wait()
        drawn = time.time()
        witness = Open(stream, "seller:9", drawn=drawn)
        await witness.greeted.wait()
        for news in ("one", "two", "three"):
            announce(news, "seller:9")
        while b"three" not in await witness.next():
            pass

        late = Open(stream, "seller:7", drawn=drawn)

        assert await late.next() == RESYNC
        listening.cancel()

    in_a_loop(story)


def test_ready_means_listening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asgi, "stream", streaming.Stream(connector_params(), everybody))
    said: list[str] = []

    async def play() -> None:
        told: asyncio.Queue[MutableMapping[str, Any]] = asyncio.Queue()
        ready = asyncio.Event()

        async def send(message: MutableMapping[str, Any]) -> None:
            said.append(message["type"])
            ready.set()

        told.put_nowait({"type": "lifespan.startup"})
        living = asyncio.ensure_future(asgi.application({"type": "lifespan"}, told.get, send))
        await ready.wait()
        said.append("listening" if asgi.stream.listening.is_set() else "deaf")
        told.put_nowait({"type": "lifespan.shutdown"})
        with suppress(asyncio.CancelledError):
            await living

    loops.play(play())

    assert said == ["lifespan.startup.complete", "listening", "lifespan.shutdown.complete"]


def test_one_session_does_not_take_every_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "PER_SESSION", 3)

    async def story(stream: streaming.Stream) -> None:
        listening = asyncio.create_task(stream.listen())
        await stream.listening.wait()
        neighbour = Open(stream, "seller:8", drawn=time.time(), session="z" * 32)
        await neighbour.greeted.wait()
        pages = []
        for _number in range(5):
            pages.append(Open(stream, "seller:8", drawn=time.time()))
            await pages[-1].greeted.wait()

        await asyncio.gather(pages[0].task, pages[1].task)  # the oldest are ended
        announce("later", "seller:8")

        assert [b"later" in await one.next() for one in (*pages[2:], neighbour)] == [True] * 4
        listening.cancel()

    in_a_loop(story)
