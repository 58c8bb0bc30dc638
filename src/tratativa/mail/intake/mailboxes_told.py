"""What somebody did to a mailbox, told in the audit log: what differs, and of its password only that it does."""

from dataclasses import asdict

from django.utils.translation import gettext_lazy as _

from tratativa.accounts import audit
from tratativa.accounts.audit import registry
from tratativa.accounts.audit.recording import Plain
from tratativa.accounts.people import telling
from tratativa.accounts.people.team import Doer, Team
from tratativa.mail.intake import mailboxes
from tratativa.mail.intake.mailboxes import Given
from tratativa.mail.models import Mailbox
from tratativa.outward import authorities

_NAMES = {
    "address": _("Endereço"), "kind": _("Como chega"), "host": _("Servidor"), "security": _("Proteção da conexão"),
    "user": _("Usuário"), "folder": _("Pasta"), "receiver": _("Quem confere os remetentes"), "password": _("Senha"),
    "port": _("Porta"), "authority": _("Autoridade certificadora"),
}  # fmt: skip
_CODES = {
    "kind": {"imap": _("A mesa busca (IMAP)"), "listener": _("O servidor entrega (SMTP ou LMTP)")},
    "security": mailboxes.SECURITIES, "password": registry.SECRET,
}  # fmt: skip
ADDED = audit.register("mailbox.added", _("Criou uma caixa de e-mail"), _NAMES, _CODES)
CHANGED = audit.register("mailbox.changed", _("Mudou uma caixa de e-mail"), _NAMES, _CODES)
PAUSED = audit.register("mailbox.paused", _("Parou uma caixa de e-mail"))
RESUMED = audit.register("mailbox.resumed", _("Retomou uma caixa de e-mail"))
READDRESSED = audit.register("mailbox.readdressed", _("Trocou o endereço em que o provedor entrega"))


def added(made: Mailbox, *, password: bool = False, by: Doer) -> None:
    """A mailbox that was not there before; `password` says that one was given."""
    values: dict[str, Plain] = {name: value for name, value in _told(mailboxes.of(made)).items() if value}
    telling.tell(Team(made.marketplace), ADDED, by=by, about=made.address, after=values | _password(password))


def changed(before: Given, now: Mailbox, *, password: bool = False, by: Doer) -> None:
    """What differs; nothing where nothing does."""
    was, became = _told(before), _told(mailboxes.of(now))
    names = [name for name in was if was[name] != became[name]]
    old, new = ({name: side[name] for name in names} for side in (was, became))
    if names or password:
        told = new | _password(password)
        telling.tell(Team(now.marketplace), CHANGED, by=by, about=now.address, before=old, after=told)


def done(what: str, to: Mailbox, *, by: Doer) -> None:
    """Whatever has no value of its own."""
    telling.tell(Team(to.marketplace), what, by=by, about=to.address)


def by_command(command: str, before: Given | None, now: Mailbox, *, readdressed: bool, password: bool = False) -> None:
    """What a command did to a mailbox, which was `before`, or not there; call it in the transaction that does it."""
    by = Doer(command=command)
    if before:
        changed(before, now, password=password, by=by)
    else:
        added(now, password=password, by=by)
    if readdressed:
        done(READDRESSED, now, by=by)


def _told(of: Given) -> dict[str, Plain]:
    """As the log tells it: of an authority its name, and no port where it is the one its protection usually has."""
    port = of.port if of.port != mailboxes.PORTS.get(of.security) else None
    return {**asdict(of), "authority": authorities.name(of.authority or ""), "port": port}


def _password(given: bool) -> dict[str, Plain]:
    return {"password": True} if given else {}
