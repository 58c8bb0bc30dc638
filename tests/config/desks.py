"""Real desks, started as an operator starts them, and ways to wait for what becomes of them."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO, LiteralString

import psycopg

from tratativa.serve import postgres

PATIENCE = 240.0  # seconds; generous, because the machine may be busy: a migration took more than 90 at a load of 10


def until(condition: Callable[[], object], what: str, said: Callable[[], str] = str) -> None:
    """Looks until the condition holds; fails the test with `what` and what was said when it never does."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"waited {PATIENCE:.0f} s in vain for {what}\n{said()}"
        time.sleep(0.05)


class Desk:
    """One `tratativa serve`, or `demo`, on a folder and a port."""

    def __init__(self, home: Path, output: IO[bytes], **env: str) -> None:
        """Not yet started; `env` is added to its environment."""
        self.home = home
        self.port = free_port()
        self.output = output
        self.env = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "DJANGO_SETTINGS_MODULE": "drill.settings",
            "PYTHONPATH": str(Path(__file__).parent),
            "TRATATIVA_POSTGRES": "fsync=off full_page_writes=off",
            **env,
        }
        self.python = sys.executable
        self.process: subprocess.Popen[bytes] | None = None

    def command(self, *arguments: str) -> list[str]:
        return [self.python, "-m", "tratativa.cli", *arguments, "--data", str(self.home)]

    def start(self, *command: str) -> "Desk":
        """Serves, by this command and options, until the first page can be fetched."""
        serve = self.command(*(command or ("serve", "--web", "1")), "--port", str(self.port))
        self.process = process = subprocess.Popen(serve, env=self.env, stdout=self.output, stderr=subprocess.STDOUT)
        until(lambda: self.address in self.said() or process.poll() is not None, "the desk", self.said)
        assert process.poll() is None, self.said()
        return self

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Another command on the same data, to its end."""
        command = self.command(*arguments)
        return subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=PATIENCE)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def said(self) -> str:
        return Path(self.output.name).read_text()

    def healthy(self) -> bool:
        return self.get("/healthz") == 200

    def get(self, path: str) -> int:
        """The status of that page's answer, 0 without one."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, HTTPException):
            return 0
        finally:
            connection.close()

    def children(self, word: str) -> list[int]:
        """The processes of this desk whose command line contains the word."""
        assert self.process is not None
        return [pid for pid in children_of(self.process.pid) if word in command_line(pid)]

    def url(self, role: str = postgres.NAME) -> str:
        found = postgres.running(self.home, role=role)
        assert found, "the desk keeps no database"
        return found

    def ask(self, query: LiteralString, *values: object) -> list[tuple[object, ...]]:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            cursor = connection.execute(query, values)
            return cursor.fetchall() if cursor.description else []


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def children_of(parent: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                status = (entry / "stat").read_text()
            except OSError:
                continue
            if int(status.rpartition(")")[2].split()[1]) == parent:
                found.append(int(entry.name))
    return found


def command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def gone(pid: int) -> bool:
    """Whether it has ended; one that only waits to be reaped has."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
