"""The form of the mail server letters leave by: read, kept and told, and tried out with a letter."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tratativa.accounts import audit, clock
from tratativa.accounts.audit import registry
from tratativa.accounts.audit.recording import Plain
from tratativa.accounts.models import Marketplace
from tratativa.accounts.people import telling
from tratativa.accounts.people.team import Doer, Team
from tratativa.cases.core.refusals import Invalid
from tratativa.mail.intake.mailboxes import SECURITIES
from tratativa.mail.outgoing import moving, servers, trying
from tratativa.mail.outgoing.servers import PORTS, Server
from tratativa.outward import authorities
from tratativa.web.forms.plain_fields import Field, port_of

CHANGED = audit.register(
    "mail.server_changed", gettext_lazy("Mudou o servidor de e-mail"),
    {"host": gettext_lazy("Servidor"), "user": gettext_lazy("Usuário"), "sender": gettext_lazy("Remetente"),
     "security": gettext_lazy("Proteção da conexão"), "port": gettext_lazy("Porta"),
     "password": gettext_lazy("Senha"), "authority": gettext_lazy("Autoridade certificadora")},
    {"security": SECURITIES, "password": registry.SECRET},
)  # fmt: skip


@dataclass(frozen=True)
class Form:
    """The form as it stands: its fields, what went wrong when a letter was tried, and whether it was kept."""

    fields: list[Field]
    trouble: str = ""
    wrong: bool = False
    kept: bool = False

    @property
    def status(self) -> int:
        """The answer's status."""
        return 422 if self.wrong else 200


def is_shared() -> bool:
    """Whether others' letters leave by it, too: then no one marketplace's administrator says where theirs go."""
    return not servers.by_environment() and Marketplace.objects.count() > 1


def shown() -> Form:
    """What is known of the server; of a shared one nothing."""
    if is_shared():
        return Form([])
    return Form(_fields(servers.stored() or Server(""), {}))


def taken(request: HttpRequest, marketplace: Marketplace, *, by: Doer) -> Form:
    """Keeps what was sent, or, where `do` says «try», sends a letter through it as it stands in the form.

    Where the environment names the server, nothing is kept, and the letter goes by that one.
    Raises PermissionDenied where it is shared.
    """
    tries = request.POST.get("do") == "try"
    if servers.by_environment():
        return _tried(request, None, Server(""), by) if tries else Form(_fields(Server(""), {}), kept=True)
    if is_shared():
        raise PermissionDenied(_("As cartas de outros marketplaces também saem por este servidor."))
    given = _given(request)
    try:
        server = servers.clean(given)
    except Invalid as no:
        return Form(_fields(given, no.errors), wrong=True)
    if tries:
        return _tried(request, server, given, by)
    _keep(server, marketplace, by)
    return Form(_fields(server, {}), kept=True)


@transaction.atomic
def _keep(server: Server, marketplace: Marketplace, by: Doer) -> None:
    before = servers.stored()
    servers.keep(server, at=clock.now())
    was, became = _told(before), _told(server)
    names = [name for name in {**was, **became} if was.get(name) != became.get(name)]
    changed: dict[str, Plain] = {name: became.get(name) for name in names}
    if server.password and (before is None or before.password != server.password):
        changed["password"] = True
    if changed:
        old = {name: was[name] for name in names if name in was}
        telling.tell(Team(marketplace), CHANGED, by=by, before=old, after=changed)
    if before:
        moving.tell(marketplace, before, server, by=by)


def _told(server: Server | None) -> Mapping[str, Plain]:
    if server is None:
        return {}
    told: dict[str, Plain] = {"host": server.host, "port": server.port, "security": server.security,
                              "user": server.user, "sender": server.sender}  # fmt: skip
    if server.authority:
        told["authority"] = authorities.name(server.authority)
    return told


def _tried(request: HttpRequest, server: Server | None, given: Server, by: Doer) -> Form:
    to = by.person.email if by.person else ""
    wrong = trying.try_out(server, to)
    if not wrong:
        notices.success(
            request, _("O servidor aceitou uma carta de teste para %(to)s. Confira se ela chegou.") % {"to": to}
        )
    return Form(_fields(given, {}), trouble=wrong, wrong=bool(wrong))


def _given(request: HttpRequest) -> Server:
    asked = request.POST.get
    return Server(
        asked("host", "")[:200], asked("security", "")[:10], asked("user", "")[:200], asked("password", "")[:300],
        asked("sender", "")[:300], port_of(asked("port", "")), asked("authority", "")[: authorities.LARGEST + 1],
    )  # fmt: skip


def _fields(given: Server, errors: Mapping[str, str]) -> list[Field]:
    wrong = errors.get
    house = _("Só a um servidor da casa, que TRATATIVA_CONNECT_TO nomeia.")
    securities = (("starttls", "STARTTLS", ""), ("tls", "TLS", ""), ("none", _("Nenhuma"), house))
    return [
        Field("host", _("Servidor SMTP"), given.host, wrong("host", ""), mode="url", placeholder="smtp.loja.com.br"),
        Field("security", _("Proteção da conexão"), given.security, wrong("security", ""), type="choice",
              options=tuple((code, _("%(name)s, porta %(port)d") % {"name": name, "port": PORTS[code]}, note)
                            for code, name, note in securities)),
        Field("port", _("Porta"), str(given.port) if given.port > 0 else "", wrong("port", ""), required=False,
              mode="numeric", help=_("Vazia, é a da proteção escolhida.")),
        Field("authority", _("Autoridade certificadora própria"), given.authority, wrong("authority", ""),
              type="long_text", required=False,
              help=_("O certificado em PEM, se o do servidor não for de uma autoridade pública. Vazia, valem as que a "
                     "máquina conhece.")),
        Field("user", _("Usuário"), given.user, wrong("user", ""), required=False),
        Field("password", _("Senha"), "", wrong("password", ""), input="password", required=False,
              autocomplete="new-password", help=_("Guardada cifrada; ninguém a lê de novo.")),
        Field("sender", _("Remetente"), given.sender, wrong("sender", ""),
              help=_("Como «Loja Exemplo <atendimento@loja.com.br>».")),
    ]  # fmt: skip
