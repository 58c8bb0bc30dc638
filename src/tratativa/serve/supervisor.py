"""The supervisor: one supervisor that brings up the database, the web and the worker, and takes them down in order."""

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

import psycopg

from tratativa.config import reasons
from tratativa.config.trouble import Trouble
from tratativa.serve import children, environment, places, postgres, proxy, reserve, stepping_down
from tratativa.serve.supervised_child import Kept

LOOK_EVERY = 0.2  # seconds
LEAVING = 3.0  # seconds the web processes of a killed supervisor may still hold the port
WEB_PATIENCE = 12.0  # seconds an answer under way has to finish; the gate gives it eight
WORKER_PATIENCE = 30.0  # seconds a running job has


ALL = frozenset({"database", "migrate", "web", "worker"})
DEMO = ALL | {"stage"}
WEB_ONLY = frozenset({"web"})


@dataclass(frozen=True)
class Plan:
    """What to serve: where the data lie, where to listen, how many web processes, and which parts of it all."""

    home: Path
    host: str
    port: int
    web: int = 2
    parts: frozenset[str] = ALL

    @property
    def address(self) -> str:
        """The URL people on this machine type."""
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::", ""} else self.host  # noqa: S104 – compared, not bound
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


class Stopped(Exception):
    """Somebody asked us to stop."""


