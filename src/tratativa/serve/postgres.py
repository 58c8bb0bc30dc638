"""The embedded PostgreSQL: the wheel's binaries, kept by our own process, reachable by a private socket only."""

import contextlib
import fcntl
import os
import pwd
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg

from tratativa.config.trouble import Trouble
from tratativa.serve import binaries, children, owner, places, roles, stale_server

NAME = "tratativa"
SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET = 100  # bytes; the kernel's limit is 107
WAIT = 0.05  # seconds between two looks
LOCK_PATIENCE = 0.5  # seconds; whoever only asks whether a server runs holds the lock for a moment


class Busy(Trouble):
    """Another process holds this data folder."""


class Server:
    """One data folder and the server that runs on it while this object holds the folder's lock."""

    def __init__(self, home: Path, settings: Mapping[str, str] | None = None) -> None:
        """Of `<home>/postgres`; `settings` are PostgreSQL's own, TRATATIVA_POSTGRES="name=value …" adds to them."""
        self.home = places.make(home)
        self.folder = home / "postgres"
        self.data = self.folder / "data"
        self.log = self.folder / "server.log"
        self.settings = {**(settings or {}), **_chosen(os.environ.get("TRATATIVA_POSTGRES", ""))}
        self.process: subprocess.Popen[bytes] | None = None
        self._lock: int | None = None
        self._user = owner.of(self.folder)

    @property
    def url(self) -> str:
        """How its owner reaches it; known once it has been started."""
        return _url(str(self._socket))

    @property
    def serving_url(self) -> str:
        """What DATABASE_URL should say to serve from it, as a role that owns nothing."""
        return _url(str(self._socket), role=roles.SERVING)

    def start(self, heed: Callable[[], None] = lambda: None) -> None:
        """Locks the folder, makes the data on the first run, and returns when the server takes connections.

        Recovery after a crash takes as long as it takes; `heed` is called meanwhile and may raise to give up.
        Raises Busy or Trouble.
        """
        self._take_lock()
        try:
            self._prepare()
            self._launch()
            self._wait(heed)
            self._create()
        except OSError as problem:
            raise Trouble(f"O PostgreSQL embutido não pôde começar em {self.home}: {problem}.") from problem

    def alive(self) -> bool:
        """Whether the server's process is there."""
        return self.process is not None and self.process.poll() is None

    def restart(self) -> "subprocess.Popen[bytes]":
        """Starts again a server that died, on the same data, and returns at once."""
        stale_server.clear(self.data, self._socket / f"{SOCKET}.lock")
        return self._launch()

    def stop(self) -> None:
        """Rolls back what is open, writes everything down, and gives the folder back."""
        if self.process is not None and self.alive():
            self.process.send_signal(signal.SIGINT)
            self.process.wait()
        if self._lock is not None:
            self._forget_socket()
            os.close(self._lock)
            self._lock = None

    def _forget_socket(self) -> None:
        with contextlib.suppress(OSError):  # it never came to have one
            socket = Path((self.home / "address").read_text())
            (self.home / "address").unlink()
            if socket.parent != self.folder:
                shutil.rmtree(socket)

    def _take_lock(self) -> None:
        file = self.home / "lock"
        lock = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
        end = time.monotonic() + LOCK_PATIENCE
        while not _locked(lock):
            if time.monotonic() > end:
                os.close(lock)
                raise Busy(
                    f"Outra cópia já usa os dados de {self.home} (processo {file.read_text().strip() or '?'}). "
                    "Pare-a antes, ou escolha outra pasta com --data PASTA."
                )
            time.sleep(WAIT)
        os.ftruncate(lock, 0)
        os.write(lock, str(os.getpid()).encode())
        self._lock = lock

    def _prepare(self) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        owner.give(self.folder, self._user)
        if self._user and not binaries.reachable(self.folder, self._user):
            raise Trouble(
                f"O PostgreSQL não roda como root, e o usuário {pwd.getpwuid(self._user[0]).pw_name} não alcança "
                f"{self.home}. Escolha uma pasta que ele alcance com --data PASTA."
            )
        self._programs = binaries.folder(self.folder, self._user)
        if not self.data.exists():
            self._make_data()
        self._socket = self._make_socket()
        stale_server.clear(self.data, self._socket / f"{SOCKET}.lock")

    def _make_data(self) -> None:
        new = self.folder / "data.new"  # renamed when whole: a killed initdb leaves nothing half-made
        shutil.rmtree(new, ignore_errors=True)
        with self._open_log() as log:
            done = children.start(
                [
                    str(self._programs / "initdb"), "--pgdata", str(new), "--username", NAME, "--auth=trust",
                    "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
                ],
                dying=signal.SIGINT, env=_environment(), user=self._user, output=log, cwd=self.folder,
            ).wait()  # fmt: skip
        if done != 0:
            raise Trouble(self._failure())
        new.rename(self.data)

    def _make_socket(self) -> Path:
        """The socket's folder: beside the data, or private under the temporary folder when the path is too long."""
        socket = self.folder / "socket"
        if len(os.fsencode(socket / SOCKET)) <= LONGEST_SOCKET:
            socket.mkdir(mode=0o700, exist_ok=True)
        else:
            socket = Path(tempfile.mkdtemp(prefix="tratativa-"))
        owner.give(socket, self._user)
        address = self.home / "address.new"
        address.write_text(str(socket))
        address.rename(self.home / "address")
        return socket

    def _launch(self) -> "subprocess.Popen[bytes]":
        chosen = {
            "listen_addresses": "",
            "unix_socket_directories": str(self._socket),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            **self.settings,
        }
        options = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
        with self._open_log() as log:
            self.process = children.start(
                [str(self._programs / "postgres"), "-D", str(self.data), *options],
                dying=signal.SIGINT, env=_environment(), user=self._user, output=log, cwd=self.folder,
            )  # fmt: skip
        return self.process

    def _open_log(self) -> IO[bytes]:
        too_big = self.log.exists() and self.log.stat().st_size > 10_000_000
        return self.log.open("wb" if too_big else "ab")

    def _wait(self, heed: Callable[[], None]) -> None:
        while True:
            heed()
            if not self.alive():
                raise Trouble(self._failure())
            try:
                psycopg.connect(self._admin(), connect_timeout=5).close()
            except psycopg.OperationalError:
                time.sleep(WAIT)
            else:
                return

    def _create(self) -> None:
        """The database and the role that serves, where they are not there yet."""
        with psycopg.connect(self._admin(), autocommit=True) as connection:
            if not connection.execute("select from pg_roles where rolname = %s", [roles.SERVING]).rowcount:
                connection.execute(f"create role {roles.SERVING} login")
            if not connection.execute("select from pg_database where datname = %s", [NAME]).rowcount:
                connection.execute(f"create database {NAME}")

    def _admin(self) -> str:
        return _url(str(self._socket), "postgres")

    def _failure(self) -> str:
        tail = self.log.read_text(errors="replace").splitlines()[-5:]
        if any("No space left on device" in line for line in tail):
            return (
                f"O disco de {self.home} está cheio: libere espaço e comece de novo. Nada do que foi gravado se perdeu."
            )
        return f"O PostgreSQL embutido não começou. As últimas linhas de {self.log}:\n" + "\n".join(tail)


def running(home: Path, *, role: str = NAME) -> str | None:
    """The URL by which this role reaches the server another process keeps on this data folder, or None."""
    try:
        with (home / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        address = home / "address"  # missing in the first moments of the other's start
        return _url(address.read_text(), role=role) if address.exists() else None
    except OSError:
        return None
    return None


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _url(socket: str, name: str = NAME, *, role: str = NAME) -> str:
    return f"postgresql://{role}@/{name}?host={quote(socket, safe='/')}"


def _chosen(text: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in shlex.split(text)]
    if any(not name or not equals for name, equals, _value in pairs):
        raise Trouble(f"TRATATIVA_POSTGRES deve ter pares nome=valor separados por espaço, e não «{text}».")
    return {name: value for name, _equals, value in pairs}


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
