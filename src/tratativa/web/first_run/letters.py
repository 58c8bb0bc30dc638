"""Letters out: the mail server, tried out with a letter before or after it is kept."""

from collections.abc import Mapping

from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tratativa.accounts import audit, clock
from tratativa.accounts.models import Marketplace
from tratativa.accounts.people.team import Doer
from tratativa.cases.core.refusals import Invalid
from tratativa.mail.outgoing import servers, trying
from tratativa.mail.outgoing.servers import PORTS, Server
from tratativa.web.first_run.entrance import SetupRequest
from tratativa.web.first_run.step import GOES_ON, Answer
from tratativa.web.joining.fields import Field

CHANGED = audit.register(
    "mail.server_changed", gettext_lazy("Mudou o servidor de e-mail"),
    {"host": gettext_lazy("Servidor"), "user": gettext_lazy("Usuário"), "sender": gettext_lazy("Remetente")},
)  # fmt: skip


def get(request: SetupRequest) -> Answer:
    """What is known of it."""
    if _is_shared():
        return Answer({"by_environment": servers.by_environment(), "shared": True})
    return _page(servers.stored() or Server(""), {})


def post(request: SetupRequest) -> Answer:
    """Keeps it, or sends a letter through it as it stands in the form. Raises PermissionDenied where it is shared."""
    tries = request.POST.get("do") == "try"
    if servers.by_environment():
        return _tried(request, None, Server("")) if tries else GOES_ON
    if _is_shared():
        raise PermissionDenied(_("As cartas de outros marketplaces também saem por este servidor."))
    given = _given(request)
    try:
        server = servers.clean(given)
    except Invalid as no:
        return _page(given, no.errors, status=422)
    if tries:
        return _tried(request, server, given)
    _keep(request, server)
    return GOES_ON


def _is_shared() -> bool:
    """Whether others' letters leave by it, too: then no one marketplace's administrator says where theirs go."""
    return Marketplace.objects.count() > 1


@transaction.atomic
def _keep(request: SetupRequest, server: Server) -> None:
    before, by = servers.stored(), request.doer
    servers.keep(server, at=clock.now())
    assert request.company is not None
    audit.record(
        request.company, what=CHANGED, who=by.person, by_command="" if by.person else by.command, whence=by.whence,
        before=_told(before), after=_told(server),
    )  # fmt: skip


def _told(server: Server | None) -> Mapping[str, str]:
    return {"host": server.host, "user": server.user, "sender": server.sender} if server else {}


def _tried(request: SetupRequest, server: Server | None, given: Server) -> Answer:
    to = _to(request.doer)
    wrong = trying.try_out(server, to)
    if not wrong:
        notices.success(
            request, _("O servidor aceitou uma carta de teste para %(to)s. Confira se ela chegou.") % {"to": to}
        )
    return _page(given, {}, trouble=wrong, status=422 if wrong else 200)


def _to(by: Doer) -> str:
    return by.person.email if by.person else ""


def _given(request: SetupRequest) -> Server:
    asked = request.POST.get
    raw = asked("port", "").strip()[:6]
    port = int(raw) if raw.isascii() and raw.isdigit() else (0 if not raw else -1)
    return Server(
        asked("host", "")[:200], asked("security", "")[:10], asked("user", "")[:200], asked("password", "")[:300],
        asked("sender", "")[:300], port,
    )  # fmt: skip


def _page(given: Server, errors: Mapping[str, str], *, trouble: str = "", status: int = 200) -> Answer:
    wrong = errors.get
    securities = (
        ("starttls", "STARTTLS", PORTS["starttls"]),
        ("tls", "TLS", PORTS["tls"]),
        ("none", _("Nenhuma"), PORTS["none"]),
    )
    fields = [
        Field("host", _("Servidor SMTP"), given.host, wrong("host", ""), mode="url", placeholder="smtp.loja.com.br"),
        Field("security", _("Proteção da conexão"), given.security, wrong("security", ""), type="choice",
              options=tuple((code, _("%(name)s, porta %(port)d") % {"name": name, "port": port}, "")
                            for code, name, port in securities)),
        Field("port", _("Porta"), str(given.port) if given.port > 0 else "", wrong("port", ""), required=False,
              mode="numeric", help=_("Vazia, é a da proteção escolhida.")),
        Field("user", _("Usuário"), given.user, wrong("user", ""), required=False),
        Field("password", _("Senha"), "", wrong("password", ""), input="password", required=False,
              autocomplete="new-password", help=_("Guardada cifrada; ninguém a lê de novo.")),
        Field("sender", _("Remetente"), given.sender, wrong("sender", ""),
              help=_("Como «Loja Exemplo <atendimento@loja.com.br>».")),
    ]  # fmt: skip
    return Answer({"fields": fields, "trouble": trouble, "by_environment": servers.by_environment()}, status)
