"""The mail server letters leave by: as the environment names it, else as an administrator said on a page."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import parseaddr
from re import fullmatch

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from tratativa.accounts import text
from tratativa.accounts.secrecy import sealing
from tratativa.cases.core import work
from tratativa.cases.core.refusals import Invalid
from tratativa.mail.models import Letter, OutgoingServer
from tratativa.outward import authorities

PURPOSE = "mail server"
PORTS = {"starttls": 587, "tls": 465, "none": 25}  # RFC 6409, RFC 8314
LATE = timedelta(days=2)  # what waited longer for a server is not sent out of the blue
HOST = r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,118}[A-Za-z0-9])?"


@dataclass(frozen=True)
class Server:
    """Where letters go to leave, and in whose name. `port` 0 is the one the protection usually has; `authority`, in
    PEM, is believed on its certificate in place of the machine's."""

    host: str
    security: str = "starttls"
    user: str = ""
    password: str = ""
    sender: str = ""
    port: int = 0
    authority: str = ""


def by_environment() -> bool:
    """Whether the environment names the server: then no page changes it."""
    return bool(settings.EMAIL_HOST)


def stored() -> Server | None:
    """What an administrator said, its password opened; None where nobody did, or where its key is not here."""
    row = OutgoingServer.objects.first()
    if row is None:
        return None
    try:
        password = sealing.unseal(row.password, PURPOSE) if row.password else ""
    except sealing.Broken:
        return None
    return Server(row.host, row.security, row.user, password, row.sender, row.port, row.authority)


def sender() -> str:
    """In whose name letters leave: as an administrator said, else as the environment does, else the site's own."""
    kept = None if by_environment() else stored()
    return kept.sender if kept and kept.sender else str(settings.DEFAULT_FROM_EMAIL)


def domain() -> str:
    """Whose the Message-IDs of our letters are: the sender's."""
    return parseaddr(sender())[1].rpartition("@")[2].lower()


def clean(given: Server) -> Server:
    """What was typed, as it is kept: without a new password the one of before, at the same server and under the same
    protection: else whoever may change the page could have the password sent where anybody hears it. Raises Invalid."""
    host = text.line(given.host).lower()
    before = stored()
    tidy = replace(given, host=host, user=text.line(given.user)[:120], sender=text.line(given.sender)[:200])
    same = before and (before.host, before.user, before.security) == (tidy.host, tidy.user, tidy.security)
    if not tidy.password and before and same:
        tidy = replace(tidy, password=before.password)
    errors: dict[str, str] = {}
    if not fullmatch(HOST, host):
        errors["host"] = _("Escreva o nome do servidor, como smtp.loja.com.br.")
    if given.security not in PORTS:
        errors["security"] = _("Escolha como a conexão é protegida.")
    if not 0 <= given.port <= 65535:
        errors["port"] = _("Uma porta é um número de 1 a 65535.")
    if not _is_sender(tidy.sender):
        errors["sender"] = _("Escreva um endereço de e-mail, como atendimento@loja.com.br.")
    if tidy.user and not tidy.password:
        errors["password"] = _("Escreva a senha deste usuário.")
    if len(tidy.password) > 200 or any(ord(char) < 32 for char in tidy.password):
        errors["password"] = _("A senha tem até 200 letras, numa linha.")
    try:
        tidy = replace(tidy, authority=authorities.clean(given.authority))
    except authorities.NoAuthority as no:
        errors["authority"] = str(no)
    if errors:
        raise Invalid(errors)
    return replace(tidy, port=tidy.port or PORTS[tidy.security])


@transaction.atomic
def keep(server: Server, *, at: datetime) -> None:
    """Letters leave by it from now on, those of the last two days that waited for one, too."""
    sealed = sealing.seal(server.password, PURPOSE) if server.password else ""
    OutgoingServer.objects.update_or_create(
        only=True,
        defaults={"host": server.host, "port": server.port, "security": server.security, "user": server.user,
                  "password": sealed, "sender": server.sender, "authority": server.authority},
    )  # fmt: skip
    waiting = Letter.objects.filter(state="waiting", tries=0, at__gte=at - LATE).order_by("at")
    for key in list(waiting.values_list("pk", flat=True)):
        _send_soon(key)


def _send_soon(key: uuid.UUID) -> None:
    work.ask("mail.send_letter", letter_id=key)


def _is_sender(sender: str) -> bool:
    _name, address = parseaddr(sender)
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True
