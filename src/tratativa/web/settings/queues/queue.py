"""One queue: how its cases are given out, to whom, how many at once; and who answers where it is a partner's."""

import uuid
from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tratativa.accounts.people import absences
from tratativa.accounts.people.refusals import Refused
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import QueueAssignment, QueueMember
from tratativa.cases.queues import assignment, giving, presence
from tratativa.cases.queues.assignment import Chosen
from tratativa.founding import unstaffed
from tratativa.web.forms.plain_fields import Field
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.lists import named_queues, reaching
from tratativa.web.lists.named_queues import Named
from tratativa.web.settings.own_team import doer, team
from tratativa.web.settings.queues import partners, skills, ways

LIMIT = 500


@require_http_methods(["GET", "POST"])
@staff
def queue(request: StaffRequest, name: str) -> HttpResponse:
    """How it is given out; with the form, how it is from now on."""
    found = named_queues.find(request, name)
    if request.method == "GET":
        return _page(request, found, {})
    way = request.POST.get("way", "")[:10]
    try:
        assignment.keep(team(request), found.id, way, _chosen(request), by=doer(request))
    except Refused as no:
        return _page(request, found, {no.field or "people": str(no)}, status=422)
    notices.success(request, _("Guardado: vale para o que chegar, e para o que espera sem responsável."))
    return redirect("queue_setting", found.id)


def _chosen(request: StaffRequest) -> list[Chosen]:
    """Whom the form ticked, each with their limit. Raises Refused."""
    picked = []
    for raw in request.POST.getlist("person")[:LIMIT]:
        try:
            person = uuid.UUID(raw)
        except ValueError:
            raise Refused(_("Escolha só pessoas da equipe que atendam."), "people") from None
        picked.append(Chosen(person, assignment.limit_of(request.POST.get(f"limit-{person}", "")[:20])))
    return picked


def _page(request: StaffRequest, found: Named, errors: dict[str, str], *, status: int = 200) -> HttpResponse:
    mine = team(request)
    kept = assignment.of(mine, found.id)
    way = request.POST.get("way", "")[:10] if request.method == "POST" else kept.way
    options = tuple((code, ways.label(code), ways.note(code)) for code in assignment.WAYS)
    context = {
        "found": found,
        "team": mine,
        "room_address": "queue_settings",
        "way": Field("way", _("Distribuição"), way, errors.get("way", ""), type="choice", options=options),
        "people": _people(request, kept),
        "people_error": errors.get("people", ""),
        "saved": kept.way != "off",
        "alone": found.id in presence.alone(mine, rulebook_versions.today(mine.marketplace.pk, request.at)),
        "reached": reaching.addresses(request, found.queue),
        "partner": partners.shown(request, found),
        "nobody": not mine.seller and found.id in {one.id for one in unstaffed.queues(mine.marketplace)},
    }
    return render(request, "settings/queues/queue.html", context, status=status)


def _people(request: StaffRequest, kept: QueueAssignment) -> list[dict[str, Any]]:
    mine = team(request)
    members, posted = assignment.members(kept), request.method == "POST"
    ticked = set(request.POST.getlist("person"))
    market, seller = request.actor.marketplace_id, request.actor.seller_id
    away = absences.on(market, seller, rulebook_versions.today(market, request.at))
    able = list(assignment.able(mine)[:LIMIT])
    held = giving.held(market, seller, [one.person_id for one in able])
    book = rulebook_versions.in_force(market)
    rows = []
    for one in able:
        has = members.get(one.person_id)
        limit = request.POST.get(f"limit-{one.person_id}", "") if posted else (has.limit or "") if has else ""
        rows.append(
            {
                "key": str(one.person_id),
                "name": one.person.name,
                "ticked": str(one.person_id) in ticked if posted else bool(has),
                "limit": limit,
                "open": held.get(one.person_id, 0),
                "away": one.person_id in away,
                "skills": skills.told(has, book) if has else "",
                "skills_url": _skills_url(kept, has),
            }
        )
    return rows


def _skills_url(kept: QueueAssignment, has: QueueMember | None) -> str:
    return reverse("queue_skills", args=[kept.queue, has.person_id]) if has else ""
