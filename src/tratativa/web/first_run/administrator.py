"""The first administrator, who lets everybody else in. From here on the address opens nothing; they are signed in."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from tratativa.accounts.access import entering
from tratativa.accounts.models import Marketplace
from tratativa.accounts.people import hiring
from tratativa.accounts.people.refusals import Refused
from tratativa.accounts.people.team import Team
from tratativa.founding import first_run
from tratativa.web.first_run.entrance import HELD, SetupRequest
from tratativa.web.first_run.step import Answer
from tratativa.web.forms.plain_fields import Field
from tratativa.web.joining import fields


def get(request: SetupRequest) -> Answer:
    """The form."""
    return _page("", "", {})


def post(request: SetupRequest) -> Answer:
    """Makes the account and signs it in; of two who do it at once, one does."""
    email, name = request.POST.get("email", "")[:300], request.POST.get("name", "")[:200]
    password = request.POST.get("password", "")[:500]
    assert request.company is not None
    try:
        with transaction.atomic():
            Marketplace.objects.select_for_update().get(pk=request.company.pk)
            if not first_run.is_open():
                raise Refused(_("Alguém acabou de criar a administração. Entre com essa conta."))
            if not name.strip():
                raise Refused(_("Diga o seu nome."), "name")
            known = hiring.find(hiring.address(email))
            if known and hiring.may_sign_in(known) and not known.check_password(password):
                raise Refused(_("Já há uma conta com este e-mail, e a senha dela é outra."), "password")
            member, _made = hiring.found(Team(request.company), hiring.address(email), name, password, by=request.doer)
            if member.role != "admin":
                hiring.change_role(member, "admin", by=request.doer)
    except Refused as no:
        return _page(email, name, {no.field: str(no)}, status=422)
    request.session.pop(HELD, None)
    return Answer(leads=entering.enter(request, member.person, to=reverse("setup"), place=member.pk))


def _page(email: str, name: str, errors: dict[str, str], *, status: int = 200) -> Answer:
    asked = [
        Field("email", _("E-mail"), email, errors.get("email", ""), input="email", autocomplete="username"),
        *fields.account(name, errors),
    ]
    return Answer({"fields": asked, "trouble": errors.get("", "")}, status)
