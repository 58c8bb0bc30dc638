"""Equipe: who belongs to the team, who is asked to, who left; and asking somebody."""

import uuid
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tratativa.accounts import rights
from tratativa.accounts.models import Membership
from tratativa.accounts.people import invitations
from tratativa.accounts.people.models import Departure, Invitation
from tratativa.accounts.people.refusals import Refused
from tratativa.accounts.people.team import Team
from tratativa.web.forms.plain_fields import Field
from tratativa.web.frame import rooms
from tratativa.web.frame.gates import StaffRequest, member
from tratativa.web.settings import inviting
from tratativa.web.settings.own_team import doer, team

LIMIT = 500


@require_GET
@member
def settings(request: StaffRequest) -> HttpResponse:
    """The first room this person may enter."""
    return redirect(rooms.of(request.actor)[0].url)


@require_http_methods(["GET", "POST"])
@member
def people(request: StaffRequest) -> HttpResponse:
    """The list; with a form, an invitation."""
    if request.method == "GET":
        return _page(request, {"role": "agent"}, {})
    given = {name: request.POST.get(name, "")[:300] for name in ("email", "name", "role")}
    try:
        asked, new = invitations.invite(
            team(request), given["email"], given["name"], given["role"], by=doer(request), at=request.at
        )
    except Refused as no:
        return _page(request, given, {no.field or "email": str(no)}, status=422)
    inviting.tell(request, asked, new=new)
    return redirect("people")


@require_POST
@member
def again(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """The same link, seven days more, by another letter where letters leave."""
    asked = _find(request, key)
    inviting.again(request, asked)
    return redirect("people")


@require_POST
@member
def withdraw(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """The link opens nothing any more."""
    asked = _find(request, key)
    inviting.withdraw(request, asked)
    return redirect("people")


def _find(request: StaffRequest, key: uuid.UUID) -> Invitation:
    waiting = invitations.waiting(team(request)).select_related("marketplace", "seller", "partner", "by")
    return get_object_or_404(waiting, pk=key)


def _page(request: StaffRequest, given: dict[str, str], errors: dict[str, str], *, status: int = 200) -> HttpResponse:
    mine = team(request)
    context = {
        "team": mine,
        "members": _members(mine),
        "invitations": [_asked(one, request) for one in invitations.waiting(mine)[:LIMIT]],
        "left": Departure.objects.filter(
            marketplace=mine.marketplace, seller=mine.seller, partner=mine.partner, returned_at=None
        ).select_related("person", "heir").order_by("-at")[:50],
        "fields": _fields(mine, given, errors),
    }  # fmt: skip
    return render(request, "settings/people.html", context, status=status)


def _members(mine: Team) -> list[Membership]:
    has = Authenticator.objects.filter(user=OuterRef("person_id")).exclude(type="recovery_codes")
    found = mine.members().annotate(second_factor=Exists(has)).order_by("person__name", "person__email")
    return list(found[:LIMIT])


def _asked(one: Invitation, request: StaffRequest) -> dict[str, Any]:
    return inviting.row(one, at=request.at) | {
        "again_url": reverse("invite_again", args=[one.pk]),
        "withdraw_url": reverse("withdraw_invitation", args=[one.pk]),
    }


def _fields(mine: Team, given: dict[str, str], errors: dict[str, str]) -> list[Field]:
    options = tuple((str(role), str(role.label), "") for role in rights.ROLES[mine.party])
    return [
        Field("email", _("E-mail"), given.get("email", ""), errors.get("email", ""), input="email"),
        Field("name", _("Nome"), given.get("name", ""), errors.get("name", ""), required=False),
        Field("role", _("Papel"), given.get("role", ""), errors.get("role", ""), type="choice", options=options),
    ]
