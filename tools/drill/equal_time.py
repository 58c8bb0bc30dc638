"""Equal time: whether the door and the reset take as long for whom they know as for whom they do not."""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click

from tratativa.cli import main
from tratativa.config.trouble import Trouble
from tratativa.serve import environment, postgres

MOST = 0.005  # seconds the two medians may lie apart
ROUNDS = 200  # of each
Ask = Callable[[], object]


@click.command(epilog="Exemplo: python -m tools.drill.equal_time --rounds 200")
@click.option("--rounds", type=click.IntRange(10), default=ROUNDS, show_default=True, help="Quantas vezes cada um.")
def equal_time(rounds: int) -> None:
    """Mede a porta, o código, a senha nova e a entrada, para quem existe e para quem não existe, uma vez cada."""
    with tempfile.TemporaryDirectory(prefix="tratativa-drill-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = postgres.Server(Path(folder) / "home")
        server.start()
        try:
            _measure(server, rounds)
        finally:
            server.stop()


def _measure(server: postgres.Server, rounds: int) -> None:

    os.environ.update(environment.of(server.home, server.url))
    environment.enter_without_database()
    from django.core.management import call_command

    from tools.drill import doors

    call_command("migrate", verbosity=0)
    worst = 0.0
    for name, known, unknown in doors.build():
        apart = _apart(known, unknown, rounds)
        worst = max(worst, abs(apart))
        click.echo(f"{name}: quem existe espera {apart * 1000:+.2f} ms a mais ({rounds} vezes cada, medianas).")
    if worst > MOST:
        raise Trouble("O exercício falhou: o tempo diz quem existe.")


def _apart(known: Ask, unknown: Ask, rounds: int) -> float:
    """How much longer the known take, in seconds, by the medians; both in one run, in random order."""
    took: dict[Ask, list[float]] = {known: [], unknown: []}
    for one in (known, unknown) * 5:  # what is slow the first time
        one()
    order = [known, unknown] * rounds
    random.shuffle(order)
    for one in order:
        began = time.perf_counter()
        one()
        took[one].append(time.perf_counter() - began)
    return statistics.median(took[known]) - statistics.median(took[unknown])


if __name__ == "__main__":
    sys.exit(main.run(sys.argv[1:], equal_time))
