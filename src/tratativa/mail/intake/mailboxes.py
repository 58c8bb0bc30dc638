"""Mailboxes: where letters come in is told by whoever administers the marketplace, and checked before it is kept."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from re import fullmatch
from uuid import UUID

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tratativa.accounts import text
from tratativa.cases.core.refusals import Invalid
from tratativa.mail.intake import mailbox_secrets
from tratativa.mail.models import Mailbox
from tratativa.mail.outgoing.servers import HOST
from tratativa.outward import authorities, guard

# How a connection is protected, by what people call it.
SECURITIES: Mapping[str, str | Promise] = {"tls": "TLS", "starttls": "STARTTLS", "none": gettext_lazy("Nenhuma")}
PORTS = {"tls": 993, "starttls": 143, "none": 143}  # RFC 8314


def opened(count: int) -> str:
    """What is said of a mailbox that opened, with so many letters in its folder."""
    said = ngettext("A caixa abriu: %(count)d e-mail na pasta.", "A caixa abriu: %(count)d e-mails na pasta.", count)
    return said % {"count": count}


_ADDRESS = r"[^@\s+<>]{1,26}@[^@\s<>]{1,200}"
_RECEIVER = r"[A-Za-z0-9._-]{0,120}"
_VARIABLE = r"[A-Za-z_][A-Za-z0-9_]{0,79}"
_PASSWORD_LIMIT = 200


@dataclass(frozen=True)
class Given:
    """What somebody says of a mailbox. An empty password leaves the one that is there.

    `port` 0 is the one the protection usually has. None, for `port` and `authority`, leaves what is there.
    """

    address: str
    kind: str = "imap"
    host: str = ""
    security: str = "tls"
    user: str = ""
    password: str = ""
    folder: str = "INBOX"
    receiver: str = ""
    port: int | None = None
    authority: str | None = None


def of(mailbox: Mailbox) -> Given:
    """What is known of a mailbox, without its password."""
    return Given(
        mailbox.address,
        mailbox.kind,
        mailbox.host,
        mailbox.security,
        mailbox.user,
        "",
        mailbox.folder,
        mailbox.receiver,
        mailbox.port,
        mailbox.authority,
    )


def add(marketplace_id: UUID, given: Given) -> Mailbox:
    """A new mailbox. Raises Invalid."""
    return change(Mailbox(marketplace_id=marketplace_id), given)


def change(mailbox: Mailbox, given: Given) -> Mailbox:
    """The mailbox as it is now said to be. Raises Invalid.

    Where it connects elsewhere the password must be given again: else whoever may change a mailbox could have its
    password sent to a server of their own.
    """
    tidy = _clean(mailbox, given)
    return _keep(mailbox, tidy, _errors(mailbox, tidy) | _untrusted(mailbox, tidy))


def change_by_command(mailbox: Mailbox, given: Given, *, secret: str = "") -> Mailbox:
    """As whoever runs the machine says it, who may connect it anywhere and anyhow. Raises Invalid.

    `secret` names the environment variable with the password, from now on in place of any other. Without it and
    without a password, the one that is there stays, wherever it was given.
    """
    tidy = _clean(mailbox, given)
    errors = _errors(mailbox, tidy)
    if secret and not fullmatch(_VARIABLE, secret):
        errors["secret"] = _("«%(name)s» não é o nome de uma variável de ambiente.") % {"name": secret[:80]}
    if secret:
        mailbox.secret, mailbox.password = secret, ""
    return _keep(mailbox, tidy, errors)


def pause(mailbox: Mailbox, *, at: datetime) -> bool:
    """Nothing is fetched from it for now; what lies in it waits there. Whether it was fetched until now."""
    return bool(Mailbox.objects.filter(pk=mailbox.pk, paused_at=None).update(paused_at=at))


def resume(mailbox: Mailbox) -> bool:
    """It is fetched again, from the last letter on. Whether it had been paused."""
    paused = Mailbox.objects.filter(pk=mailbox.pk, paused_at__isnull=False)
    return bool(paused.update(paused_at=None, trouble=""))


def change_secret(mailbox: Mailbox) -> None:
    """The address by which a provider hands letters in becomes another at once: somebody read the one of before."""
    Mailbox.objects.filter(pk=mailbox.pk).update(handed_in_turn=F("handed_in_turn") + 1)
    mailbox.refresh_from_db(fields=["handed_in_turn"])


def check_address(address: str) -> str:
    """What is wrong with an address as a mailbox's, or nothing: a token must fit in front of its sign."""
    if fullmatch(_ADDRESS, address):
        return ""
    return _("Não é um endereço que receba respostas: até 26 letras, sem «+», e um domínio.")


