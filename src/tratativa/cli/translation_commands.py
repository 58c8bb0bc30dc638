"""Commands on the English catalogue: check, extract, compile."""

from pathlib import Path
from typing import Any

import click

from tratativa.cli import options
from tratativa.cli.translations import PACKAGE, catalogue_file, compile_catalogue, gaps, update
from tratativa.config.trouble import Trouble

where = click.option(
    "--package",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=PACKAGE,
    help="A pasta do pacote (padrão: o Tratativa instalado).",
)


@click.group(cls=options.Whole, epilog="Exemplo: tratativa translations check")
def translations() -> Any:
    """O catálogo em inglês. As frases nascem em português, no código e nas páginas."""


@translations.command(epilog="Exemplo: tratativa translations check")
@where
def check(package: Path) -> None:
    """Confere se toda frase tem tradução; lista as que faltam e termina com 1 se houver alguma."""
    missing = list(gaps(package))
    for sentence in missing:
        click.echo(sentence, err=True)
    if missing:
        raise Trouble(f"{len(missing)} frases sem tradução. Rode tratativa translations extract e traduza-as.")
    click.echo("O catálogo em inglês está completo.")


@translations.command(epilog="Exemplo: tratativa translations extract")
@where
def extract(package: Path) -> None:
    """Traz para o catálogo as frases novas e tira as que saíram do código."""
    waiting = update(package)
    click.echo(f"{catalogue_file(package)}: {waiting} frases esperam tradução.")


@translations.command("compile", epilog="Exemplo: tratativa translations compile")
@where
def compile_(package: Path) -> None:
    """Compila o catálogo para o formato que o Django lê."""
    compile_catalogue(package)
