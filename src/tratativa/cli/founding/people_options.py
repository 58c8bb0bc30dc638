"""Options of the commands about people: which marketplace, which team of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tratativa.config.trouble import Trouble
from tratativa.serve import environment

if TYPE_CHECKING:
    from tratativa.accounts.models import Marketplace
    from tratativa.accounts.people.team import Team

Command = TypeVar("Command", bound=Callable[..., Any])
ROLES = ("admin", "supervisor", "agent", "mediator", "finance", "analyst")


def marketplace(command: Command) -> Command:
    """`--marketplace NOME`, as the address has it: the command gets `slug`."""
    return click.option(
        "--marketplace", "slug", required=True, metavar="NOME", help="O marketplace, como no endereço."
    )(command)


def team(command: Command) -> Command:
    """`--seller` and `--partner`: the command gets `seller` and `partner`; neither is the marketplace's own team."""
    command = click.option("--partner", default="", metavar="FILA", help="A equipe que responde a esta fila.")(command)
    return click.option("--seller", default="", metavar="DOCUMENTO", help="A equipe deste lojista.")(command)


def again(command: Command) -> Command:
    """`--again`: an invitation that waits is sent once more."""
    return click.option("--again", is_flag=True, help="Manda de novo um convite que espera.")(command)


def find_marketplace(slug: str) -> "Marketplace":
    """The marketplace of this slug. Raises Trouble."""
    from tratativa.accounts.models import Marketplace

    found = Marketplace.objects.filter(slug=slug.lower()).first()
    if found is None:
        there = ", ".join(Marketplace.objects.order_by("slug").values_list("slug", flat=True)[:20])
        remedy = f"Os que há: {there}." if there else "Ainda não há nenhum: comece com tratativa setup."
        raise Trouble(f"Não há marketplace chamado «{slug}». {remedy}")
    return found


def find_team(slug: str, seller: str, partner: str) -> "Team":
    """The team these options name. Raises Trouble, and UsageError for two at once."""
    from tratativa.accounts.models import Partner, Seller
    from tratativa.accounts.people.team import Team

    if seller and partner:
        raise click.UsageError("Use --seller ou --partner, não os dois.")
    place = find_marketplace(slug)
    if seller:
        found = Seller.objects.filter(marketplace=place, document=document(place, seller, "--seller")).first()
        if found is None:
            raise Trouble(f"{place.name} não tem lojista com o documento {seller}. Crie-o com tratativa seller add.")
        return Team(place, seller=found)
    if partner:
        desk = Partner.objects.filter(marketplace=place, queue=partner, seller=None).first()
        if desk is None:
            raise Trouble(f"{place.name} não tem parceiro na fila «{partner}».")
        return Team(place, partner=desk)
    return Team(place)


@contextmanager
def in_team(home: Path, slug: str, seller: str, partner: str) -> Iterator["Team"]:
    """The team these options name, in an installation made ready; what is refused inside is told as Trouble."""
    with environment.kept_ready(home):
        from tratativa.accounts.people.refusals import Refused

        try:
            yield find_team(slug, seller, partner)
        except Refused as no:
            raise Trouble(str(no)) from None


def document(place: "Marketplace", raw: str, option: str) -> str:
    """A document as this marketplace's rules have them (ADR 69), plain. Raises BadParameter."""
    from tratativa.accounts import documents
    from tratativa.cases.core import rulebook_versions

    try:
        return documents.parse(raw, rulebook_versions.land(place.pk).documents)
    except documents.BadDocument as bad:
        raise click.BadParameter(str(bad), param_hint=option) from None


def checked(read: Callable[[str], str], raw: str, option: str) -> str:
    """What was given to this option, as `read` has it; what it refuses is wrong use. Raises BadParameter."""
    from tratativa.accounts.people.refusals import Refused

    try:
        return read(raw)
    except Refused as no:
        raise click.BadParameter(str(no), param_hint=option) from None


def password(file: Any) -> str:
    """The first line of a password's file. Raises Trouble where there is nothing in it."""
    try:
        said: str = file.readline().rstrip("\r\n")
    except UnicodeDecodeError:
        raise Trouble("O arquivo da senha não é um texto em UTF-8.") from None
    if not said:
        raise Trouble("O arquivo da senha está vazio: a senha é a primeira linha dele.")
    return said
