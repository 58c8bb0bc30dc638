"""Bodies: read on the event loop into a bounded spool, before any thread or parser is given to their request."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from tratativa.cases.files import room
from tratativa.gate.asgi import Receive, Scope, header
from tratativa.gate.limits import Limits
from tratativa.gate.spool import Spool


class Refused(Exception):
    """The request is not taken; the name of the class says why. `unread`: more of it may be on its way."""

    unread = False


class TooLarge(Refused):
    """More bytes than this route takes, as declared or as counted."""


class TooSlow(Refused):
    """Slower than the lowest rate, or longer than the deadline."""


class Crowded(Refused):
    """Too many bodies at once, and this one is the one that is furthest behind."""


class Unreadable(Refused):
    """Its length is said in two ways, or in none that is understood."""


class Full(Refused):
    """The disk takes no more."""


class Stopping(Refused):
    """The process stops, and the request has not begun."""


class Gone(Exception):
    """Whoever was sending has left."""


class _Arriving:
    """A body under way: when it has to go on by, and what it holds."""

    def __init__(self, patience: float) -> None:
        self.due = asyncio.get_running_loop().time() + patience
        self.clock: asyncio.Timeout = asyncio.timeout_at(self.due)
        self.why: type[Refused] = TooSlow
        self.turned_away = False
        self.size = 0

    def turn_away(self, why: type[Refused]) -> None:
        self.why, self.turned_away = why, True
        self.clock.reschedule(asyncio.get_running_loop().time())


class Bodies:
    """All bodies that are arriving at this process; together they stay within the limits."""

    def __init__(self, limits: Limits, folder: Callable[[], Path], room: Callable[[int], bool]) -> None:
        """`room` says whether the disk has room for so many bytes more."""
        self.limits = limits
        self._folder = folder
        self._room = room
        self._arriving: set[_Arriving] = set()
        self._held = 0

    async def read(self, scope: Scope, receive: Receive, most: int) -> Spool:
        """The whole body, at most so many bytes; the caller closes it.

        Raises a Refused that says why it is not taken, and Gone when its sender has left.
        """
        declared = length(scope)
        if declared > most:
            raise TooLarge
        if declared > 0 and not self._room(declared):
            raise Full
        arriving = self._begin()
        spool = Spool(self._folder())
        try:
            async with arriving.clock:
                await self._take(arriving, receive, spool, most)
        except BaseException as problem:
            spool.close()
            self._held -= spool.size
            if isinstance(problem, TimeoutError):
                raise arriving.why from None
            if room.is_full(problem):
                raise Full from problem
            raise
        finally:
            self._arriving.discard(arriving)
        return spool

    def forget(self, spool: Spool) -> None:
        """The request is answered: its bytes go."""
        spool.close()
        self._held -= spool.size

    def stop(self) -> None:
        """Turns away whatever is still arriving."""
        for arriving in list(self._arriving):
            self._turn_away(arriving, Stopping)

    def _turn_away(self, arriving: _Arriving, why: type[Refused]) -> None:
        self._arriving.discard(arriving)
        arriving.turn_away(why)

    def _begin(self) -> _Arriving:
        if len(self._arriving) >= self.limits.bodies:
            self._turn_away(self._furthest_behind(), Crowded)
        arriving = _Arriving(self.limits.patience)
        self._arriving.add(arriving)
        return arriving

    async def _take(self, arriving: _Arriving, receive: Receive, spool: Spool, most: int) -> None:
        now = asyncio.get_running_loop().time
        end = now() + self.limits.deadline
        while True:
            message = await receive()
            if arriving.turned_away:
                raise arriving.why
            if message["type"] == "http.disconnect":
                raise Gone
            chunk = message.get("body", b"")
            if spool.size + len(chunk) > most:
                raise TooLarge
            self._hold(arriving, spool, chunk)
            if not message.get("more_body", False):
                return
            # What came buys time at the lowest rate, and never more than the patience: whoever hurried is not let
            # stand still afterwards.
            arriving.due = min(arriving.due + len(chunk) / self.limits.slowest, now() + self.limits.patience, end)
            arriving.clock.reschedule(arriving.due)

    def _hold(self, arriving: _Arriving, spool: Spool, chunk: bytes) -> None:
        if self._held + len(chunk) > self.limits.spool_bytes:
            behind = self._furthest_behind()
            if behind is arriving:
                raise Crowded
            self._turn_away(behind, Crowded)
        if spool.rolled and not self._room(len(chunk)):
            raise Full
        spool.write(chunk)
        self._held += len(chunk)
        arriving.size = spool.size

    def _furthest_behind(self) -> _Arriving:
        return min(self._arriving, key=lambda one: (one.due, -one.size))


def length(scope: Scope) -> int:
    """Declared bytes; 0 without a body, -1 where they come in chunks. Raises Unreadable where nobody can tell."""
    if header(scope, b"transfer-encoding"):
        return -1
    said = {value for name, value in scope["headers"] if name == b"content-length"}
    if len(said) > 1 or not all(value.isdigit() and len(value) < 16 for value in said):
        raise Unreadable
    return int(said.pop()) if said else 0
