"""Commands on letters: `read` shows how one would be understood, without a database."""

import json
from pathlib import Path

import click

from tratativa.mail.reading.summary import summary


@click.group("mail", epilog="Exemplo: tratativa mail read carta.eml")
def mail() -> None:
    """Cartas que chegam: como a mesa as entende."""


@mail.command(epilog="Exemplo: tratativa mail read carta.eml --parent resposta.txt")
@click.argument("file", metavar="ARQUIVO.eml", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--parent", "parents", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Um texto enviado antes a quem escreveu; repita para vários.")  # fmt: skip
def read(file: Path, parents: tuple[Path, ...]) -> None:
    """Mostra, em JSON, o que a mesa leria nesta carta: o texto novo, o que fica dobrado, anexos, remetente."""
    sent = [parent.read_text(encoding="utf-8", errors="replace") for parent in parents]
    click.echo(json.dumps(summary(file.read_bytes(), sent), ensure_ascii=False, indent=2))
