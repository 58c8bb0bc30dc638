"""Commands on orders: taking in what the marketplace's systems tell of retailers and orders."""

import json
from pathlib import Path

import click

from tratativa.cli import options
from tratativa.cli.founding import people_options
from tratativa.config.trouble import Trouble
from tratativa.serve import environment

NAMED = 20  # orders, in a sentence
LARGEST = 20 * 1024 * 1024  # bytes


@click.group(
    "orders", cls=options.Whole, epilog="Exemplo: tratativa orders take pedidos.json --marketplace compra-agora"
)
def orders() -> None:
    """Pedidos e cadastros que os sistemas do marketplace contam."""


@orders.command(epilog="Exemplo: tratativa orders take pedidos.json --marketplace compra-agora")
@options.data
@click.argument("file", metavar="ARQUIVO.json", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--marketplace", "slug", required=True, help="De qual marketplace são.")
def take(home: Path, file: Path, slug: str) -> None:
    """Recebe cadastros e pedidos; contado duas vezes, vale uma (o formato está em docs/orders.md)."""
    if file.stat().st_size > LARGEST:
        raise Trouble("O arquivo passa de 20 MiB; divida-o.")
    try:
        data = json.loads(file.read_bytes())
    except ValueError as bad:
        raise Trouble(f"Não é um JSON: {bad}") from None
    with environment.kept_ready(home):
        from tratativa.accounts import clock
        from tratativa.cases.core import rulebook_versions
        from tratativa.orders import intake, told

        marketplace = people_options.find_marketplace(slug)
        try:
            kinds = rulebook_versions.land(marketplace.pk).documents
            taken = intake.take(marketplace, told.read(data, kinds), at=clock.now())
        except told.BadDocument as bad:
            raise Trouble(f"Nada foi recebido:\n{bad}") from None
        if taken.untotalled:
            more = "…" if len(taken.untotalled) > NAMED else ""
            click.echo(
                f"Sem `total`, de que nada se devolve até ser contado: {', '.join(taken.untotalled[:NAMED])}{more}.",
                err=True,
            )
        click.echo(f"{taken.retailers} cadastros e {taken.orders} pedidos recebidos em {marketplace.name}.")
