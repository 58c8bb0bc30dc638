"""One seller: who administers it, who was asked to, and where it is suspended."""

import uuid
from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tratativa.accounts import documents
from tratativa.accounts.models import Membership, Seller
from tratativa.accounts.people import invitations
from tratativa.accounts.people.models import Invitation
from tratativa.accounts.people.refusals import Refused
from tratativa.cases.core import rulebook_versions
from tratativa.founding import companies, first_administrators
from tratativa.web.forms.plain_fields import Field
from tratativa.web.frame.gates import StaffRequest, administration
from tratativa.web.settings import inviting
from tratativa.web.settings.own_team import doer

LIMIT = 50


@require_GET
@administration
def seller(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """What is known of it."""
    return _page(request, _find(request, key), {}, {})


@require_POST
@administration
def invite(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Asks somebody to administer it."""
    found = _find(request, key)
    given = {name: request.POST.get(name, "")[:300] for name in ("email", "person")}
    try:
        asked, new = first_administrators.invite(
            found, given["email"], given["person"], by=doer(request), at=request.at
        )
    except Refused as no:
        return _page(request, found, given, {no.field or "email": str(no)}, status=422)
    inviting.tell(request, asked, new=new)
    return redirect("seller_setting", found.pk)


@require_POST
@administration
def move(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Gives it the address its customers read."""
    found = _find(request, key)
    given = {"address": request.POST.get("address", "")[:1000]}
    try:
        if companies.move_seller(found, given["address"], by=doer(request)):
            notices.success(request, _("O endereço foi guardado: os clientes dele já o leem."))
    except Refused as no:
        return _page(request, found, given, {no.field: str(no)}, status=422)
    return redirect("seller_setting", found.pk)


@require_POST
@administration
def again(request: StaffRequest, key: uuid.UUID, asked: uuid.UUID) -> HttpResponse:
    """The same link, seven days more."""
    one = _asked(request, key, asked)
    inviting.again(request, one)
    return redirect("seller_setting", key)


@require_POST
@administration
def withdraw(request: StaffRequest, key: uuid.UUID, asked: uuid.UUID) -> HttpResponse:
    """The link opens nothing any more."""
    one = _asked(request, key, asked)
    inviting.withdraw(request, one)
    return redirect("seller_setting", key)


def _find(request: StaffRequest, key: uuid.UUID) -> Seller:
    mine = Seller.objects.filter(marketplace=request.actor.marketplace_id).select_related("marketplace")
    return get_object_or_404(mine, pk=key)


def _asked(request: StaffRequest, key: uuid.UUID, asked: uuid.UUID) -> Invitation:
    return get_object_or_404(first_administrators.asked(_find(request, key)), pk=asked)


def _page(
    request: StaffRequest, found: Seller, given: dict[str, str], errors: dict[str, str], *, status: int = 200
) -> HttpResponse:
    members = Membership.objects.filter(seller=found, person__is_active=True).select_related("person")
    waiting = first_administrators.asked(found)[:LIMIT]
    context: dict[str, Any] = {
        "found": found,
        "room_address": "seller_settings",
        "document": documents.show(found.document, rulebook_versions.land(request.actor.marketplace_id).documents),
        "members": members.order_by("person__name", "person__email")[:LIMIT],
        "address": Field(
            "address",
            _("Endereço"),
            given.get("address", found.address),
            errors.get("address", ""),
            required=False,
            help=_("Lido pelos clientes, com o nome e o documento, na página e nos e-mails."),
        ),
        "administered": first_administrators.has_one(found),
        "asked": any(invitations.holds(one, at=request.at) for one in waiting),
        "trouble": errors.get("email", ""),
        "invitations": [
            inviting.row(one, at=request.at)
            | {name: reverse(address, args=[found.pk, one.pk]) for name, address in _FORMS.items()}
            for one in waiting
        ],
        "fields": [
            Field("email", _("E-mail"), given.get("email", ""), errors.get("email", ""), input="email"),
            Field("person", _("Nome"), given.get("person", ""), errors.get("person", ""), required=False),
        ],
    }
    return render(request, "settings/seller.html", context, status=status)


_FORMS = {"again_url": "invite_seller_again", "withdraw_url": "withdraw_seller"}
