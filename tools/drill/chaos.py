"""Chaos: what a drill kills or cuts in the middle of its work, and what brings it back."""

import os
import random
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tratativa.serve import children, postgres

_CHUNK = 4096  # bytes
# A connection passes so many bytes and no more: signing in takes about 1,000, a look at 200 short letters 150,000.
LIFE = (1_000, 200_000)


class Database:
    """The database server: killed without a word, and started again on the same data."""

    def __init__(self, server: postgres.Server) -> None:
        """It runs already."""
        self._server = server
        self.deaths = 0

    def work(self) -> None:
        """Starts it where it is found dead."""
        if not self._server.alive():
            self._server.restart()

    def die(self) -> None:
        """Kill -9."""
        if self._server.process is not None and self._server.alive():
            self._server.process.kill()
            self._server.process.wait()
            self.deaths += 1


class Hand:
    """A process of ours that is started again whenever it is found dead."""

    def __init__(self, command: Sequence[str]) -> None:
        """Nothing runs yet."""
        self._command = [sys.executable, "-m", "tratativa.cli", *command]
        self._process: subprocess.Popen[bytes] | None = None

    def work(self) -> None:
        """Starts it where it is found dead."""
        if self._process is None or self._process.poll() is not None:
            with Path(os.devnull).open("wb") as silence:
                self._process = children.start(self._command, dying=signal.SIGKILL, env=os.environ, output=silence)

    def die(self) -> None:
        """Kill -9."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()


class Wire:
    """The way to a server, cut in the middle of what it carries: every connection ends after some bytes, at random."""

    def __init__(self, port: int) -> None:
        """Listens at once on a port of its own, and carries to that one on this machine."""
        self._to = port
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        self.cuts = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Takes no more connections."""
        self._door.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _address = self._door.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self._to), timeout=20)
            except OSError:
                near.close()
                continue
            life = random.randint(*LIFE)  # noqa: S311 – any of them will do
            threading.Thread(target=self._carry, args=(near, far, None), daemon=True).start()
            threading.Thread(target=self._carry, args=(far, near, life), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, life: int | None) -> None:
        with suppress(OSError):
            while data := source.recv(_CHUNK):
                if life is not None and len(data) >= life:
                    target.sendall(data[:life])
                    self.cuts += 1
                    _reset(target)
                    break
                target.sendall(data)
                life = None if life is None else life - len(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


def _reset(connection: socket.socket) -> None:
    """Ends a connection as a cable does that is pulled out: no farewell (RFC 9293 §3.5.3)."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
