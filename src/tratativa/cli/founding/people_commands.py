"""Commands on people: who belongs to which team, in which role; and a marketplace's sellers."""

from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from tratativa.cli import options
from tratativa.cli.founding import people_options
from tratativa.config.trouble import Trouble
from tratativa.serve import environment

if TYPE_CHECKING:
    from tratativa.accounts.people.models import Invitation
    from tratativa.accounts.people.team import Team


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
@click.option("--document", required=True, metavar="CNPJ", help="O CNPJ ou CPF do lojista.")
@click.option("--name", required=True, metavar="NOME", help="O nome do lojista.")
@click.option("--admin", default="", metavar="E-MAIL", help="Quem administra o lojista; recebe um convite.")
@click.option("--address", default="", metavar="ENDEREÇO", help="O endereço dele, que os clientes leem.")
@people_options.again
def add_seller(home: Path, slug: str, document: str, name: str, admin: str, address: str, again: bool) -> None:
    """Cria um lojista e convida quem o administra; o que já está assim fica como está."""
    with environment.made_ready(home):
        from django.db import transaction

        from tratativa.accounts.people.refusals import Refused
        from tratativa.accounts.people.team import Doer, Team
        from tratativa.founding import companies

        place, plain = people_options.find_marketplace(slug), people_options.document(document)
        try:
            with transaction.atomic():
                made, new = companies.add_seller(place, plain, name, address=address, by=Doer(command="seller add"))
                click.echo(f"{made.name} {'criado' if new else 'já existe'} em {place.name}.")
                if admin:
                    _invite(Team(place, seller=made), admin, "", "admin", command="seller add", again=again)
        except Refused as no:
            raise Trouble(str(no)) from None


@click.group(
    "people",
    cls=options.Whole,
    epilog="Exemplo: tratativa people add bia@exemplo.com.br --marketplace loja --role agent",
)
def people() -> None:
    """As pessoas de uma equipe: a do marketplace, a de um lojista ou a de um parceiro."""


@people.command("add", epilog="Exemplo: tratativa people add bia@exemplo.com.br --marketplace loja --role agent")
@options.data
@people_options.marketplace
@people_options.team
@click.argument("email", metavar="E-MAIL")
@click.option("--role", type=click.Choice(people_options.ROLES), default="agent", show_default=True, help="O papel.")
@click.option("--name", default="", metavar="NOME", help="O nome da pessoa.")
@click.option("--password-file", type=click.File(encoding="utf-8"), help="Com ela, a pessoa entra já, sem convite.")
@people_options.again
def add(
    home: Path,
    slug: str,
    seller: str,
    partner: str,
    email: str,
    role: str,
    name: str,
    password_file: IO[str] | None,
    again: bool,
) -> None:
    """Convida alguém para a equipe; com --password-file, a pessoa entra já com essa senha."""
    password = people_options.password(password_file) if password_file else ""
    with people_options.in_team(home, slug, seller, partner) as team:
        if password:
            _hire(team, email, name, role, password)
        else:
            _invite(team, email, name, role, command="people add", again=again)


@people.command("role", epilog="Exemplo: tratativa people role bia@exemplo.com.br supervisor --marketplace loja")
@options.data
@people_options.marketplace
@people_options.team
@click.argument("email", metavar="E-MAIL")
@click.argument("said", metavar="[PAPEL]", type=click.Choice(people_options.ROLES), required=False)
@click.option("--role", "named", type=click.Choice(people_options.ROLES), help="O papel, como em people add.")
def change_role(
    home: Path, slug: str, seller: str, partner: str, email: str, said: str | None, named: str | None
) -> None:
    """Dá outro papel a alguém da equipe; vale na hora, também nas páginas abertas."""
    role = said or named
    if role is None or (said and named and said != named):
        raise click.UsageError("Diga um papel: PAPEL ou --role.")
    with people_options.in_team(home, slug, seller, partner) as team:
        from tratativa.accounts.people import hiring
        from tratativa.accounts.people.team import Doer

        member = team.members().filter(person__email__iexact=email).first()
        if member is None:
            if asked := _asked(team, email):
                raise Trouble(
                    f"{email} ainda não entrou na equipe de {team}: o convite, com o papel {asked.role}, espera. "
                    f"Para convidar com outro papel, tratativa people add {email} --role {role}."
                )
            raise Trouble(f"{email} não é da equipe de {team}.")
        changed = hiring.change_role(member, role, by=Doer(command="people role"))
        click.echo(f"{email} {'tem agora' if changed else 'já tinha'} o papel {role} em {team}.")


@people.command(
    "disable", epilog="Exemplo: tratativa people disable bia@exemplo.com.br --marketplace loja --to ana@exemplo.com.br"
)
@options.data
@people_options.marketplace
@people_options.team
@click.argument("email", metavar="E-MAIL")
@click.option(
    "--to", "heir", default="", metavar="E-MAIL", help="Quem fica com os atendimentos abertos; sem isto, ninguém."
)
def disable(home: Path, slug: str, seller: str, partner: str, email: str, heir: str) -> None:
    """Tira alguém da equipe na hora: páginas, sessões e links; os atendimentos abertos passam a outra pessoa.

    De quem foi convidado e ainda não entrou, retira o convite.
    """
    with people_options.in_team(home, slug, seller, partner) as team:
        click.echo(_disable(team, email, heir))


