"""Commands on letters: how one is understood, which mailboxes there are, and the listener."""

import json
import signal
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tratativa.cli import options
from tratativa.cli.founding import people_options
from tratativa.config.trouble import Trouble
from tratativa.mail.reading.summary import summary
from tratativa.serve import environment

if TYPE_CHECKING:
    from tratativa.accounts.models import Marketplace
    from tratativa.mail.models import Mailbox


@click.group("mail", cls=options.Whole, epilog="Exemplo: tratativa mail read carta.eml")
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


@mail.command(epilog="Exemplo: tratativa mail listen --host 127.0.0.1 --port 8025 --lmtp")
@options.data
@click.option("--host", default="127.0.0.1", show_default=True, help="Onde escutar; atrás de um servidor de e-mail.")
@click.option("--port", type=click.IntRange(1, 65535), default=8025, show_default=True, help="A porta.")
@click.option("--lmtp", is_flag=True, help="Fala LMTP em vez de SMTP.")
def listen(home: Path, host: str, port: int, lmtp: bool) -> None:
    """Escuta as cartas que o servidor de e-mail entrega, e só diz sim depois de guardá-las."""
    environment.enter(home)
    from tratativa.mail.intake.listening import Listener

    listener = Listener(host, port, lmtp=lmtp)
    listener.start()
    click.echo(f"Escutando {'LMTP' if lmtp else 'SMTP'} em {host}:{port}; Ctrl-C para parar.")
    try:
        signal.sigwait({signal.SIGTERM, signal.SIGINT})
    finally:
        listener.stop()


@mail.command("box", epilog="Exemplo: tratativa mail box sac@loja.example --marketplace loja --imap imap.loja.example")
@options.data
@click.argument("address", metavar="ENDEREÇO")
@click.option("--marketplace", "slug", required=True, help="O marketplace que lê esta caixa.")
@click.option("--imap", "host", help="Servidor IMAP em que a mesa busca; uma caixa nova sem ele recebe o que lhe dão.")
@click.option("--listener", is_flag=True, help="A caixa deixa de ser buscada: é a de `tratativa mail listen`.")
@click.option("--port", type=click.IntRange(1, 65535), help="Sem ela, a da proteção: 993 com TLS, 143 sem.")
@click.option("--security", type=click.Choice(["tls", "starttls", "none"]), help="Proteção; numa caixa nova, tls.")
@click.option("--authority", metavar="ARQUIVO.pem", type=options.Text(),
              help="A autoridade certificadora própria do servidor; um arquivo vazio volta às da máquina.")  # fmt: skip
@click.option("--user", help="Usuário; sem ele, o endereço.")
@click.option("--folder", help="A pasta lida; numa caixa nova, INBOX.")
@click.option("--secret", default="", help="A variável de ambiente da senha, em lugar da guardada; numa caixa nova, "
              "TRATATIVA_IMAP_PASSWORD.")  # fmt: skip
@click.option("--password-file", type=options.Text(),
              help="A senha, na primeira linha, guardada cifrada; - é a entrada.")  # fmt: skip
@click.option("--new-secret", is_flag=True, help="Troca o endereço de entrega do provedor; o antigo já não recebe.")
@click.option("--receiver", help="Quem assina Authentication-Results, como mx.google.com; - no Microsoft 365.")
def box(home: Path, address: str, slug: str, secret: str, new_secret: bool, listener: bool, **given: Any) -> None:
    """Cria ou muda uma caixa postal; o que não é dito fica como está, a senha guardada também."""
    file, authority = given.pop("password_file"), given.pop("authority")
    if file and secret:
        raise click.UsageError("Use --secret ou --password-file, não os dois.")
    if listener and given["host"]:
        raise click.UsageError("Use --imap ou --listener, não os dois.")
    password = people_options.password(file) if file else ""
    said = {name: value for name, value in given.items() if value is not None}
    said |= {"authority": authority.read(100_000)} if authority else {}
    said |= {"kind": "listener"} if listener else {"kind": "imap"} if said.get("host") else {}
    with environment.kept_ready(home):
        from tratativa.cases.core.refusals import Invalid

        place = people_options.find_marketplace(slug)
        try:
            row, made = _kept(place, address.lower(), said, password=password, secret=secret, new_secret=new_secret)
        except Invalid as no:
            raise Trouble(f"«{address}»: {' '.join(no.errors.values())}") from None
        _tell(row, made)


def _kept(
    place: "Marketplace", address: str, said: dict[str, Any], *, password: str, secret: str, new_secret: bool
) -> "tuple[Mailbox, bool]":
    """The mailbox as it is now, and whether it is new. Raises Invalid."""
    from django.db import transaction

    from tratativa.mail.intake import mailboxes, mailboxes_told
    from tratativa.mail.models import Mailbox

    with transaction.atomic():
        there = Mailbox.objects.select_for_update(of=("self",)).filter(address=address).first()
        before = mailboxes.of(there) if there else None
        blank = mailboxes.Given(address, kind="listener")
        # The port goes with the protection, where that is said without it.
        given = replace(before or blank, **{"port": None, "password": password, **said})
        variable = secret or ("TRATATIVA_IMAP_PASSWORD" if _needs_one(there, given.kind, password) else "")
        row = there or Mailbox()
        row.marketplace = place
        mailboxes.change_by_command(row, given, secret=variable if given.kind == "imap" else "")
        if new_secret:
            mailboxes.change_secret(row)
        mailboxes_told.by_command("mail box", before, row, readdressed=new_secret, password=bool(password))
    return row, there is None


def _needs_one(there: "Mailbox | None", kind: str, password: str) -> bool:
    return kind == "imap" and not password and not (there and (there.password or there.secret))


def _tell(row: "Mailbox", made: bool) -> None:
    from django.conf import settings

    from tratativa.mail import tokens

    click.echo(f"Caixa {row.address} {'criada' if made else 'mudada'} em {row.marketplace.name}.")
    if row.kind == "imap":
        whose = f"a variável {row.secret}" if row.secret else "a senha guardada, cifrada"
        click.echo(f"Busca em {row.host}, porta {row.port} ({row.security}), com {whose}.")
    if not row.receiver:
        click.echo(
            "Sem --receiver ninguém confere os remetentes: só é palavra do cliente a resposta ao endereço que ele"
            " recebeu da mesa, ou o que o domínio dele assinou (DKIM). O resto espera a equipe."
        )
    secret_part = tokens.secret(row.pk, row.handed_in_turn)
    click.echo(f"Um provedor pode entregar cartas por POST em {settings.SITE_URL}/post/in/{row.pk}/{secret_part}")
