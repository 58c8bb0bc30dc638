"""Revoking: how long somebody whose right was taken away still sees a page, hears news, or gets a file (P-12)."""

import os
import sys
import tempfile
from pathlib import Path

import click

from tools.drill import served
from tratativa.cli import main
from tratativa.config.trouble import Trouble
from tratativa.serve import environment, postgres, roles

MOST = 1.0  # seconds


@click.command(epilog="Exemplo: python -m tools.drill.revoking --rounds 10")
@click.option("--rounds", type=click.IntRange(1), default=10, show_default=True, help="Quantas vezes cada maneira.")
@click.option("--web", type=click.IntRange(1), default=2, show_default=True, help="Quantos processos web.")
def revoking(rounds: int, web: int) -> None:
    """Tira um direito de sete maneiras e mede até quando páginas, arquivos e o fluxo de novidades ainda o davam."""
    with tempfile.TemporaryDirectory(prefix="tratativa-drill-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        home = Path(folder) / "home"
        with served.desk(home, web) as port:
            _measure(home, port, rounds)


def _measure(home: Path, port: int, rounds: int) -> None:
    url = postgres.running(home, role=roles.SERVING)
    if not url:
        raise Trouble("A mesa não tem banco.")
    os.environ.update({"TRATATIVA_LOG": "CRITICAL", **environment.of(home, url)})
    environment.enter_without_database()
    from tools.drill import rights

    worst, at_all = 0.0, rights.build(port)
    for name, way in rights.WAYS.items():
        waited = [way(at_all) for _round in range(rounds)]
        page, stream = max(one[0] for one in waited), max(one[1] for one in waited)
        worst = max(worst, page, stream)
        click.echo(f"{name}: páginas {page * 1000:.0f} ms, fluxo {stream * 1000:.0f} ms depois, no pior de {rounds}.")
    if worst > MOST:
        raise Trouble(f"O exercício falhou: um direito tirado valeu ainda {worst:.1f} s.")


if __name__ == "__main__":
    sys.exit(main.run(sys.argv[1:], revoking))
