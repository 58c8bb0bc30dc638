"""`tratativa rulebook publish`: a folder becomes the rules a marketplace's cases open under."""

from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from tratativa.cli import options
from tratativa.cli.founding import people_options, rulebook_folders
from tratativa.serve import environment

LAST_YEAR = 2100


@click.command(epilog="Exemplo: tratativa rulebook publish meu-marketplace/ --marketplace loja --from 2026-12-01")
@options.data
@click.argument("name", metavar="PASTA|NOME")
@people_options.marketplace
@click.option(
    "--from", "start", default="", metavar="DATA", help="Desde quando valem, na hora das regras; sem isto, agora."
)
def publish(home: Path, name: str, slug: str, start: str) -> None:
    """Publica um rulebook: os atendimentos abertos desde a data vivem sob ele; os de antes ficam com o seu.

    Uma data sem hora é o começo do dia. O que já vale desde então fica como está.
    """
    read = rulebook_folders.read(name)
    with environment.made_ready(home):
        from tratativa.accounts import clock
        from tratativa.accounts.people.team import Doer
        from tratativa.founding import rules

        place = people_options.find_marketplace(slug)
        now, zone = clock.now(), read.loaded.book.clock.zone
        begins = _moment(start, zone, now) if start else None
        by = Doer(command="rulebook publish")
        done = rules.publish(place, read.loaded, from_at=begins, at=now, by=by, files=read.files)
        since = f"{done.from_at.astimezone(zone):%d/%m/%Y %H:%M}"
        verb = "vale" if done.new else "já valia"
        click.echo(f"{done.title} {verb} em {place.name} desde {since} ({zone.key}).")


def _moment(raw: str, zone: ZoneInfo, now: datetime) -> datetime:
    """A date, or a date with hour, where the rules count. Raises BadParameter for one that is past, or
    so far off that it is a slip: an adoption is kept for ever, and beyond 9999 nobody can read it back."""
    try:
        said = datetime.fromisoformat(raw.strip())
    except ValueError:
        raise click.BadParameter("escreva a data como 2026-12-01, ou '2026-12-01 09:00'", param_hint="--from") from None
    moment = said if said.tzinfo else said.replace(tzinfo=zone)
    if moment.year > LAST_YEAR:
        raise click.BadParameter(f"o ano vai até {LAST_YEAR}", param_hint="--from")
    today = datetime.combine(now.astimezone(zone).date(), time(), tzinfo=zone)
    if moment < today:
        raise click.BadParameter("as regras não valem para trás: dê hoje ou um dia que ainda vem", param_hint="--from")
    return moment
