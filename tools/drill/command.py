"""The drill: letters come in while whoever takes them, and the database, is killed (P-01)."""

import os
import random
import smtplib
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tools import imap_server
from tools.drill import chaos
from tratativa.config.trouble import Trouble
from tratativa.serve import environment, postgres

if TYPE_CHECKING:
    from tools.drill.sent_letters import Sent

_SERVER = {"max_connections": "100"}
_SECRET = "TRATATIVA_DRILL_PASSWORD"  # noqa: S105 – the variable's name
# A dead worker is noticed within seconds here, not within a minute and a half; mailboxes are looked at as often.
_HASTE = {
    "TRATATIVA_HEARTBEAT": "1",
    "TRATATIVA_REQUEUE_CRON": "* * * * * */2",
    "TRATATIVA_MAILBOX_CRON": "* * * * * */2",
    "TRATATIVA_LOG": "CRITICAL",
    "TRATATIVA_CONNECT_TO": "127.0.0.1",
    _SECRET: imap_server.PASSWORD,
}
_SENDERS = 2
_REST = 8  # times as long a machine is left alone on which nothing was opened since the last death


@dataclass
class _Way:
    """How the letters come in: who sends them, which processes take them, and what of it can be cut."""

    name: str
    send: "Callable[[Sequence[Sent]], None]"
    hands: list[list[str]] = field(default_factory=list)
    wire: chaos.Wire | None = None


@click.command(epilog="Exemplo: python -m tools.drill --letters 10000")
@click.option("--letters", type=click.IntRange(10), default=10_000, show_default=True, help="Quantas cartas entregar.")
@click.option(
    "--by", type=click.Choice(["imap", "smtp"]), default="imap", show_default=True,
    help="Buscadas de um servidor IMAP, ou entregues por SMTP.",
)  # fmt: skip
@click.option(
    "--every", type=float, default=3.0, show_default=True, help="De quantos em quantos segundos matar alguém."
)
@click.option("--patience", type=int, default=1800, show_default=True, help="Quantos segundos esperar pelo fim.")
def drill(letters: int, by: str, every: float, patience: int) -> None:
    """Entrega cartas enquanto mata com kill -9 quem as recebe, quem as abre e o banco; depois conta uma por uma."""
    with tempfile.TemporaryDirectory(prefix="tratativa-drill-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = postgres.Server(Path(folder) / "home", _SERVER)
        server.start()
        try:
            os.environ.update(_HASTE)
            os.environ.update(environment.of(Path(folder) / "home", server.url))
            environment.enter_without_database()
            _drill(server, letters, {"imap": _by_imap, "smtp": _by_smtp}[by], every, patience)
        finally:
            server.stop()


def _drill(server: postgres.Server, letters: int, by: "_By", every: float, patience: int) -> None:
    from django.core.management import call_command
    from django.utils import timezone

    from tools.drill import sent_letters

    call_command("migrate", verbosity=0)
    sent = sent_letters.build(letters=letters, at=timezone.now())
    with by(server) as way:
        click.echo(f"{letters} cartas por {way.name}; alguém morre a cada {every:g} s.")
        began = time.monotonic()
        killed, restarts = _deliver(server, way, sent, every, patience)
        took = time.monotonic() - began
    found = sent_letters.outcome(sent)
    cut = f" e {way.wire.cuts} conexões cortadas" if way.wire else ""
    click.echo(
        f"Em {took:.0f} s, com {killed} mortes, {restarts} delas do banco,{cut}: perdidas {found.lost}, "
        f"dobradas {found.doubled}, fora do lugar {found.unfiled}, alteradas {found.altered}."
    )
    if not found.well:
        raise Trouble("O exercício falhou.")


def _deliver(
    server: postgres.Server, way: _Way, sent: "Sequence[Sent]", every: float, patience: int
) -> tuple[int, int]:
    """Sends every letter and waits until all are opened; how many processes were killed, and databases."""
    worker, database = ["worker", "--data", str(server.home)], chaos.Database(server)
    hands = [chaos.Hand(command) for command in [*way.hands, worker, worker]]
    # The database takes everybody else down with it: it dies once while the others die four times each.
    crew: list[chaos.Hand | chaos.Database] = [database, *hands]
    mortal: list[chaos.Hand | chaos.Database] = [database, *(hands * 4)]
    senders = [threading.Thread(target=way.send, args=(sent[turn::_SENDERS],), daemon=True) for turn in range(_SENDERS)]
    for sender in senders:
        sender.start()
    killed, end, last_death, then = 0, time.monotonic() + patience, time.monotonic(), -1
    try:
        while any(sender.is_alive() for sender in senders) or _unopened(sent):
            if time.monotonic() > end:
                click.echo(f"Depois de {patience} s ainda há {_unopened(sent)} cartas por abrir.")
                break
            for hand in crew:
                hand.work()
            if _is_time(left := _unopened(sent), then, time.monotonic() - last_death, every):
                random.choice(mortal).die()  # noqa: S311 – any of them will do
                killed, last_death, then = killed + 1, time.monotonic(), left
            time.sleep(0.1)
    finally:
        for one in hands:
            one.die()
        database.work()
    _until_the_database_answers(sent)
    return killed, database.deaths


def _is_time(left: int, then: int, since: float, every: float) -> bool:
    """Whether somebody dies: after a while in which something was opened. Where a start takes longer than from one
    death to the next, nobody would ever get to work, and nothing would be tried."""
    return since > every and (left not in {then, -1} or since > every * _REST)


def _unopened(sent: "Sequence[Sent]") -> int:
    """How many letters are still to be opened; nobody knows while the database is away, but there is something."""
    from django.db import InterfaceError, OperationalError, connection

    from tools.drill import sent_letters

    try:
        return sent_letters.unopened(sent)
    except (OperationalError, InterfaceError):
        connection.close()
        return -1


def _until_the_database_answers(sent: "Sequence[Sent]") -> None:
    while _unopened(sent) == -1:
        time.sleep(0.2)


_By = Callable[[postgres.Server], AbstractContextManager[_Way]]


@contextmanager
def _by_imap(_server: postgres.Server) -> Iterator[_Way]:
    """Into a real IMAP server, and from there over connections that are cut in the middle."""
    from tools.drill import sent_letters

    with imap_server.serving() as mailhost:
        wire = chaos.Wire(mailhost.port)
        sent_letters.fetch_from(host="127.0.0.1", port=wire.port, user=imap_server.USER, secret=_SECRET)

        def send(letters: "Sequence[Sent]") -> None:
            with mailhost.session() as client:
                for letter in letters:
                    imap_server.append(client, letter.raw)

        try:
            yield _Way(f"IMAP ({mailhost.name})", send, wire=wire)
        finally:
            wire.close()


@contextmanager
def _by_smtp(server: postgres.Server) -> Iterator[_Way]:
    """To our own listener, by a sender that tries again until it hears yes."""
    port = imap_server.free_port()

    def send(letters: "Sequence[Sent]") -> None:
        for letter in letters:
            while True:
                try:
                    with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
                        client.sendmail("cliente@cliente.example", [letter.to], letter.raw)
                    break
                except (OSError, smtplib.SMTPException):
                    time.sleep(0.3)

    yield _Way("SMTP", send, hands=[["mail", "listen", "--port", str(port), "--data", str(server.home)]])
