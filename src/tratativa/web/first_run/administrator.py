"""The first administrator, who lets everybody else in. From here on the address opens nothing; they are signed in."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.totp.internal.flows import activate_totp
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from tratativa.accounts.access import entering, second_factor
from tratativa.accounts.models import Marketplace, Membership, Person
from tratativa.accounts.people import hiring
from tratativa.accounts.people.refusals import Refused
from tratativa.accounts.people.team import Team
from tratativa.founding import first_run
from tratativa.web.first_run.entrance import HELD, SetupRequest
from tratativa.web.first_run.step import Answer
from tratativa.web.forms.plain_fields import Field
from tratativa.web.frame import named_hosts
from tratativa.web.joining import fields

GOING_ON = "setting_up"  # a session whose pages of the account lead back to the first run
APP, KEY, LATER = "app", "key", "later"
_NAMES = ("email", "name", "factor")


@dataclass(frozen=True)
class _Given:
    """As allauth's form of an app holds it."""

    secret: str


def get(request: SetupRequest) -> Answer:
    """The form."""
    return _page(request, {"factor": LATER}, {}, secret=str(totp.get_totp_secret(regenerate=True)))


def post(request: SetupRequest) -> Answer:
    """Makes the account and signs it in; of two who do it at once, one does."""
    given = {name: request.POST.get(name, "")[:300] for name in _NAMES}
    secret = str(totp.get_totp_secret())
    try:
        member = _founded(request, given, secret)
    except Refused as no:
        return _page(request, given, {no.field: str(no)}, secret=secret, status=422)
    request.session.pop(HELD, None)
    request.session[GOING_ON] = True
    had_one = second_factor.has_one(member)
    leads = entering.enter(request, member.person, to=_after(given, had_one), place=member.pk)
    if given["factor"] == APP and not had_one:
        activate_totp(request, _Given(secret))
    return Answer(leads=leads)


@transaction.atomic
def _founded(request: SetupRequest, given: Mapping[str, str], secret: str) -> Membership:
    """The administrator, with the second factor that was asked for. Raises Refused."""
    assert request.company is not None
    email, password = given["email"], request.POST.get("password", "")[:500]
    Marketplace.objects.select_for_update().get(pk=request.company.pk)
    if not first_run.is_open():
        raise Refused(_("Alguém acabou de criar a administração. Entre com essa conta."))
    if not given["name"].strip():
        raise Refused(_("Diga o seu nome."), "name")
    known = hiring.find(hiring.address(email))
    if known and hiring.may_sign_in(known) and not known.check_password(password):
        raise Refused(_("Já há uma conta com este e-mail, e a senha dela é outra."), "password")
    if given["factor"] == APP and not totp.validate_totp_code(secret, request.POST.get("code", "")[:40]):
        raise Refused(_("O código não confere. Escreva o que o aplicativo mostra agora."), "code")
    team = Team(request.company)
    member, _made = hiring.found(team, hiring.address(email), given["name"][:200], password, by=request.doer)
    if member.role != "admin":
        hiring.change_role(member, "admin", by=request.doer)
    return member


def _after(given: Mapping[str, str], had_one: bool) -> str:
    """Where signing in leads: to the passkey or the recovery codes, both of which lead back here."""
    if had_one or given["factor"] not in {APP, KEY}:
        return reverse("setup")
    return reverse("mfa_add_webauthn" if given["factor"] == KEY else "mfa_view_recovery_codes")


def _page(
    request: SetupRequest, given: Mapping[str, str], errors: dict[str, str], *, secret: str, status: int = 200
) -> Answer:
    email, name, nameless = given.get("email", ""), given.get("name", ""), named_hosts.nameless(request)
    asked = [
        Field("email", _("E-mail"), email, errors.get("email", ""), input="email", autocomplete="username"),
        *fields.account(name, errors),
        Field("factor", _("Verificação em duas etapas"), given.get("factor", LATER), type="choice",
              help=_("Quem administra deixa os outros entrar: com ela, uma senha roubada não basta."),
              options=((APP, _("Um aplicativo de códigos no telefone"), ""),
                       *(((KEY, _("Uma chave de acesso, criada na próxima tela"), ""),) if nameless is None else ()),
                       (LATER, _("Depois; a lista da mesa lembra"), ""))),
    ]  # fmt: skip
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(Person(email=email or "administração"), secret))
    context = {
        "fields": asked, "nameless": nameless, "trouble": errors.get("", ""), "secret": secret,
        "qr": "data:image/svg+xml;base64," + base64.b64encode(picture.encode()).decode(),
        "code": Field("code", _("Código do aplicativo"), "", errors.get("code", ""), mode="numeric",
                      autocomplete="one-time-code"),
    }  # fmt: skip
    return Answer(context, status)
