"""The crowd: 500 slow clients at a served desk, and what 50 honest ones wait for their pages meanwhile."""

import asyncio
import sys
import tempfile
from pathlib import Path

import click

from tools.drill import served, slow_clients
from tratativa.cli import main
from tratativa.config.trouble import Trouble
from tratativa.web.frame import assets

MOST = 1.0  # seconds an honest client may wait, nineteen times of twenty


@click.command(epilog="Exemplo: python -m tools.drill.crowd --slow 500 --honest 50")
@click.option("--slow", type=click.IntRange(0), default=500, show_default=True, help="Quantos clientes lentos.")
@click.option("--honest", type=click.IntRange(1), default=50, show_default=True, help="Quantos clientes honestos.")
@click.option("--seconds", type=float, default=45.0, show_default=True, help="Por quantos segundos.")
@click.option("--web", type=click.IntRange(1), default=2, show_default=True, help="Quantos processos web.")
def crowd(slow: int, honest: int, seconds: float, web: int) -> None:
    """Clientes que param no meio de cabeçalhos, corpos e leituras; mede quanto os honestos esperam."""
    with tempfile.TemporaryDirectory(prefix="tratativa-drill-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        with served.desk(Path(folder) / "home", web) as port:
            long = f"/static/{_longest()}"
            found = asyncio.run(slow_clients.attack(port, slow=slow, honest=honest, seconds=seconds, long=long))
    answers = ", ".join(f"{count} com {status or 'nada'}" for status, count in sorted(found.answers.items()))
    click.echo(
        f"{slow} lentos (terminados {found.let_go} vezes), {honest} honestos por {seconds:g} s: {len(found.waits)} "
        f"páginas ({answers}); espera mediana {found.p50 * 1000:.0f} ms, p95 {found.p95 * 1000:.0f} ms, "
        f"maior {max(found.waits) * 1000:.0f} ms."
    )
    if found.p95 > MOST or set(found.answers) != {200}:
        raise Trouble("O exercício falhou.")


def _longest() -> str:
    folder = Path(assets.__file__).parent.parent / "static"
    found = max((folder / "web").glob("*.js"), key=lambda file: file.stat().st_size)
    return str(found.relative_to(folder))


if __name__ == "__main__":
    sys.exit(main.run(sys.argv[1:], crowd))
