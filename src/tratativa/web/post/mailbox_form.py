"""Mailboxes as a form: what it asks, with what was given and what is wrong with it."""

from collections.abc import Mapping
from contextlib import suppress

from django.http import QueryDict
from django.utils.translation import gettext as _

from tratativa.mail.intake.mailboxes import PORTS, Given
from tratativa.mail.models import Mailbox
from tratativa.outward import authorities
from tratativa.web.forms.plain_fields import Field, port_of

_NAMES = ("address", "kind", "host", "security", "user", "password", "folder", "receiver")


def read(sent: QueryDict) -> Given:
    """What was sent of it. A field the page did not have is not said; an empty port is the protection's own."""
    words = {name: sent.get(name, "")[:300] for name in _NAMES}
    port = port_of(sent.get("port", "")) if "port" in sent else None
    authority = sent.get("authority", "")[: authorities.LARGEST + 1] if "authority" in sent else None
    return Given(**words, port=port, authority=authority)


def draw(mailbox: Mailbox | None, given: Given, errors: Mapping[str, str]) -> list[Field]:
    """The fields of a mailbox; its password is never shown again."""
    kept = bool(mailbox and (mailbox.password or mailbox.secret))
    wrong = {name: errors.get(name, "") for name in (*_NAMES, "port", "authority")}
    fetched = "kind=imap"
    usual = given.port in (None, 0, PORTS.get(given.security))
    return [
        Field("address", _("Endereço"), given.address, wrong["address"], mode="email",
              help=_("O que os clientes veem e ao qual respondem.")),
        Field("kind", _("Como os e-mails chegam"), given.kind, wrong["kind"], type="choice", options=(
            ("imap", _("A mesa busca num servidor IMAP"), ""),
            ("listener", _("O servidor de e-mail ou um provedor entrega à mesa"), ""),
        )),
        Field("host", _("Servidor IMAP"), given.host, wrong["host"], only=fetched, mode="url"),
        Field("security", _("Proteção da conexão"), given.security, wrong["security"], type="choice", only=fetched,
              options=_securities()),
        Field("port", _("Porta"), "" if usual else str(given.port) if (given.port or 0) > 0 else "", wrong["port"],
              required=False, only=fetched, mode="numeric", help=_("Vazia, é a da proteção escolhida.")),
        Field("authority", _("Autoridade certificadora própria"), given.authority or "", wrong["authority"],
              type="long_text", required=False, only=fetched,
              help=_authority_help(given)),
        Field("user", _("Usuário"), given.user, wrong["user"], required=False, only=fetched,
              help=_("Vazio, é o próprio endereço.")),
        Field("password", _("Senha"), "", wrong["password"], input="password", required=not kept, only=fetched,
              help=_password_help(mailbox)),
        Field("folder", _("Pasta"), given.folder, wrong["folder"], only=fetched),
        Field("receiver", _("Quem confere os remetentes"), given.receiver, wrong["receiver"], required=False,
              help=_("O nome com que o servidor assina Authentication-Results, como mx.google.com; um traço no "
                     "Microsoft 365. Vazio, ninguém confere: só é palavra do cliente a resposta ao endereço que ele "
                     "recebeu da mesa, ou o que o domínio dele assinou (DKIM); o resto espera a equipe.")),
    ]  # fmt: skip


def _securities() -> tuple[tuple[str, str, str], ...]:
    house = _("Só a um servidor da casa, que TRATATIVA_CONNECT_TO nomeia.")
    offered = (("tls", "TLS", ""), ("starttls", "STARTTLS", ""), ("none", _("Nenhuma"), house))
    said = _("%(name)s, porta %(port)d")
    return tuple((code, said % {"name": name, "port": PORTS[code]}, note) for code, name, note in offered)


def _authority_help(given: Given) -> str:
    known = ""
    with suppress(ValueError):
        known = authorities.name(given.authority or "")
    if known:
        return _("Só vale %(name)s. Vazia, valem as que a máquina conhece.") % {"name": known}
    return _(
        "O certificado em PEM, se o do servidor não for de uma autoridade pública. Vazia, valem as que a máquina "
        "conhece."
    )


def _password_help(mailbox: Mailbox | None) -> str:
    if mailbox is None:
        return _("Guardada cifrada; ninguém a lê de novo.")
    if mailbox.secret:
        return _("Hoje ela vem da variável de ambiente %(name)s. Vazia, fica assim.") % {"name": mailbox.secret}
    if mailbox.password:
        return _("Há uma senha guardada. Vazia, ela fica; escreva-a de novo se mudar o servidor ou o usuário.")
    return _("Guardada cifrada; ninguém a lê de novo.")
