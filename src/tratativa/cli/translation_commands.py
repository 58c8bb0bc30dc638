"""Commands on the catalogues, one for each language: check, extract, compile."""

from pathlib import Path
from typing import Any

import click

from tratativa.cli import options
from tratativa.cli.translations import PACKAGE, catalogue_file, compile_catalogue, gaps, languages, update
from tratativa.config.trouble import Trouble

where = click.option(
    "--package",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=PACKAGE,
    help="A pasta do pacote (padrão: o Tratativa instalado).",
)


@click.group(cls=options.Whole, epilog="Exemplo: tratativa translations check")
def translations() -> Any:
    """Os catálogos, um por língua. As frases nascem em português, no código e nas páginas; uma língua a mais é uma
    pasta em locale/."""


@translations.command(epilog="Exemplo: tratativa translations check")
@where
def check(package: Path) -> None:
    """Confere se toda frase tem tradução; lista as que faltam e termina com 1 se houver alguma."""
    missing = 0
    for language in languages(package):
        lacking = list(gaps(package, language))
        missing += len(lacking)
        for sentence in lacking:
            click.echo(f"{language}: {sentence}", err=True)
        if not lacking:
            click.echo(f"O catálogo {language} está completo.")
    if missing:
        raise Trouble(f"{missing} frases sem tradução. Rode tratativa translations extract e traduza-as.")


@translations.command(epilog="Exemplo: tratativa translations extract")
@where
def extract(package: Path) -> None:
    """Traz para o catálogo as frases novas e tira as que saíram do código."""
    for language in languages(package):
        waiting = update(package, language)
        click.echo(f"{catalogue_file(package, language)}: {waiting} frases esperam tradução.")


@translations.command("compile", epilog="Exemplo: tratativa translations compile")
@where
def compile_(package: Path) -> None:
    """Compila os catálogos para o formato que o Django lê."""
    for language in languages(package):
        compile_catalogue(package, language)
