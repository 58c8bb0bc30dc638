"""Commands that stay: demo, serve, web, worker."""

from pathlib import Path

import click

from tratativa.accounts import reach
from tratativa.cli import demo_reset, options
from tratativa.serve import environment, places, supervisor


@click.command(epilog="Exemplo: tratativa serve --data /srv/tratativa --host 0.0.0.0 --port 8000")
@options.data
@options.address
@options.web
def serve(home: Path, host: str, port: int, web: int) -> None:
    """A mesa inteira: banco de dados (embutido, ou o de DATABASE_URL), páginas e worker."""
    plan = supervisor.Plan(home, host, port, web)
    serving = supervisor.Supervisor(plan, _say)

    def welcome() -> None:
        _say(f"Pronto: {plan.address} (dados em {home}; Ctrl-C para parar)")
        serving.tell_setup()

    serving.run(welcome)


@click.command(epilog="Exemplo: tratativa demo --port 8001")
@options.data
@options.address
@click.option("--reset", is_flag=True, help="Para a demonstração que roda e apaga os dados dela.")
def demo(home: Path, host: str, port: int, reset: bool) -> None:
    """A demonstração: cinco marketplaces com lojistas, clientes e histórias, prontos para mexer."""
    place = home / places.DEMO
    if reset:
        _say(demo_reset.reset(place))
        return
    there = "já estavam lá, e continuam" if (place / "postgres" / "data").exists() else "nascem agora"
    _say(f"Dados da demonstração: {place} ({there}). Para uma só sua: --data PASTA.")
    plan = supervisor.Plan(place, host, port, parts=supervisor.DEMO)
    supervisor.Supervisor(plan, _say).run(lambda: _welcome(plan))


@click.command(epilog="Exemplo: DATABASE_URL=postgresql://mesa@db/mesa tratativa web --host 0.0.0.0")
@options.data
@options.address
@options.web
def web(home: Path, host: str, port: int, web: int) -> None:
    """Só as páginas, sobre DATABASE_URL ou o banco que tratativa serve mantém."""
    plan = supervisor.Plan(home, host, port, web, parts=supervisor.WEB_ONLY)
    supervisor.Supervisor(plan, _say).run(lambda: _say(f"Pronto: {plan.address} (Ctrl-C para parar)"))


@click.command(epilog="Exemplo: DATABASE_URL=postgresql://mesa@db/mesa tratativa worker")
@options.data
def worker(home: Path) -> None:
    """Só os trabalhos em segundo plano e os prazos, sobre DATABASE_URL ou o banco que tratativa serve mantém."""
    environment.enter(home)
    reach.of_nobody()  # each job says for which marketplace it works
    from tratativa.serve import tables, working

    tables.wait(_say)
    working.work(working.judge_deadlines)


def _welcome(plan: supervisor.Plan) -> None:
    _say(
        f"\n  Tratativa está no ar: {plan.address}\n"
        f"  Escolha quem ser:     {plan.address}/demo/\n\n"
        f"  Os dados ficam em {plan.home} e continuam lá na próxima vez.\n"
        "  Ctrl-C para parar; make demo-reset para começar do zero.\n"
    )


def _say(sentence: str) -> None:
    click.echo(sentence)
