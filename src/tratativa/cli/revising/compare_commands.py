"""`tratativa rulebook compare`: in what two versions of a rulebook differ, in sentences."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from tratativa.cli import options
from tratativa.cli.founding import people_options, rulebook_folders
from tratativa.config import saying
from tratativa.config.trouble import Trouble
from tratativa.serve import environment


@click.command(
    epilog="Exemplos: tratativa rulebook compare essencial minha-loja/ · "
    "tratativa rulebook compare minha-loja/ --marketplace loja-exemplo"
)
@options.data
@click.argument("names", metavar="[ANTES] DEPOIS", nargs=-1, required=True)
@click.option("--marketplace", "slug", metavar="NOME", help="Compara com as regras que valem agora neste marketplace.")
@click.option("--language", type=click.Choice(saying.LANGUAGES), default="pt-br", show_default=True, help="Das frases.")
def compare(home: Path, names: tuple[str, ...], slug: str | None, language: str) -> None:
    """Diz em frases o que um rulebook muda: de uma pasta a outra, ou das regras publicadas a uma pasta."""
    if len(names) != (1 if slug else 2):
        raise click.UsageError("Dê duas pastas, ou uma pasta e --marketplace NOME.")
    new = rulebook_folders.read(names[-1]).loaded.data
    if slug:
        with environment.entered(home):
            _tell(_published(slug), new, language)
        return
    old = rulebook_folders.load(names[0]).data
    environment.enter_without_database()
    _tell(old, new, language)


def _published(slug: str) -> Mapping[str, Any]:
    """The source of the version in force. Raises Trouble where there is none."""
    from tratativa.cases.core import rulebook_versions

    place = people_options.find_marketplace(slug)
    try:
        version = rulebook_versions.current(place.pk)
    except rulebook_versions.NoRulebook:
        raise Trouble(f"{place.name} ainda não publicou regras: comece com tratativa rulebook publish.") from None
    found: Mapping[str, Any] = json.loads(version.source)
    return found


def _tell(old: Mapping[str, Any], new: Mapping[str, Any], language: str) -> None:
    from django.utils import translation
    from django.utils.translation import gettext as _

    from tratativa.comparing import compare as comparing
    from tratativa.comparing import differences

    with translation.override(language):
        parts = differences.by_part(comparing.compared(old, new))
        if not parts:
            click.echo(_("Nada muda."))
        for index, part in enumerate(parts):
            click.echo(("\n" if index else "") + part.heading)
            for sentence in part.sentences:
                click.echo(f"  {sentence}")
