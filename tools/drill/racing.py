"""Racing: two people at one case at once, a thousand times: nobody overwrites anybody, no text is lost (P-08)."""

import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import click

from tratativa.cli import main
from tratativa.config.trouble import Trouble
from tratativa.serve import environment, postgres

QUICK = {"fsync": "off", "synchronous_commit": "off", "max_connections": "60"}


@click.command(epilog="Exemplo: python -m tools.drill.racing --races 1000")
@click.option("--races", type=click.IntRange(4), default=1_000, show_default=True, help="Quantas corridas ao todo.")
@click.option("--seconds", type=float, default=900.0, show_default=True, help="Depois disso, nenhuma começa.")
def racing(races: int, seconds: float) -> None:
    """Duas pessoas respondem, encerram, assumem e guardam rascunhos no mesmo instante; conta o que se perdeu."""
    with tempfile.TemporaryDirectory(prefix="tratativa-drill-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = postgres.Server(Path(folder) / "home", QUICK)
        server.start()
        try:
            _race(server, races, seconds)
        finally:
            server.stop()


def _race(server: postgres.Server, races: int, seconds: float) -> None:
    os.environ.update({"TRATATIVA_LOG": "CRITICAL", **environment.of(server.home, server.url)})
    environment.enter_without_database()
    from django.core.management import call_command

    from tools.drill import races as kinds

    call_command("migrate", verbosity=0)
    began, run, wrong = time.monotonic(), Counter[str](), Counter[str]()
    stage = kinds.build()
    for turn in range(races):
        if time.monotonic() - began > seconds:
            break
        name = list(kinds.KINDS)[turn % len(kinds.KINDS)]
        run[name] += 1
        for trouble in kinds.KINDS[name](stage, turn):
            wrong[trouble] += 1
    took = time.monotonic() - began
    told = ", ".join(f"{count} de {name}" for name, count in run.items())
    click.echo(f"{sum(run.values())} corridas em {took:.0f} s ({told}): {sum(wrong.values())} perdas.")
    if wrong:
        raise Trouble("O exercício falhou: " + "; ".join(f"{count} × {trouble}" for trouble, count in wrong.items()))


if __name__ == "__main__":
    sys.exit(main.run(sys.argv[1:], racing))
