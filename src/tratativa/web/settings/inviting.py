"""Invitations as pages show them, and what is said once somebody was asked."""

from datetime import datetime
from typing import Any

from django.contrib import messages as notices
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tratativa.accounts.models import Membership
from tratativa.accounts.people import invitations, letters, postage
from tratativa.accounts.people.models import Invitation
from tratativa.web.frame.gates import StaffRequest
from tratativa.web.settings.own_team import doer


def tell(request: HttpRequest, asked: Invitation, *, new: bool) -> None:
    """Sends the letter where letters leave, and says which way the link goes."""
    gaps = {"email": asked.email}
    if letters.ask(asked):
        notices.success(request, _("O convite para %(email)s sai por e-mail em instantes.") % gaps)
    elif new:
        notices.success(
            request, _("%(email)s está convidado. Não há servidor de e-mail: entregue o link abaixo.") % gaps
        )
    else:
        notices.success(request, _("O link de %(email)s vale mais sete dias. Entregue-o como está abaixo.") % gaps)


def again(request: StaffRequest, asked: Invitation) -> None:
    """The same link, seven days more, by another letter where letters leave."""
    invitations.again(asked, by=doer(request), at=request.at)
    tell(request, asked, new=False)


def withdraw(request: StaffRequest, asked: Invitation) -> None:
    """The link opens nothing any more."""
    invitations.withdraw(asked, by=doer(request), at=request.at)
    notices.success(request, _("O convite de %(email)s foi retirado: o link não abre mais.") % {"email": asked.email})


def row(one: Invitation, *, at: datetime) -> dict[str, Any]:
    """What a page shows of an invitation; its link only where no letter takes it along."""
    holds = invitations.holds(one, at=at)
    return {
        "key": one.pk,
        "email": one.email,
        "role": Membership(role=one.role).get_role_display(),
        "until": one.expires_at,
        "sent_at": one.sent_at,
        "holds": holds,
        "link": invitations.link(one) if holds and not postage.leaves() else "",
    }
