"""The command `tratativa drill`: letters come in while whoever takes them, and the database, is killed (P-01)."""

import os
import random
import signal
import smtplib
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tratativa.config import children, postgres, surroundings
from tratativa.config.trouble import Trouble

if TYPE_CHECKING:
    from tratativa.bench.drilling import Sent

_SERVER = {"max_connections": "100"}
# A dead worker is noticed within seconds here, not within a minute and a half.
_HASTE = {"TRATATIVA_HEARTBEAT": "1", "TRATATIVA_REQUEUE_CRON": "* * * * * */2", "TRATATIVA_LOG": "CRITICAL"}
_SENDERS = 2


@click.command(epilog="Exemplo: tratativa drill --letters 10000")
@click.option("--letters", type=click.IntRange(10), default=10_000, show_default=True, help="Quantas cartas entregar.")
@click.option(
    "--every", type=float, default=3.0, show_default=True, help="De quantos em quantos segundos matar alguém."
)
@click.option("--patience", type=int, default=900, show_default=True, help="Quantos segundos esperar pelo fim.")
def drill(letters: int, every: float, patience: int) -> None:
    """Entrega cartas enquanto mata com kill -9 quem as recebe, quem as abre e o banco; depois conta uma por uma."""
    with tempfile.TemporaryDirectory(prefix="tratativa-drill-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = postgres.Server(Path(folder) / "home", _SERVER)
        server.start()
        try:
            os.environ.update(_HASTE)
            os.environ.update(surroundings.of(Path(folder) / "home", server.url))
            surroundings.enter_without_database()
            _drill(server, letters, every, patience)
        finally:
            server.stop()


def _drill(server: postgres.Server, letters: int, every: float, patience: int) -> None:
    from django.core.management import call_command
    from django.utils import timezone

    from tratativa.bench import drilling

    call_command("migrate", verbosity=0)
    sent = drilling.build(letters=letters, at=timezone.now())
    click.echo(f"{letters} cartas; alguém morre a cada {every:g} s.")
    began = time.monotonic()
    killed, restarts = _deliver(server, sent, every, patience)
    found = drilling.outcome(sent)
    click.echo(
        f"Em {time.monotonic() - began:.0f} s, com {killed} mortes, {restarts} delas do banco: perdidas {found.lost}, "
        f"dobradas {found.doubled}, fora do lugar {found.unfiled}, alteradas {found.altered}."
    )
    if not found.well:
        raise Trouble("O exercício falhou.")


def _deliver(server: postgres.Server, sent: "Sequence[Sent]", every: float, patience: int) -> tuple[int, int]:
    """Hands every letter over and waits until all are opened; how many processes were killed, and databases."""
    port, home = _free_port(), str(server.home)
    worker, database = ["worker", "--data", home], _Database(server)
    hands = [_Hand(["mail", "listen", "--port", str(port), "--data", home]), _Hand(worker), _Hand(worker)]
    # The database takes everybody else down with it: it dies once while the others die twice each.
    crew: list[_Hand | _Database] = [database, *hands]
    mortal: list[_Hand | _Database] = [database, *hands, *hands]
    senders = [
        threading.Thread(target=_send, args=(sent[turn::_SENDERS], port), daemon=True) for turn in range(_SENDERS)
    ]
    for sender in senders:
        sender.start()
    killed, end, next_death = 0, time.monotonic() + patience, time.monotonic() + every
    try:
        while any(sender.is_alive() for sender in senders) or _unopened():
            if time.monotonic() > end:
                raise Trouble(f"Depois de {patience} s ainda há {_unopened()} cartas por abrir.")
            for hand in crew:
                hand.work()
            if time.monotonic() > next_death:
                random.choice(mortal).die()  # noqa: S311 – any of them will do
                killed, next_death = killed + 1, time.monotonic() + every
            time.sleep(0.1)
    finally:
        for hand in hands:
            hand.die()
        database.work()
    _until_the_database_answers()
    return killed, database.deaths


def _unopened() -> int:
    """How many letters wait to be opened; one, for all anybody knows, while the database is away."""
    from django.db import InterfaceError, OperationalError, connection

    from tratativa.bench import drilling

    try:
        return drilling.unopened()
    except (OperationalError, InterfaceError):
        connection.close()
        return 1


def _until_the_database_answers() -> None:
    while _unopened():
        time.sleep(0.2)


class _Database:
    """The database server: killed without a word, and started again on the same data."""

    def __init__(self, server: postgres.Server) -> None:
        self._server = server
        self.deaths = 0

    def work(self) -> None:
        if not self._server.alive():
            self._server.restart()

    def die(self) -> None:
        if self._server.process is not None and self._server.alive():
            self._server.process.kill()
            self._server.process.wait()
            self.deaths += 1


class _Hand:
    """A process that is started again whenever it is found dead."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = [sys.executable, "-m", "tratativa.config", *command]
        self._process: subprocess.Popen[bytes] | None = None

    def work(self) -> None:
        if self._process is None or self._process.poll() is not None:
            with Path(os.devnull).open("wb") as silence:
                self._process = children.start(self._command, dying=signal.SIGKILL, env=os.environ, output=silence)

    def die(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()


def _send(letters: "Sequence[Sent]", port: int) -> None:
    """What a mail server does: it tries again until it hears yes."""
    for letter in letters:
        while True:
            try:
                with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
                    client.sendmail("cliente@cliente.example", [letter.to], letter.raw)
                break
            except (OSError, smtplib.SMTPException):
                time.sleep(0.3)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
