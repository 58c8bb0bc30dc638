"""The command that makes a marketplace from a script, and the one that tells the first run's address again."""

from pathlib import Path

import click

from tratativa.cli import options
from tratativa.cli.founding import people_options, rulebook_folders
from tratativa.config.trouble import Trouble
from tratativa.rulebook.folders import Ready
from tratativa.serve import environment

_REQUIRED = {
    "company": "--company", "slug": "--slug", "rulebook": "--rulebook", "admin": "--admin",
    "password_file": "--password-file",
}  # fmt: skip


@click.group(
    "setup",
    cls=options.Whole,
    invoke_without_command=True,
    epilog="Exemplo: tratativa setup --company 'Loja Exemplo' --slug loja-exemplo --rulebook essencial "
    "--admin ana@exemplo.com.br --password-file senha.txt",
)
@options.data
@click.option("--company", metavar="NOME", help="O nome da empresa.")
@click.option("--slug", metavar="NOME", help="O nome dela nos endereços, como loja-exemplo.")
@click.option("--rulebook", metavar="NOME|PASTA", help="As regras com que começa: uma das que vêm, ou uma pasta.")
@click.option("--admin", metavar="E-MAIL", help="Quem administra primeiro.")
@click.option("--admin-name", default="", metavar="NOME", help="O nome dessa pessoa.")
@click.option("--password-file", type=options.Text(), help="A senha dela, na primeira linha; - é a entrada.")
@click.pass_context
def setup(ctx: click.Context, /, home: Path, **given: object) -> None:
    """Cria um marketplace com suas regras e quem o administra; o que já está assim fica como está.

    A pessoa entra na hora com o e-mail e a senha. Serve para o banco embutido, com a mesa no ar ou parada, e para o
    de DATABASE_URL; atualiza as tabelas antes, se preciso.
    """
    ctx.obj = home
    if ctx.invoked_subcommand:
        return
    if missing := [flag for name, flag in _REQUIRED.items() if not given[name]]:
        raise click.UsageError(f"Falta {', '.join(missing)}. Para configurar pelo navegador: tratativa setup link.")
    password = people_options.password(given["password_file"])
    read = rulebook_folders.whole(str(given["rulebook"]), "--rulebook")
    with environment.made_ready(home):
        from tratativa.accounts.people import hiring
        from tratativa.accounts.people.refusals import Refused
        from tratativa.founding import companies

        people_options.checked(companies.slug_of, str(given["slug"]), "--slug")
        people_options.checked(companies.name_of, str(given["company"]), "--company")
        people_options.checked(hiring.address, str(given["admin"]), "--admin")
        try:
            for line in _made(given, read, password):
                click.echo(line)
        except Refused as no:
            raise Trouble(f"{no} Nada foi criado.") from None


@setup.command(epilog="Exemplo: tratativa setup link --data /srv/tratativa")
@options.data
@click.option("--if-open", is_flag=True, help="Não diz nada quando já há quem administre.")
@click.pass_context
def link(ctx: click.Context, home: Path, if_open: bool) -> None:
    """Diz de novo o endereço da primeira configuração, que vale até haver quem administre."""
    asked_for = ctx.get_parameter_source("home")
    place = home if asked_for is click.core.ParameterSource.COMMANDLINE else ctx.obj
    with environment.made_ready(place):
        from tratativa.founding import first_run

        if first_run.is_open():
            click.echo(f"Ainda não configurada. Abra para configurar: {first_run.link()}")
        elif not if_open:
            click.echo("A mesa já está configurada: quem a administra entra com e-mail e senha.")


def _made(given: dict[str, object], read: Ready, password: str) -> list[str]:
    """Does it all or nothing; says what was made and what was there. Raises Refused."""
    from django.db import transaction

    from tratativa.accounts import clock
    from tratativa.accounts.people import hiring
    from tratativa.accounts.people.team import Doer, Team
    from tratativa.founding import beginnings, companies, rules

    by, said = Doer(command="setup"), []
    with transaction.atomic():
        place, new = companies.found(str(given["slug"]), str(given["company"]), by=by)
        if new:
            beginnings.begin(place)
        said.append(f"{place.name} ({place.slug}) {'criado' if new else 'já existe'}.")
        if rules.has_any(place):
            said.append(f"As regras ficam as que estão ({place.rulebook}); para outras, tratativa rulebook publish.")
        else:
            rules.publish(place, read.loaded, from_at=None, at=clock.now(), by=by, files=read.files)
            said.append(f"Regras: {read.loaded.book.title}.")
        email = hiring.address(str(given["admin"]))
        known = hiring.find(email)
        kept = known is not None and hiring.may_sign_in(known)
        member, made = hiring.found(Team(place), email, str(given["admin_name"] or ""), password, by=by)
        if member.role != "admin":
            hiring.change_role(member, "admin", by=by)
            made = True
        said.append(f"{email} {'administra' if made else 'já administra'} {place.name}.")
        if kept and not member.person.check_password(password):
            said.append(f"A senha de {email} continua a que era.")
    return said
