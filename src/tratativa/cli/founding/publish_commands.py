"""`tratativa rulebook publish`: a folder becomes the rules a marketplace's cases open under."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tratativa.cli import options
from tratativa.cli.founding import people_options, rulebook_folders
from tratativa.config.trouble import Trouble
from tratativa.serve import environment

if TYPE_CHECKING:
    from tratativa.rulebook.folders import Files


@click.command(epilog="Exemplo: tratativa rulebook publish meu-marketplace/ --marketplace loja --from 2026-12-01")
@options.data
@click.argument("name", metavar="PASTA|NOME")
@people_options.marketplace
@click.option(
    "--from", "start", default="", metavar="DATA", help="Desde quando valem, na hora das regras; sem isto, agora."
)
@click.option("--unproven", is_flag=True, help="Publica sem encenar as histórias.")
def publish(home: Path, name: str, slug: str, start: str, unproven: bool) -> None:
    """Publica um rulebook: os atendimentos abertos desde a data vivem sob ele; os de antes ficam com o seu.

    Encena antes as histórias da pasta, e não publica quando uma falha ou não há nenhuma (1); --unproven dispensa essa
    prova. Uma data sem hora é o começo do dia. O que já vale desde então fica como está.
    """
    read = rulebook_folders.whole(name, "PASTA|NOME")
    with environment.kept_ready(home):
        from tratativa.accounts import clock
        from tratativa.accounts.people.refusals import Refused
        from tratativa.accounts.people.team import Doer
        from tratativa.founding import beginning_dates, rules

        place = people_options.find_marketplace(slug)
        now, zone = clock.now(), read.loaded.book.clock.zone
        try:
            begins = beginning_dates.read(start, zone, at=now) if start else None
        except Refused as no:
            raise click.BadParameter(str(no), param_hint="--from") from None
        if not unproven and not rules.applies_already(place, read.loaded, from_at=begins, at=now):
            _prove(read.files)
        by = Doer(command="rulebook publish")
        done = rules.publish(place, read.loaded, from_at=begins, at=now, by=by, files=read.files)
        since = f"{done.from_at.astimezone(zone):%d/%m/%Y %H:%M}"
        verb = "vale" if done.new else "já valia"
        click.echo(f"{done.title} {verb} em {place.name} desde {since} ({zone.key}).")


def _prove(files: "Files") -> None:
    """Raises Trouble unless every story of the rulebook passes."""
    from tratativa.studio import rehearsing

    click.echo("Encenando as histórias…", err=True)
    came = rehearsing.prove(files)
    if came.proves:
        return
    if came.stopped:
        why = "As histórias não chegaram ao fim."
    elif came.failed:
        why = f"Histórias que falharam: {came.failed}; que passaram: {came.passed}."
    else:
        why = "Não há histórias que provem estas regras."
    said = "\n".join(came.told)
    raise Trouble(
        f"{why} Nada foi publicado.\n{said}\nCorrija as regras ou as histórias (tratativa rulebook test), "
        "ou publique sem essa prova, com --unproven."
    )