class Supervisor:
    """The processes of one `serve`; `say` takes each sentence for the operator."""

    def __init__(self, plan: Plan, say: Callable[[str], None]) -> None:
        """Nothing runs yet."""
        self.plan = plan
        self.say = say
        self.database: postgres.Server | None = None
        self.web: list[Kept] = []
        self.worker: list[Kept] = []
        self._asked = 0
        self._env: dict[str, str] = {}

    def tell_setup(self) -> None:
        """Has the first run's address told, where nobody administers yet; that it fails stops nothing."""
        if _has_administrator(self._env["DATABASE_URL"]):
            return
        if self._run([*_ourselves(["setup", "link", "--if-open"]), "--data", str(self.plan.home)], self._env):
            self.say("O endereço da primeira configuração não pôde ser dito: veja com tratativa setup link.")

    def run(self, welcome: Callable[[], None]) -> None:
        """Serves until SIGTERM or SIGINT; calls `welcome` when the first page can be fetched.

        Raises Trouble when it cannot begin.
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)
        try:
            with listen(self.plan.host, self.plan.port) as door:
                told = stepping_down.step_down(self.plan.home)
                if told:
                    self.say(told)
                env = self._env = self._surround()
                self._begin(env)
                self._keep(env, door)
                self._watch(welcome)
        except Stopped:
            self.say("Parando…")
        finally:
            self._stop()
        self.say(f"Parado. Os dados ficam em {self.plan.home}.")

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self._asked += 1

    def _heed(self) -> None:
        if self._asked:
            raise Stopped

    def _surround(self) -> dict[str, str]:
        proxy.examine(os.environ)
        places.make(places.make(self.plan.home) / "static")
        # The demonstration lets everybody in: it never does so on a database somebody works with.
        given = "" if "stage" in self.plan.parts else environment.given_database()
        url = given or self._bring_up_database()
        env = environment.of(self.plan.home, url)
        env["TRATATIVA_URL"] = os.environ.get("TRATATIVA_URL") or self.plan.address
        if "database" in self.plan.parts:
            places.remember_site(self.plan.home, env["TRATATIVA_URL"])
        # Whatever the operator's environment says: only `tratativa demo`, on data of its own, lets everybody in.
        env["TRATATIVA_DEMO"] = "1" if "stage" in self.plan.parts else ""
        return env

    def _bring_up_database(self) -> str:
        if "database" not in self.plan.parts:
            return environment.database(self.plan.home)
        self.database = postgres.Server(self.plan.home)
        self.database.start(self._heed)
        return self.database.serving_url

    def _begin(self, env: dict[str, str]) -> None:
        if "migrate" in self.plan.parts:
            owner = self.database.url if self.database else os.environ.get("TRATATIVA_OWNER_URL", "")
            self._once(["migrate"], {**env, "TRATATIVA_OWNER_URL": owner})
        elif "web" in self.plan.parts:
            self._run([sys.executable, "-m", "tratativa.serve.tables"], env)
        if "stage" in self.plan.parts:
            self._once(["stage"], env)

    def _once(self, command: Sequence[str], env: dict[str, str]) -> None:
        if self._run(_ourselves(command), env):
            raise Trouble(f"A etapa «tratativa {' '.join(command)}» falhou; o motivo está acima.")

    def _run(self, command: Sequence[str], env: dict[str, str]) -> int:
        """The status a command of ours ends with; what it says goes where ours goes."""
        self._heed()
        child = children.start(command, dying=signal.SIGTERM, env=env)
        while child.poll() is None:
            if self._asked:
                child.terminate()
                child.wait()
                raise Stopped
            time.sleep(LOOK_EVERY / 4)
        return child.returncode

    def _keep(self, env: dict[str, str], door: socket.socket) -> None:
        web = [sys.executable, "-m", "tratativa.serve.web_process", str(door.fileno())]

        def start_web() -> "subprocess.Popen[bytes]":
            return children.start(web, dying=signal.SIGTERM, env=env, fds=[door.fileno()])

        def start_worker() -> "subprocess.Popen[bytes]":
            return children.start(_ourselves(["worker"]), dying=signal.SIGTERM, env=env)

        self.web = [Kept(f"O processo web {number}", start_web) for number in range(1, self.plan.web + 1)]
        if "worker" in self.plan.parts:
            self.worker = [Kept("O worker", start_worker)]

    def _watch(self, welcome: Callable[[], None]) -> None:
        greeted = False
        kept_aside = reserve.Reserve(self.plan.home, self.say)
        children = [*self._kept_database(), *self.web, *self.worker]
        while True:
            self._heed()
            for kept in children:
                if sentence := kept.tend(time.monotonic()):
                    self.say(sentence)
            kept_aside.tend(time.monotonic())
            if not greeted and _answers(self.plan.address):
                greeted = True
                welcome()
            time.sleep(LOOK_EVERY)

    def _kept_database(self) -> list[Kept]:
        if self.database is None:
            return []
        kept = Kept("O PostgreSQL", self.database.restart)
        kept.process = self.database.process
        return [kept]

    def _stop(self) -> None:
        for group, patience in ((self.web, WEB_PATIENCE), (self.worker, WORKER_PATIENCE)):
            for kept in group:
                kept.ask_to_stop()
            for kept in group:
                kept.see_stop(patience, hurry=lambda: self._asked > 1)
        if self.database is not None:
            self.database.stop()


def listen(host: str, port: int) -> socket.socket:
    """The listening socket, bound here so that a second copy is refused instead of sharing the port.

    Raises Trouble when the port is taken or not ours to take.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    end = time.monotonic() + LEAVING
    while True:
        try:
            return socket.create_server((host, port), family=family, backlog=512)
        except OSError as problem:
            if problem.errno != errno.EADDRINUSE or time.monotonic() > end:
                raise Trouble(_deaf(host, port, problem)) from problem
        time.sleep(LOOK_EVERY)


def _deaf(host: str, port: int, problem: OSError) -> str:
    if problem.errno == errno.EADDRINUSE:
        return (
            f"A porta {port} já está em uso em {host}. Escolha outra com --port {port + 1} "
            f"(ou make demo PORT={port + 1})."
        )
    if problem.errno == errno.EACCES:
        return f"A porta {port} é reservada ao root. Escolha uma acima de 1023 com --port."
    return f"Não consigo escutar em {host}:{port}: {reasons.system(problem)}."


def _has_administrator(url: str) -> bool:
    """Whether somebody administers a marketplace: asked here, so that no start of a desk in use waits for Django."""
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            return connection.execute(_ADMINISTERED).rowcount > 0
    except psycopg.Error:
        return False


_ADMINISTERED = """
    select from accounts_membership place join accounts_person person on person.id = place.person_id
    where place.seller_id is null and place.partner_id is null and place.role = 'admin' and person.is_active limit 1
"""


def _ourselves(command: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "tratativa.cli", *command]


def _answers(address: str) -> bool:
    """Whether a page can be fetched: any answer but "not yet" will do, a refused host name or a redirect too."""
    where = urlsplit(address)
    connection = HTTPConnection(where.hostname or "", where.port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status != HTTPStatus.SERVICE_UNAVAILABLE
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
