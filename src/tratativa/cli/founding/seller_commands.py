"""Commands on sellers: one is made, and whoever administers it is invited."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tratativa.cli import options
from tratativa.cli.founding import inviting, people_options
from tratativa.config.trouble import Trouble
from tratativa.serve import environment

if TYPE_CHECKING:
    from tratativa.accounts.models import Marketplace


@click.group(
    "seller",
    cls=options.Whole,
    epilog="Exemplo: tratativa seller add --marketplace loja --document 11222333000181 --name 'Casa Um'",
)
def seller() -> None:
    """Lojistas de um marketplace."""


@seller.command(
    "add", epilog="Exemplo: tratativa seller add --marketplace loja --document 11222333000181 --name 'Casa Um'"
)
@options.data
@people_options.marketplace
@click.option("--document", required=True, metavar="DOCUMENTO", help="O documento do lojista, como CNPJ ou CPF.")
@click.option("--name", required=True, metavar="NOME", help="O nome do lojista.")
@click.option("--admin", default="", metavar="E-MAIL", help="Quem administra o lojista; recebe um convite.")
@click.option("--address", default="", metavar="ENDEREÇO", help="O endereço dele, que os clientes leem.")
@people_options.again
def add_seller(home: Path, slug: str, document: str, name: str, admin: str, address: str, again: bool) -> None:
    """Cria um lojista e convida quem o administra; o que já está assim fica como está."""
    with environment.kept_ready(home):
        from tratativa.accounts.people import hiring
        from tratativa.accounts.people.refusals import Refused

        place = people_options.find_marketplace(slug)
        plain = people_options.document(place, document, "--document")
        email = people_options.checked(hiring.address, admin, "--admin") if admin else ""
        try:
            said = _seller_added(place, plain, name, address, email, again=again)
        except Refused as no:
            raise Trouble(str(no)) from None
        inviting.tell(said)


def _seller_added(
    place: "Marketplace", document: str, name: str, address: str, admin: str, *, again: bool
) -> list[str]:
    """Does it all or nothing; what there is to say once it is done. Raises Refused and Trouble."""
    from django.db import transaction

    from tratativa.accounts import text
    from tratativa.accounts.people.team import Doer, Team
    from tratativa.founding import companies

    with transaction.atomic():
        made, new = companies.add_seller(place, document, name, address=address, by=Doer(command="seller add"))
        said = [f"{made.name} {'criado' if new else 'já existe'} em {place.name}."]
        if made.name != text.line(name):
            said.append(f"O nome continua {made.name}: este comando não muda o de quem já existe.")
        if admin:
            said += inviting.invite(Team(place, seller=made), admin, "", "admin", command="seller add", again=again)
    return said
