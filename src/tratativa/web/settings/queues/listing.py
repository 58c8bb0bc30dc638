"""The list of queues, each with how it is given out."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from tratativa.accounts.rights import Right
from tratativa.cases.core import rulebook_versions
from tratativa.cases.queues import assignment, presence
from tratativa.founding import unstaffed
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.lists import named_queues
from tratativa.web.settings.own_team import team
from tratativa.web.settings.queues import ways


@require_GET
@staff
def queues(request: StaffRequest) -> HttpResponse:
    """Every queue of the team, and who gets its cases."""
    mine = team(request)
    kept = assignment.of_all(mine)
    today = rulebook_versions.today(request.actor.marketplace_id, request.at)
    unanswered = set() if mine.seller else {one.id for one in unstaffed.queues(mine.marketplace)}
    invites = request.actor.may(Right.SETTINGS)
    given, alone = presence.receivers(mine), presence.alone(mine, today)
    rows = [
        {
            "label": one.label,
            "note": one.note,
            "url": reverse("queue_setting", args=[one.id]),
            "way": ways.label(kept[one.id].way if one.id in kept else "off"),
            "people": _people(len(given[one.id])) if one.id in given else "",
            "alone": one.id in alone,
            "nobody": one.id in unanswered,
            "invite": one.id in unanswered and invites,
        }
        for one in named_queues.of(request)
    ]
    return render(request, "settings/queues/list.html", {"team": mine, "rows": rows})


def _people(count: int) -> str:
    return ngettext("%(count)d pessoa", "%(count)d pessoas", count) % {"count": count} if count else _("Ninguém")
