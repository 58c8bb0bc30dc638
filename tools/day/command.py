"""The command: a served desk with 300 cases, the day's work done on it in a browser, and a table of what it took."""

import os
import tempfile
from pathlib import Path

import click

from tools.drill import served
from tratativa.config.trouble import Trouble
from tratativa.serve import environment, postgres, roles


@click.command(epilog="Exemplo: python -m tools.day --traces rastros")
@click.option("--cases", type=click.IntRange(80), default=300, show_default=True, help="Quantos atendimentos há.")
@click.option("--traces", type=click.Path(path_type=Path), help="A pasta dos rastros do Playwright; sem ela, nenhum.")
@click.option("--seen", is_flag=True, help="Com a janela à vista.")
def day(cases: int, traces: Path | None, seen: bool) -> None:
    """Um dia de trabalho no navegador: achar clientes, vinte respostas, um atraso de quarenta, uma decisão, uma
    abertura no telefone; em cliques, teclas e segundos."""
    with tempfile.TemporaryDirectory(prefix="tratativa-day-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        home = Path(folder) / "home"
        with served.desk(home, 2) as port:
            url = postgres.running(home, role=roles.SERVING)
            if not url:
                raise Trouble("A mesa não tem banco.")
            os.environ.update({"TRATATIVA_LOG": "CRITICAL", **environment.of(home, url)})
            environment.enter_without_database()
            from tools.day import hours, stock  # Django is ready only now

            for line in hours.work(stock.build(cases), port, traces=traces, seen=seen):
                click.echo(line)
