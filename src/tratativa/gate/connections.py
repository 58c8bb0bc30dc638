"""Connections: uvicorn's, with a bound on headers, on how long they take, and on how slowly an answer is fetched."""

import asyncio
import contextlib
import fcntl
import socket
import struct
import sys
import termios
from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from tratativa.gate import bodies, refusals
from tratativa.gate.limits import Limits

LINGERS = 2.0  # seconds a connection stays open after it was turned away, so that the reason is read
PIPELINED = 16  # requests somebody may send before the first is answered
_ACKNOWLEDGED = 120  # where tcp_info holds the bytes the other side has, in eight bytes (linux/tcp.h)


class Connection(HttpToolsProtocol):
    """One client's connection, with what the watch wants to know of it."""

    limits: ClassVar[Limits]

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """As uvicorn makes it."""
        super().__init__(*arguments, **named)
        self.asking_since: float | None = None  # loop time; None while a request is under way, or nothing was said
        self.idle_since = self.loop.time()
        self._heard = 0
        self._turned_away = False
        self._owed_since: float | None = None
        self._fetched = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Takes a place; where all are taken, that of whoever has asked for nothing the longest."""
        super().connection_made(transport)
        self.asking_since = self.loop.time()
        if len(self.connections) > self.limits.connections:
            self._least_served().transport.abort()

    def _least_served(self) -> "Connection":
        """Whoever has asked for nothing the longest; else whoever fetches an answer the most slowly; else this one."""
        others = [one for one in self.connections if isinstance(one, Connection) and one is not self]
        if waiting := [one for one in others if one.waits]:
            return min(waiting, key=lambda one: one.idle_since)
        owing = [(one._owed_since, one) for one in others if one._owed_since is not None]
        return min(owing, key=lambda pair: pair[0])[1] if owing else self

    @property
    def waits(self) -> bool:
        """Whether nobody has asked for anything on it that is not answered."""
        return self.cycle is None or self.cycle.response_complete

    def data_received(self, data: bytes) -> None:
        """Counts what comes before a request is wholly asked."""
        if self._turned_away:
            return
        if self.waits:
            if self.asking_since is None:
                self.asking_since = self.loop.time()
            self._heard += len(data)
        super().data_received(data)
        if self._heard > self.limits.header_bytes and not self.transport.is_closing():
            self._turn_away(refusals.LongHeaders)

    def on_headers_complete(self) -> None:
        """The request is asked: from here on its body and its answer are looked after."""
        self.asking_since, self._heard = None, 0
        super().on_headers_complete()
        if len(self.pipeline) > PIPELINED:
            self.transport.abort()

    def on_response_complete(self) -> None:
        """The next request may come."""
        self.idle_since = self.loop.time()
        super().on_response_complete()

    def look(self, now: float) -> None:
        """Ends it where its headers, or the fetching of what it asked for, take too long."""
        if self.asking_since is not None and now - self.asking_since > self.limits.header_patience:
            if self._heard:
                self._turn_away(bodies.TooSlow)
            else:
                self.transport.abort()
        elif not self.transport.is_closing() or self._owes():
            self._look_at_answer(now)

    def _look_at_answer(self, now: float) -> None:
        """An answer is fetched at the lowest rate, seen over the patience, or the connection ends."""
        if not self._owes():
            self._owed_since = None
            return
        fetched = acknowledged(self.transport)
        if self._owed_since is None or fetched - self._fetched >= self.limits.slowest * self.limits.patience:
            self._owed_since, self._fetched = now, fetched
        elif now - self._owed_since > self.limits.patience:
            self._cut()

    def _cut(self) -> None:
        """Ends it without a farewell: a polite end would keep what was not fetched in the system's memory."""
        with contextlib.suppress(OSError, AttributeError):
            wire = self.transport.get_extra_info("socket")
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()

    def _owes(self) -> bool:
        return self.transport.get_write_buffer_size() > 0 or unsent(self.transport) > 0

    def _turn_away(self, why: type[bodies.Refused]) -> None:
        self._turned_away, self.asking_since = True, None
        self.transport.write(refusals.draw(why, settings.LANGUAGE_CODE, in_script=False).wire())
        self.loop.call_later(LINGERS, self.transport.abort)


def acknowledged(transport: asyncio.Transport) -> int:
    """How many bytes the other side has; where the system does not tell, what it took from us, below zero."""
    if sys.platform.startswith("linux"):
        wire = transport.get_extra_info("socket")
        with contextlib.suppress(OSError, struct.error, AttributeError):
            told = wire.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _ACKNOWLEDGED + 8)
            return int(struct.unpack_from("Q", told, _ACKNOWLEDGED)[0])
    return -transport.get_write_buffer_size()


def unsent(transport: asyncio.Transport) -> int:
    """Bytes the system holds that the other side has not; 0 where it does not tell."""
    if not sys.platform.startswith("linux"):
        return 0
    try:
        told = fcntl.ioctl(transport.get_extra_info("socket").fileno(), termios.TIOCOUTQ, b"\0" * 4)
    except (OSError, AttributeError, ValueError):
        return 0
    return int(struct.unpack("i", told)[0])


def look_at_all(connections: Iterable[object]) -> None:
    """Once a second, at every connection of the process."""
    now = asyncio.get_running_loop().time()
    for one in list(connections):
        if isinstance(one, Connection):
            one.look(now)
