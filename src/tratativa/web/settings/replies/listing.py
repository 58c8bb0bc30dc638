"""The list of saved replies: one's own, the team's, and those the marketplace offers; looked through by any words."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tratativa.accounts import text
from tratativa.saved_replies import gaps, shelf
from tratativa.saved_replies.models import Reach, SavedReply
from tratativa.web.frame.gates import StaffRequest, staff

SHOWN = 200


@require_GET
@staff
def replies(request: StaffRequest) -> HttpResponse:
    """Those the person may use, by name, narrowed by words and by who uses them."""
    said = text.line(request.GET.get("q", ""))[:80]
    reach = request.GET.get("reach", "")
    found = list(shelf.find(request.actor, said, reach)[: SHOWN + 1])
    context = {
        "rows": [_row(one, request) for one in found[:SHOWN]],
        "rest": len(found) > SHOWN,
        "shown_count": SHOWN,
        "said": said,
        "reach": reach if reach in Reach.values else "",
        "reaches": _reaches(said, seller=request.actor.seller_id is not None),
        "may_write": bool(shelf.reaches(request.actor)),
    }
    return render(request, "settings/replies/list.html", context)


def label(reach: str, *, seller: bool) -> str:
    """Who uses replies of this reach, as this team reads it."""
    if reach == Reach.SELLERS:
        return _("Do marketplace") if seller else _("Para os lojistas")
    return _("Da equipe") if reach == Reach.TEAM else _("Só minhas")


def _reaches(said: str, *, seller: bool) -> list[dict[str, str]]:
    kept = {"q": said} if said else {}
    return [
        {"reach": "", "label": _("Todas"), "url": reverse("replies", query=kept)},
        *(
            {"reach": one, "label": label(one, seller=seller), "url": reverse("replies", query={**kept, "reach": one})}
            for one in Reach.values
        ),
    ]


def _row(reply: SavedReply, request: StaffRequest) -> dict[str, Any]:
    return {
        "url": reverse("reply_setting", args=[reply.pk]),
        "name": reply.name,
        "shortcut": reply.shortcut,
        "said": text.first_words(gaps.shown(reply.text).replace("**", ""), 90),
        "reach": label(reply.reach, seller=request.actor.seller_id is not None),
        "uses": reply.uses,
    }
