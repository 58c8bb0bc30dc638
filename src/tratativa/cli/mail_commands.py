"""Commands on letters: how one is understood, which mailboxes there are, and the listener."""

import json
import signal
from pathlib import Path

import click

from tratativa.cli import options
from tratativa.config.trouble import Trouble
from tratativa.mail.reading.summary import summary
from tratativa.serve import environment


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
@click.option("--imap", "host", default="", help="Servidor IMAP; sem ele, a caixa é a de `tratativa mail listen`.")
@click.option("--port", type=click.IntRange(1, 65535), default=993, show_default=True)
@click.option("--security", type=click.Choice(["tls", "starttls", "none"]), default="tls", show_default=True)
@click.option("--user", default="", help="Usuário; sem ele, o endereço.")
@click.option("--secret", default="TRATATIVA_IMAP_PASSWORD", show_default=True, help="A variável de ambiente da senha.")
@click.option("--new-secret", is_flag=True, help="Troca o endereço de entrega do provedor; o antigo já não recebe.")
@click.option(
    "--receiver", default="", help="Quem assina Authentication-Results, como mx.google.com; - no Microsoft 365."
)
def box(
    home: Path,
    address: str,
    slug: str,
    host: str,
    port: int,
    security: str,
    user: str,
    secret: str,
    receiver: str,
    new_secret: bool,
) -> None:
    """Cria ou muda uma caixa postal; a senha fica fora do banco, na variável de ambiente."""
    environment.enter(home)
    from django.conf import settings
    from django.db import transaction

    from tratativa.accounts.models import Marketplace
    from tratativa.mail import tokens
    from tratativa.mail.intake import mailboxes, mailboxes_told
    from tratativa.mail.models import Mailbox

    marketplace = Marketplace.objects.filter(slug=slug).first()
    if marketplace is None:
        raise Trouble(f"Não há marketplace chamado «{slug}».")
    if wrong := mailboxes.check_address(address):
        raise Trouble(f"«{address}»: {wrong}")
    given = {
        "marketplace": marketplace, "kind": "imap" if host else "listener", "host": host, "port": port, "user": user,
        "security": security, "secret": secret if host else "", "password": "", "receiver": receiver,
    }  # fmt: skip
    with transaction.atomic():
        there = Mailbox.objects.filter(address=address.lower()).first()
        before = mailboxes.of(there) if there else None
        row, made = Mailbox.objects.update_or_create(address=address.lower(), defaults=given)
        if new_secret:
            mailboxes.change_secret(row)
        mailboxes_told.by_command("mail box", before, row, readdressed=new_secret)
    click.echo(f"Caixa {address.lower()} {'criada' if made else 'mudada'} em {marketplace.name}.")
    if not receiver:
        click.echo(
            "Sem --receiver ninguém confere os remetentes: só é palavra do cliente a resposta ao endereço que ele"
            " recebeu da mesa, ou o que o domínio dele assinou (DKIM). O resto espera a equipe."
        )
    secret_part = tokens.secret(row.pk, row.handed_in_turn)
    click.echo(f"Um provedor pode entregar cartas por POST em {settings.SITE_URL}/post/in/{row.pk}/{secret_part}")
