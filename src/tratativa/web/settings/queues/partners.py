"""Who answers a partner's queue: its people, and asking somebody to administer them."""

import uuid
from typing import Any

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tratativa.accounts.models import Partner
from tratativa.accounts.people import partners
from tratativa.accounts.people.models import Invitation
from tratativa.accounts.people.refusals import Refused
from tratativa.accounts.rights import Right
from tratativa.founding import first_administrators
from tratativa.web.forms.plain_fields import Field
from tratativa.web.frame.gates import StaffRequest, administration
from tratativa.web.lists import named_queues
from tratativa.web.lists.named_queues import Named
from tratativa.web.settings import inviting
from tratativa.web.settings.own_team import doer

LIMIT = 50


@require_POST
@administration
def invite(request: StaffRequest, name: str) -> HttpResponse:
    """Asks somebody to administer the partner's people."""
    found = _found(request, name)
    partner = partners.answering(request.actor.marketplace_id, found.id, name=found.label)
    given = [request.POST.get(name, "")[:300] for name in ("email", "person")]
    try:
        asked, new = first_administrators.invite(partner, *given, by=doer(request), at=request.at)
    except Refused as no:
        notices.error(request, str(no))
    else:
        inviting.tell(request, asked, new=new)
    return redirect("queue_setting", found.id)


@require_POST
@administration
def again(request: StaffRequest, name: str, asked: uuid.UUID) -> HttpResponse:
    """The same link, seven days more."""
    one = _asked(request, name, asked)
    inviting.again(request, one)
    return redirect("queue_setting", name)


@require_POST
@administration
def withdraw(request: StaffRequest, name: str, asked: uuid.UUID) -> HttpResponse:
    """The link opens nothing any more."""
    one = _asked(request, name, asked)
    inviting.withdraw(request, one)
    return redirect("queue_setting", name)


def shown(request: StaffRequest, found: Named) -> dict[str, Any] | None:
    """What the queue's page shows of its partner; None where it is none's, or not this reader's to change."""
    if found.queue is None or found.queue.of != "marketplace" or not request.actor.may(Right.SETTINGS):
        return None
    partner = _partner(request, found)
    waiting = first_administrators.asked(partner)[:LIMIT] if partner else []
    return {
        "members": list(first_administrators.team(partner).members().order_by("person__name")[:LIMIT])
        if partner else [],
        "administered": partner is not None and first_administrators.has_one(partner),
        "invitations": [
            inviting.row(one, at=request.at)
            | {key: reverse(address, args=[found.id, one.pk]) for key, address in _FORMS.items()}
            for one in waiting
        ],
        "fields": [
            Field("email", _("E-mail"), input="email"),
            Field("person", _("Nome"), required=False),
        ],
    }  # fmt: skip


_FORMS = {"again_url": "invite_partner_again", "withdraw_url": "withdraw_partner"}


def _found(request: StaffRequest, name: str) -> Named:
    found = named_queues.find(request, name)
    if found.queue is None or found.queue.of != "marketplace":
        raise Http404
    return found


def _partner(request: StaffRequest, found: Named) -> Partner | None:
    rows = Partner.objects.filter(marketplace=request.actor.marketplace_id, queue=found.id, seller=None)
    return rows.select_related("marketplace").first()


def _asked(request: StaffRequest, name: str, asked: uuid.UUID) -> Invitation:
    partner = _partner(request, _found(request, name))
    if partner is None:
        raise Http404
    return get_object_or_404(first_administrators.asked(partner), pk=asked)
