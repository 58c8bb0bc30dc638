"""The server: uvicorn, which looks at its connections every second and tells the pages when it leaves."""

import resource
import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from tratativa.gate import connections
from tratativa.gate.asgi import App
from tratativa.gate.limits import Limits

TICKS = 10  # uvicorn's, in a second


class Server(uvicorn.Server):
    """Serves until SIGTERM or SIGINT; `leaving` is called before it waits for the pages that have begun."""

    def __init__(self, application: App, limits: Limits, leaving: Callable[[], None]) -> None:
        """Listens to nobody yet."""
        connections.Connection.limits = limits
        self._leaving = leaving
        super().__init__(
            uvicorn.Config(
                application,
                http=connections.Connection,
                ws="none",
                proxy_headers=False,
                access_log=False,
                server_header=False,
                log_level="warning",
                timeout_graceful_shutdown=int(limits.farewell),
            )
        )

    def serve_on(self, door: socket.socket) -> None:
        """Serves on a listening socket."""
        _open_many_files()
        self.run(sockets=[door])

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second."""
        if counter % TICKS == 0:
            connections.look_at_all(self.server_state.connections)
        over = await super().on_tick(counter)
        if over:
            self._leaving()
        return over


def _open_many_files() -> None:
    """As many as the machine lets us: each client is one."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
