"""Mailboxes as a form: what it asks, with what was given and what is wrong with it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from tratativa.mail.intake.mailboxes import PORTS, Given
from tratativa.mail.models import Mailbox
from tratativa.web.forms.plain_fields import Field


def draw(mailbox: Mailbox | None, given: Given, errors: Mapping[str, str]) -> list[Field]:
    """The fields of a mailbox; its password is never shown again."""
    kept = bool(mailbox and (mailbox.password or mailbox.secret))
    wrong = {name: errors.get(name, "") for name in ("address", "kind", "host", "security", "user", "password")}
    fetched = "kind=imap"
    return [
        Field("address", _("Endereço"), given.address, wrong["address"], mode="email",
              help=_("O que os clientes veem e ao qual respondem.")),
        Field("kind", _("Como os e-mails chegam"), given.kind, wrong["kind"], type="choice", options=(
            ("imap", _("A mesa busca num servidor IMAP"), ""),
            ("listener", _("O servidor de e-mail ou um provedor entrega à mesa"), ""),
        )),
        Field("host", _("Servidor IMAP"), given.host, wrong["host"], only=fetched, mode="url"),
        Field("security", _("Proteção da conexão"), given.security, wrong["security"], type="choice", only=fetched,
              options=_securities(mailbox)),
        Field("user", _("Usuário"), given.user, wrong["user"], required=False, only=fetched,
              help=_("Vazio, é o próprio endereço.")),
        Field("password", _("Senha"), "", wrong["password"], input="password", required=not kept, only=fetched,
              help=_password_help(mailbox)),
        Field("folder", _("Pasta"), given.folder, errors.get("folder", ""), only=fetched),
        Field("receiver", _("Quem confere os remetentes"), given.receiver, errors.get("receiver", ""), required=False,
              help=_("O nome com que o servidor assina Authentication-Results, como mx.google.com; um traço no "
                     "Microsoft 365. Vazio, ninguém confere: só é palavra do cliente a resposta ao endereço que ele "
                     "recebeu da mesa, ou o que o domínio dele assinou (DKIM); o resto espera a equipe.")),
    ]  # fmt: skip


def _securities(mailbox: Mailbox | None) -> tuple[tuple[str, str, str], ...]:
    offered = (
        ("tls", _("TLS, porta %(port)d") % {"port": PORTS["tls"]}, ""),
        ("starttls", _("STARTTLS, porta %(port)d") % {"port": PORTS["starttls"]}, ""),
    )
    if mailbox is not None and mailbox.security == "none":
        return (*offered, ("none", _("Nenhuma, como foi criada na linha de comando"), ""))
    return offered


def _password_help(mailbox: Mailbox | None) -> str:
    if mailbox is None:
        return _("Guardada cifrada; ninguém a lê de novo.")
    if mailbox.secret:
        return _("Hoje ela vem da variável de ambiente %(name)s. Vazia, fica assim.") % {"name": mailbox.secret}
    if mailbox.password:
        return _("Há uma senha guardada. Vazia, ela fica; escreva-a de novo se mudar o servidor ou o usuário.")
    return _("Guardada cifrada; ninguém a lê de novo.")