def _keep(mailbox: Mailbox, given: Given, errors: Mapping[str, str]) -> Mailbox:
    if errors:
        raise Invalid(dict(errors))
    if given.kind == "imap":
        _connect(mailbox, given)
    else:
        mailbox.host = mailbox.user = mailbox.password = mailbox.secret = mailbox.authority = ""
        mailbox.security, mailbox.port = "tls", PORTS["tls"]
    mailbox.address, mailbox.kind, mailbox.receiver = given.address, given.kind, given.receiver
    mailbox.trouble, mailbox.looked_at = "", None
    mailbox.save()
    return mailbox


def _connect(mailbox: Mailbox, given: Given) -> None:
    """From where it is fetched."""
    if _elsewhere(mailbox, given) or mailbox.folder != given.folder:
        mailbox.validity, mailbox.last_uid = 0, 0
    mailbox.host, mailbox.security, mailbox.user = given.host, given.security, given.user
    mailbox.port, mailbox.authority = given.port or PORTS[given.security], given.authority or ""
    mailbox.folder = given.folder
    if given.password:
        mailbox.password, mailbox.secret = mailbox_secrets.seal(given.password), ""


def _clean(mailbox: Mailbox, given: Given) -> Given:
    fetched = given.kind == "imap"
    port, authority = given.port, given.authority
    if port is None:  # it goes with the protection
        port = mailbox.port if mailbox.host and given.security == mailbox.security else 0
    if authority is None:
        authority = mailbox.authority
    with suppress(authorities.NoAuthority):  # told by `_errors`
        authority = authorities.clean(authority)
    return replace(
        given,
        address=text.line(given.address).strip().lower(),
        host=text.line(given.host).strip().lower() if fetched else "",
        user=text.line(given.user).strip()[:120],
        folder=text.line(given.folder).strip()[:80] or "INBOX",
        receiver=text.line(given.receiver).strip(),
        port=port or PORTS.get(given.security, 0),
        authority=authority,
    )


def _errors(mailbox: Mailbox, given: Given) -> dict[str, str]:
    errors: dict[str, str] = {}
    if wrong := check_address(given.address):
        errors["address"] = wrong
    elif Mailbox.objects.filter(address__iexact=given.address).exclude(pk=mailbox.pk).exists():
        errors["address"] = _("Já existe uma caixa com este endereço.")
    if given.kind not in ("imap", "listener"):
        errors["kind"] = _("Escolha como os e-mails chegam.")
    if not fullmatch(_RECEIVER, given.receiver):
        errors["receiver"] = _("Escreva só o nome, como mx.google.com.")
    if given.kind == "imap":
        errors |= _server_errors(given)
    return errors


def _server_errors(given: Given) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not fullmatch(HOST, given.host):
        errors["host"] = _("Escreva o nome do servidor, como imap.loja.com.br.")
    if given.security not in PORTS:
        errors["security"] = _("Escolha como a conexão é protegida.")
    elif not 1 <= (given.port or 0) <= 65535:
        errors["port"] = _("Uma porta é um número de 1 a 65535.")
    try:
        authorities.clean(given.authority or "")
    except authorities.NoAuthority as no:
        errors["authority"] = str(no)
    if len(given.password) > _PASSWORD_LIMIT or any(ord(char) < 32 for char in given.password):
        errors["password"] = _("A senha tem até 200 letras, numa linha.")
    return errors


def _untrusted(mailbox: Mailbox, given: Given) -> dict[str, str]:
    """What only whoever runs the machine may do: send a password unprotected into the world, or one they do not know
    elsewhere."""
    errors: dict[str, str] = {}
    if given.kind != "imap":
        return errors
    as_before = mailbox.security == "none" and mailbox.host == given.host
    if given.security == "none" and not as_before and not guard.is_of_the_house(given.host):
        errors["security"] = _(
            "Escolha como a conexão é protegida. Sem proteção, só a um servidor da casa, que quem cuida da máquina diz "
            "em TRATATIVA_CONNECT_TO."
        )
    if not given.password and (not (mailbox.password or mailbox.secret) or _elsewhere(mailbox, given)):
        errors["password"] = _("Escreva a senha da caixa.")
    return errors


def _elsewhere(mailbox: Mailbox, given: Given) -> bool:
    there = (mailbox.kind, mailbox.host, mailbox.port, mailbox.security, mailbox.user or mailbox.address)
    return there != (given.kind, given.host, given.port, given.security, given.user or given.address)
