"""Ausências: who of the team is away and when, noted by whoever leads it; and one's own, by oneself."""

import uuid
from collections import defaultdict
from datetime import date
from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tratativa.accounts import moments
from tratativa.accounts.models import Membership, Person
from tratativa.accounts.people import absences
from tratativa.accounts.people.models import Absence
from tratativa.accounts.people.refusals import Refused
from tratativa.cases.core import rulebook_versions
from tratativa.cases.queues import assignment, presence
from tratativa.web.forms.plain_fields import Field, day_of
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.lists import named_queues
from tratativa.web.settings.own_team import doer, team

LIMIT = 500
_NAMES = ("person", "first", "last", "cover")


@require_http_methods(["GET", "POST"])
@staff
def room(request: StaffRequest) -> HttpResponse:
    """Who is away, now and later; with a form, one more."""
    if request.method == "GET":
        return _page(request, {"person": request.GET.get("person", "")[:40]}, {})
    given = {name: request.POST.get(name, "")[:40] for name in _NAMES}
    person = _member(request, given["person"])
    if person is None:
        return _page(request, given, {"person": _("Diga quem se ausenta.")}, status=422)
    try:
        noted = _plan(request, person, given)
    except Refused as no:
        return _page(request, given, {no.field: str(no)}, status=422)
    _tell(request, noted)
    return redirect("absences")


@require_POST
@staff
def end(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Ends an absence, or calls it off."""
    return _end(request, get_object_or_404(absences.of(team(request)), pk=key), "absences")


@require_POST
@staff
def plan_own(request: StaffRequest) -> HttpResponse:
    """Notes one's own absence."""
    given = {name: request.POST.get(name, "")[:40] for name in _NAMES}
    try:
        _tell(request, _plan(request, request.membership.person, given))
    except Refused as no:
        notices.error(request, str(no))
    return redirect("account")


@require_POST
@staff
def end_own(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Ends one's own absence."""
    mine = absences.of(team(request)).filter(person=request.membership.person_id)
    return _end(request, get_object_or_404(mine, pk=key), "account")


def of_oneself(request: StaffRequest) -> dict[str, Any]:
    """What one's own account shows: one's absences that are not over, and the form for another."""
    rows = absences.coming(team(request), _today(request)).filter(person=request.membership.person_id)[:LIMIT]
    return {"rows": [_row(one, request, "end_own_absence") for one in rows], "fields": _fields(request, {}, {})[1:]}


def _plan(request: StaffRequest, person: Person, given: dict[str, str]) -> Absence:
    first, last = _day(given["first"], "first"), _day(given["last"], "last")
    cover = _member(request, given["cover"]) if given["cover"] else None
    if given["cover"] and cover is None:
        raise Refused(_("Escolha, para cobrir, alguém da equipe que atenda."), "cover")
    return absences.plan(
        team(request), person, first, last, cover, day=_today(request), by=doer(request), at=request.at
    )


def _end(request: StaffRequest, one: Absence, back: str) -> HttpResponse:
    if absences.end(team(request), one, by=doer(request), at=request.at):
        notices.success(request, _("A ausência de %(name)s terminou.") % {"name": one.person.name})
    return redirect(back)


def _day(raw: str, field: str) -> date | None:
    found = day_of(raw)
    if raw and found is None:
        raise Refused(_("Escreva o dia como no calendário."), field)
    return found


def _member(request: StaffRequest, raw: str) -> Person | None:
    try:
        key = uuid.UUID(raw)
    except ValueError:
        return None
    place: Membership | None = team(request).members().filter(person=key).first()
    return place.person if place else None


def _today(request: StaffRequest) -> date:
    return rulebook_versions.today(request.actor.marketplace_id, request.at)


def _tell(request: StaffRequest, noted: Absence) -> None:
    """Says what was noted, and what in those days has nobody any more: whom they cover, and queues they were in."""
    days = {"name": noted.person.name, "first": moments.day(noted.first), "last": moments.day(noted.last)}
    notices.success(request, _("Anotado: %(name)s está ausente de %(first)s a %(last)s.") % days)
    for one in absences.covering(team(request), noted.person, noted.first, noted.last)[:LIMIT]:
        gaps = {"name": noted.person.name, "away": one.person.name, "first": moments.day(one.first)}
        notices.warning(
            request,
            _("%(name)s cobriria %(away)s, ausente desde %(first)s: nos dias em comum ninguém cobre.") % gaps,
        )
    labels = {one.id: one.label for one in named_queues.of(request)}
    for queue, spans in presence.left_by(team(request), noted).items():
        gaps = {"queue": labels.get(queue, queue), "days": capfirst(moments.spans(spans))}
        notices.warning(
            request,
            _("%(days)s ninguém da fila %(queue)s está presente: o que chegar espera sem responsável.") % gaps,
        )


def _row(one: Absence, request: StaffRequest, ending: str) -> dict[str, Any]:
    return {
        "name": one.person.name,
        "first": moments.day(one.first),
        "last": moments.day(one.last),
        "cover": one.cover.name if one.cover else "",
        "now": one.first <= _today(request),
        "end_url": reverse(ending, args=[one.pk]),
    }


def _page(request: StaffRequest, given: dict[str, str], errors: dict[str, str], *, status: int = 200) -> HttpResponse:
    mine = team(request)
    rows = absences.coming(mine, _today(request))[:LIMIT]
    context = {
        "team": mine,
        "rows": [_row(one, request, "end_absence") for one in rows],
        "fields": _fields(request, given, errors),
    }
    return render(request, "settings/absences.html", context, status=status)


def _fields(request: StaffRequest, given: dict[str, str], errors: dict[str, str]) -> list[Field]:
    mine = team(request)
    everybody = mine.members().order_by("person__name", "person__email")[:LIMIT]
    people = [(str(one.person_id), one.person.name) for one in everybody]
    covers = [(str(one.person_id), one.person.name) for one in assignment.able(mine)[:LIMIT]]
    said, wrong = defaultdict(str, given), defaultdict(str, errors)
    return [
        Field("person", _("Quem"), said["person"], wrong["person"], type="person", choices=(("", "—"), *people)),
        Field("first", _("Primeiro dia"), said["first"], wrong["first"], input="date"),
        Field("last", _("Último dia"), said["last"], wrong["last"], input="date", required=False,
              help=_("Vazio: só o primeiro dia.")),
        Field("cover", _("Quem cobre"), said["cover"], wrong["cover"], type="person", required=False,
              choices=(("", _("Ninguém em particular")), *covers),
              help=_("Os atendimentos aparecem em «Meus casos» de quem cobre, e a página diz que cobre.")),
    ]  # fmt: skip
