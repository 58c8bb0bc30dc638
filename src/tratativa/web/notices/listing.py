"""Avisos: what happened that concerns one, the unread in bold, each leading to its case at the place."""

import uuid
from datetime import datetime
from typing import Any

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tratativa.accounts import actors, reach
from tratativa.accounts.actors import Actor
from tratativa.notices import reading, wording
from tratativa.notices.models import Kind, Notice
from tratativa.rulebook.terms.parties import Party
from tratativa.web.frame.gates import StaffRequest, member
from tratativa.web.frame.home import asks_fragment

_ICONS = {
    Kind.ASSIGNED: "user-check", Kind.MESSAGE: "message-square", Kind.ANSWER: "layers", Kind.OPENED: "inbox",
    Kind.DEADLINE: "alarm-clock", Kind.MENTION: "at-sign", Kind.TASK: "list-checks",
    Kind.STANDING: "gauge",
}  # fmt: skip


@require_GET
@member
def listed(request: StaffRequest) -> HttpResponse:
    """One's notices in the team one acts for, newest first; all, or the unread; a script gets the list alone."""
    unread = request.GET.get("show") == "unread"
    pages = reading.page(
        request.actor, unread=unread, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    names = wording.names(pages.rows)
    context = {
        "rows": [_row(one, wording.tell(one, names)) for one in pages.rows],
        "unread_only": unread,
        "own_base": "partner/base.html" if request.actor.party is Party.PARTNER else "desk/base.html",
        "until": request.at.isoformat(),
        "here": reverse("notices", query={"show": "unread"} if unread else None),
        "after_url": _turned(unread, after=pages.after),
        "before_url": _turned(unread, before=pages.before),
    }
    return render(request, "notices/rows.html" if asks_fragment(request) else "notices/page.html", context)


@require_GET
@member
def bell(request: StaffRequest) -> HttpResponse:
    """The bell with its number, for a page that heard that it changed."""
    return render(request, "notices/bell.html", {"is_partner": request.actor.party is Party.PARTNER})


@require_GET
@member
def opened(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Leads to what a notice tells of, which is read by that; as the member of the team it was told to."""
    person = request.membership.person_id
    found = reading.find(person, key)
    place = _place(request, found) if found else None
    if found is None or place is None:
        raise Http404
    with reach.within(*place.owners):
        notice = reading.of(place).select_related("case", "entry").filter(pk=key).first()
        if notice is None:
            raise Http404
        reading.open_one(notice, at=request.at)
        return redirect(wording.address(notice))


@require_POST
@member
def read_all(request: StaffRequest) -> HttpResponse:
    """All that the page showed, and what lay behind it, is read; what came since is not."""
    count = reading.read_all(request.actor, until=_until(request.POST.get("until", ""), request.at), at=request.at)
    told = ngettext("Um aviso marcado como lido.", "%(n)d avisos marcados como lidos.", count) % {"n": count}
    notices.success(request, told if count else _("Não havia avisos por ler."))
    return redirect("notices")


def _place(request: StaffRequest, found: Notice) -> Actor | None:
    """Who the person is in the notice's team, which this session acts for from now on; None where they left it."""
    team = (found.marketplace_id, found.seller_id, found.partner_id)
    for one in getattr(request.user, "places", []):
        if (one.marketplace_id, one.seller_id, one.partner_id) == team:
            if one.pk != request.membership.pk:
                request.session["membership"] = str(one.pk)
            return actors.of_membership(one)
    return None


def _until(typed: str, now: datetime) -> datetime:
    try:
        found = parse_datetime(typed[:40])
        return min(found, now).astimezone(now.tzinfo) if found and found.tzinfo else now
    except (ValueError, OverflowError):  # the first and the last day of all have no other zone's hour
        return now


def _turned(unread: bool, **cursor: str) -> str:
    if not any(cursor.values()):
        return ""
    return reverse("notices", query=cursor | ({"show": "unread"} if unread else {}))


def _row(notice: Notice, told: wording.Told) -> dict[str, Any]:
    whom = None if notice.partner_id else notice.case.customer or notice.case.partner
    return {
        "url": reverse("open_notice", args=[notice.pk]),
        "icon": _ICONS[Kind(notice.kind)],
        "urgent": notice.kind == Kind.DEADLINE,
        "unread": notice.read_at is None,
        "happening": told.happening,
        # Of many cases none is named.
        "shown": "" if notice.batch_id else told.protocol,
        "subject": "" if notice.batch_id else told.subject,
        "whom": whom.name if whom and not notice.batch_id else "",
        "at": notice.at,
    }
