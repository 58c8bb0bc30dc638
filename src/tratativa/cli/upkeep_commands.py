"""Commands that look after an installation: migrate, doctor, and the demonstration's stage."""

import sys
from pathlib import Path

import click

from tratativa.cli import diagnosis, options
from tratativa.config import saying
from tratativa.config.trouble import Trouble
from tratativa.serve import environment


@click.command(epilog="Exemplo: tratativa migrate --data /srv/tratativa")
@options.data
@click.option("--check", is_flag=True, help="Só confere se os modelos têm migração escrita; dispensa o banco.")
def migrate(home: Path, check: bool) -> None:
    """Atualiza as tabelas do banco de dados; duas máquinas ao mesmo tempo esperam uma pela outra."""
    if check:
        _check_written()
        return
    with environment.owned(home) as serving:
        from tratativa.serve import migrating

        if advice := migrating.migrate(serving):
            click.echo(advice, err=True)


def _check_written() -> None:
    environment.enter_without_database()
    from tratativa.serve import migrating

    if missing := migrating.unwritten():
        raise Trouble("Faltam migrações para:\n" + "\n".join(missing))
    click.echo("Todo modelo tem sua migração.")


@click.command(hidden=True, epilog="Exemplo: tratativa stage --data /srv/tratativa/demo")
@options.data
def stage(home: Path) -> None:
    """Monta as histórias da demonstração, se ainda não estão lá."""
    environment.enter(home)
    from django.conf import settings
    from django.utils import timezone

    if not settings.DEMO:
        raise Trouble("As histórias só se montam numa demonstração: use tratativa demo.")

    from tratativa.demo import stage as theatre

    theatre.set_up(at=timezone.now())


@click.command(epilog="Exemplo: tratativa clock --data /srv/tratativa")
@options.data
@click.option("--accept", is_flag=True, help="O relógio está certo agora: os prazos voltam a ser julgados por ele.")
def clock(home: Path, accept: bool) -> None:
    """Se os prazos são julgados, e por que não; aceita o relógio depois de um que andou adiantado."""
    with environment.kept_ready(home):
        from tratativa.cases.clocks import watch

        if accept:
            watch.accept()
            click.echo("Aceito: os prazos são julgados pelo relógio de agora em diante.")
            return
        if trouble := watch.trouble():
            raise Trouble(f"Nenhum prazo é julgado: {trouble}")
        click.echo("Os prazos são julgados.")


@click.command(epilog="Exemplo: tratativa doctor --data /srv/tratativa")
@options.data
@click.option("--language", type=click.Choice(saying.LANGUAGES), default="pt-br", show_default=True,
              help="Em que língua dizê-lo.")  # fmt: skip
def doctor(home: Path, language: str) -> None:
    """O que há de errado nesta instalação, em frases, cada uma com o seu remédio."""
    ills = 0
    for finding in diagnosis.examine(home, language=language):
        click.echo(f"{'✓' if finding.well else '✗'} {finding.sentence}")
        ills += not finding.well
    sys.exit(1 if ills else 0)
