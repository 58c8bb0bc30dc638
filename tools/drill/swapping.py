"""Swapping: everybody asks every address for what is somebody else's, and is answered as if it did not exist (P-15)."""

import os
import sys
import tempfile
import time
from pathlib import Path

import click

from tools.drill.racing import QUICK
from tratativa.cli import main
from tratativa.config.trouble import Trouble
from tratativa.serve import environment, postgres

SHOWN = 20  # leaks that are told one by one


@click.command(epilog="Exemplo: python -m tools.drill.swapping")
@click.option("--seconds", type=float, default=1_200.0, show_default=True, help="Depois disso, ninguém mais pergunta.")
def swapping(seconds: float) -> None:
    """Dois marketplaces, quatro vendedores: cada papel pede, em cada endereço, o que é dos outros."""
    with tempfile.TemporaryDirectory(prefix="tratativa-drill-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = postgres.Server(Path(folder) / "home", QUICK)
        server.start()
        try:
            _measure(server, seconds)
        finally:
            server.stop()


def _measure(server: postgres.Server, seconds: float) -> None:
    os.environ.update({"TRATATIVA_LOG": "CRITICAL", **environment.of(server.home, server.url)})
    environment.enter_without_database()
    from django.core.management import call_command

    from tools.drill import swaps

    call_command("migrate", verbosity=0)
    began = time.monotonic()
    found = swaps.run(until=began + seconds)
    click.echo(
        f"{found.asked} pedidos trocados e {found.pages} páginas de listas em {time.monotonic() - began:.0f} s, por "
        f"{found.people} pessoas: {len(found.leaks)} vazamentos, {found.changed} registros novos nos atendimentos "
        f"alheios{'' if found.whole else '; o tempo acabou antes do fim'}."
    )
    if found.leaks or found.changed:
        raise Trouble("O exercício falhou:\n  " + "\n  ".join(found.leaks[:SHOWN]))


if __name__ == "__main__":
    sys.exit(main.run(sys.argv[1:], swapping))
