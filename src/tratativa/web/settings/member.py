"""One member of the team: role, sessions, second factor, and taking the place away with the open cases handed on."""

import uuid
from collections.abc import Callable

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tratativa.accounts import rights
from tratativa.accounts.access import second_factor
from tratativa.accounts.models import Membership
from tratativa.accounts.people import guarding, hiring
from tratativa.accounts.people.refusals import Refused
from tratativa.cases.acting import inheriting
from tratativa.cases.queues import assignment
from tratativa.founding import departures
from tratativa.web.forms.plain_fields import Field
from tratativa.web.frame.gates import StaffRequest, member
from tratativa.web.settings.own_team import doer, team


@require_GET
@member
def person(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """What is known of one member, and what may be done."""
    return _page(request, _find(request, key))


@require_POST
@member
def change_role(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Another role, from now on: open pages and streams end with the old one."""
    found = _find(request, key)
    role = request.POST.get("role", "")[:20]
    return _done(
        request, found, lambda: hiring.change_role(found, role, by=doer(request)),
        _("O papel mudou; vale desde já, também nas páginas abertas."),
    )  # fmt: skip


@require_POST
@member
def sign_out(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Ends the person's sessions everywhere."""
    found = _find(request, key)
    return _done(
        request, found, lambda: guarding.sign_out(found, by=doer(request)), _("As sessões desta pessoa terminaram.")
    )


@require_POST
@member
def reset_second_factor(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Takes the second factor away: who lost the telephone makes another."""
    found = _find(request, key)
    return _done(
        request, found, lambda: guarding.reset_second_factor(found, by=doer(request)),
        _("A verificação em duas etapas foi tirada, e as sessões desta pessoa terminaram."),
    )  # fmt: skip


@require_POST
@member
def leave(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Takes the place away; the open cases go to whom the form says, or to nobody."""
    found = _find(request, key)
    heir = None
    if chosen := request.POST.get("heir", ""):
        heir = next((one for one in _heirs(request, found) if str(one.pk) == chosen), None)
        if heir is None:
            notices.error(request, _("Escolha alguém da equipe para os atendimentos."))
            return redirect("member", found.pk)
    try:
        departures.part_soon(found, heir, by=doer(request), at=request.at)
    except Refused as no:
        notices.error(request, str(no))
        return redirect("member", found.pk)
    notices.success(request, _("%(name)s já não entra.") % {"name": found.person.name})
    return redirect("home" if found.pk == request.membership.pk else "people")


def _find(request: StaffRequest, key: uuid.UUID) -> Membership:
    return get_object_or_404(team(request).members().select_related("marketplace", "seller", "partner"), pk=key)


def _heirs(request: StaffRequest, leaving: Membership) -> list[Membership]:
    return list(assignment.able(team(request)).exclude(pk=leaving.pk)[:500])


def _done(request: StaffRequest, found: Membership, change: Callable[[], object], said: str) -> HttpResponse:
    try:
        change()
    except Refused as no:
        notices.error(request, str(no))
    else:
        notices.success(request, said)
    return redirect("member", found.pk)


def _page(request: StaffRequest, found: Membership) -> HttpResponse:
    mine = team(request)
    cases = inheriting.open_cases(found.person_id, found.marketplace_id, found.seller_id).count()
    told = ngettext(
        "%(count)d atendimento aberto é desta pessoa.", "%(count)d atendimentos abertos são desta pessoa.", cases
    )
    options = tuple((str(role), str(role.label), "") for role in rights.ROLES[mine.party])
    heirs = [
        ("", _("Ninguém: ficam sem responsável")),
        *((str(one.pk), one.person.name) for one in _heirs(request, found)),
    ]
    context = {
        "found": found,
        "room_address": "people",
        "team": mine,
        "role": Field("role", _("Papel"), found.role, type="choice", options=options),
        "second_factor": second_factor.has_one(found),
        "only_here": guarding.is_only_here(found),
        "cases": cases,
        "cases_told": told % {"count": cases},
        "heir": Field("heir", _("Passar os atendimentos abertos para"), type="person", choices=tuple(heirs)),
    }
    return render(request, "settings/member.html", context)
