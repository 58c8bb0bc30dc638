"""Commands on people: who belongs to which team, in which role."""

from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from tratativa.cli import options
from tratativa.cli.founding import inviting, people_options
from tratativa.config.trouble import Trouble

if TYPE_CHECKING:
    from tratativa.accounts.people.team import Team


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
@click.option("--password-file", type=options.Text(), help="Com ela, a pessoa entra já, sem convite.")
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
        from tratativa.accounts.people import hiring

        cleaned = people_options.checked(hiring.address, email, "E-MAIL")
        if password:
            _hire(team, cleaned, name, role, password)
        else:
            inviting.tell(inviting.invite(team, cleaned, name, role, command="people add", again=again))


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
            if asked := inviting.asked(team, email):
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


def _hire(team: "Team", cleaned: str, name: str, role: str, password: str) -> None:
    from tratativa.accounts.people import hiring
    from tratativa.accounts.people.team import Doer

    hiring.role_of(team, role)
    known = hiring.find(cleaned)
    kept = known is not None and hiring.may_sign_in(known)
    member, made = hiring.found(team, cleaned, name, password, role=role, by=Doer(command="people add"))
    if not made and member.role != role:
        raise Trouble(f"{cleaned} já é da equipe com o papel {member.role}; para mudar, tratativa people role.")
    click.echo(f"{cleaned} {'é' if made else 'já é'} da equipe de {team} ({role}).")
    if kept and not member.person.check_password(password):  # whoever made the account knows the one it has
        click.echo(f"A senha de {cleaned} continua a que era.")


def _disable(team: "Team", email: str, heir: str) -> str:
    from tratativa.accounts import clock
    from tratativa.accounts.people import hiring, invitations
    from tratativa.accounts.people.team import Doer
    from tratativa.founding import departures

    member = team.members().filter(person__email__iexact=email).first()
    if member is None:
        if asked := inviting.asked(team, email):
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
