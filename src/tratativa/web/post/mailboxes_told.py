"""What somebody did to a mailbox, told in the audit log: what differs, and of its password only that it does."""

from dataclasses import asdict

from django.utils.translation import gettext_lazy as _

from tratativa.accounts import audit
from tratativa.accounts.audit.recording import Plain
from tratativa.mail.intake import mailboxes
from tratativa.mail.intake.mailboxes import Given
from tratativa.mail.models import Mailbox
from tratativa.web.frame import auditing
from tratativa.web.frame.gates import StaffRequest

_NAMES = {
    "address": _("Endereço"), "kind": _("Como chega"), "host": _("Servidor"), "security": _("Segurança"),
    "user": _("Usuário"), "folder": _("Pasta"), "receiver": _("Quem confere os remetentes"), "password": _("Senha"),
}  # fmt: skip
ADDED = audit.register("mailbox.added", _("Criou uma caixa de e-mail"), _NAMES)
CHANGED = audit.register("mailbox.changed", _("Mudou uma caixa de e-mail"), _NAMES)
PAUSED = audit.register("mailbox.paused", _("Parou uma caixa de e-mail"))
RESUMED = audit.register("mailbox.resumed", _("Retomou uma caixa de e-mail"))
READDRESSED = audit.register("mailbox.readdressed", _("Trocou o endereço em que o provedor entrega"))


def added(request: StaffRequest, made: Mailbox, given: Given) -> None:
    """A mailbox that was not there before."""
    values = {name: value for name, value in asdict(mailboxes.of(made)).items() if value}
    auditing.record(request, ADDED, about=made.address, after=values | _password(given))


def changed(request: StaffRequest, before: Given, now: Mailbox, given: Given) -> None:
    """What differs; nothing where nothing does."""
    was, became = asdict(before), asdict(mailboxes.of(now))
    names = [name for name in was if was[name] != became[name]]
    old, new = ({name: side[name] for name in names} for side in (was, became))
    if names or given.password:
        auditing.record(request, CHANGED, about=now.address, before=old, after=new | _password(given))


def done(request: StaffRequest, what: str, to: Mailbox) -> None:
    """Whatever has no value of its own."""
    auditing.record(request, what, about=to.address)


def by_command(command: str, before: Given | None, now: Mailbox, *, readdressed: bool) -> None:
    """What a command did to a mailbox, which was `before`, or not there; call it in the transaction that does it."""
    was, became = asdict(before) if before else {}, asdict(mailboxes.of(now))
    names = [name for name, value in became.items() if value != was.get(name, "")]
    if before is None or names:
        old, new = ({name: side[name] for name in names if name in side} for side in (was, became))
        what = CHANGED if before else ADDED
        audit.record(now.marketplace, what=what, by_command=command, about=now.address, before=old, after=new)
    if readdressed:
        audit.record(now.marketplace, what=READDRESSED, by_command=command, about=now.address)


def _password(given: Given) -> dict[str, Plain]:
    return {"password": True} if given.password else {}