@people.command("list", epilog="Exemplo: tratativa people list --marketplace loja")
@options.data
@people_options.marketplace
@people_options.team
def list_people(home: Path, slug: str, seller: str, partner: str) -> None:
    """Lista a equipe: e-mail, papel, nome e se já entrou; depois, os convites que esperam."""
    with people_options.in_team(home, slug, seller, partner) as team:
        from tratativa.accounts.people import invitations

        for member in team.members().order_by("person__email"):
            seen = member.person.last_login
            entered = f"entrou em {seen:%d/%m/%Y}" if seen else "nunca entrou"
            click.echo(f"{member.person.email}\t{member.role}\t{member.person.name}\t{entered}")
        for asked in invitations.waiting(team):
            click.echo(f"{asked.email}\t{asked.role}\t{asked.name}\tconvite até {asked.expires_at:%d/%m/%Y}")


def _hire(team: "Team", email: str, name: str, role: str, password: str) -> None:
    from tratativa.accounts.people import hiring
    from tratativa.accounts.people.team import Doer

    cleaned = hiring.address(email)
    hiring.role_of(team, role)
    known = hiring.find(cleaned)
    kept = known is not None and hiring.may_sign_in(known)
    member, made = hiring.found(team, cleaned, name, password, role=role, by=Doer(command="people add"))
    if not made and member.role != role:
        raise Trouble(f"{cleaned} já é da equipe com o papel {member.role}; para mudar, tratativa people role.")
    click.echo(f"{cleaned} {'é' if made else 'já é'} da equipe de {team} ({role}).")
    if kept and not member.person.check_password(password):  # whoever made the account knows the one it has
        click.echo(f"A senha de {cleaned} continua a que era.")


def _invite(team: "Team", email: str, name: str, role: str, *, command: str, again: bool) -> None:
    from tratativa.accounts import clock
    from tratativa.accounts.people import hiring, invitations, letters
    from tratativa.accounts.people.team import Doer

    cleaned = hiring.address(email)
    member = team.members().filter(person__email__iexact=cleaned).first()
    if member:
        if member.role != hiring.role_of(team, role):
            raise Trouble(f"{cleaned} já é da equipe com o papel {member.role}; para mudar, tratativa people role.")
        click.echo(f"{cleaned} já é da equipe de {team} ({role}).")
        return
    stands = invitations.standing(team, cleaned, role, at=clock.now())
    if stands and not again:
        click.echo(f"{cleaned} já está convidado para a equipe de {team} ({role}): {_waits(stands)}")
        return
    made, new = invitations.invite(team, cleaned, name, role, by=Doer(command=command), at=clock.now())
    click.echo(f"{made.email} {'foi convidado' if new else 'já estava convidado'} para a equipe de {team} ({role}).")
    if letters.ask(made):
        click.echo("O convite sai por e-mail.")
    else:
        click.echo(
            f"Não há servidor de e-mail: entregue este link, que vale 7 dias e uma vez: {invitations.link(made)}"
        )


def _waits(asked: "Invitation") -> str:
    """Since when and until when an invitation waits, and how it is sent once more."""
    from tratativa.accounts.people import invitations, postage

    said = f"o convite de {asked.made_at:%d/%m/%Y} espera e vale até {asked.expires_at:%d/%m/%Y}."
    if postage.leaves():
        return f"{said} Nada foi mandado; para mandar de novo, --again."
    return f"{said} Não há servidor de e-mail: entregue este link: {invitations.link(asked)}"


def _asked(team: "Team", email: str) -> "Invitation | None":
    """The invitation of somebody who was asked to join and has not."""
    from tratativa.accounts.people import invitations

    waiting = invitations.waiting(team).filter(email__iexact=email)
    return waiting.select_related("marketplace", "seller", "partner").first()


def _disable(team: "Team", email: str, heir: str) -> str:
    from tratativa.accounts import clock
    from tratativa.accounts.people import hiring, invitations
    from tratativa.accounts.people.team import Doer
    from tratativa.founding import departures

    member = team.members().filter(person__email__iexact=email).first()
    if member is None:
        if asked := _asked(team, email):
            invitations.withdraw(asked, by=Doer(command="people disable"), at=clock.now())
            return f"{email} ainda não tinha entrado na equipe de {team}; o convite foi retirado: o link não abre mais."
        if hiring.find(email) is None:
            raise Trouble(f"Não há ninguém com o e-mail {email}.")
        return f"{email} já não é da equipe de {team}."
    takes = team.members().filter(person__email__iexact=heir).first() if heir else None
    if heir and takes is None:
        raise Trouble(f"{heir} não é da equipe de {team}: os atendimentos só passam a quem é.")
    handed = departures.part(member, takes, by=Doer(command="people disable"), at=clock.now())
    to = f" passaram a {heir}" if takes else " ficaram sem responsável"
    return f"{email} saiu da equipe de {team}." + (f" {handed} atendimentos{to}." if handed else "")
