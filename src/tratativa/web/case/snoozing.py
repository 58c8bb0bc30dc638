"""Putting a case aside until later, from its page, and bringing it back."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tratativa.accounts import moments
from tratativa.accounts.actors import Actor
from tratativa.accounts.rights import Right
from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.models import Case, Snooze
from tratativa.cases.queues import snoozing
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.web.frame import scoped_get
from tratativa.web.frame.gates import StaffRequest, staff

MORNING = time(9)


@dataclass(frozen=True)
class Aside:
    """What a case's page says and offers: until when it is aside and who put it there, else the moments to choose."""

    until: datetime | None = None
    by: str = ""
    moments: tuple[tuple[str, str], ...] = ()
    latest: str = ""

    def __bool__(self) -> bool:
        return bool(self.until or self.moments)


def of(case: Case, actor: Actor, book: Rulebook, *, at: datetime) -> Aside:
    """For a case of the team's own turn; at most one query."""
    if not case.is_open or case.waiting_on != actor.party or not actor.may(Right.ANSWER):
        return Aside()
    held: Snooze | None = snoozing.held(case, actor, at=at)
    if held:
        return Aside(held.until, held.by.name if held.by else "")
    due = snoozing.latest(case, actor)
    offered = [(f"{when:%Y-%m-%dT%H:%M}", label) for when, label in _moments(book, at) if not due or when <= due]
    return Aside(moments=tuple(offered), latest=f"{due.astimezone(book.clock.zone):%Y-%m-%dT%H:%M}" if due else "")


def _moments(book: Rulebook, at: datetime) -> list[tuple[datetime, str]]:
    """In three hours, tomorrow morning, Monday morning: in the rulebook's own time."""
    now = at.astimezone(book.clock.zone)
    tomorrow = datetime.combine(now.date() + timedelta(days=1), MORNING, book.clock.zone)
    monday = datetime.combine(now.date() + timedelta(days=7 - now.weekday()), MORNING, book.clock.zone)
    found = [(now + timedelta(hours=3), _("Em 3 horas")), (tomorrow, _("Amanhã às 9h"))]
    return found if monday == tomorrow else [*found, (monday, _("Segunda-feira às 9h"))]


@require_POST
@staff
def snooze(request: StaffRequest, protocol: str) -> HttpResponse:
    """Puts it aside until the moment chosen, or typed; or brings it back."""
    case = scoped_get.case(request.actor, protocol)
    page = redirect(reverse("case", args=[protocols.show(case.protocol)]))
    if request.POST.get("do") == "back":
        snoozing.bring_back(case, by=request.actor)
        notices.success(request, _("De volta à lista."))
        return page
    until = _typed(request, rulebook_versions.of(case))
    if until is None:
        notices.error(request, _("Não adiado: escolha o dia e a hora."))
        return page
    try:
        snoozing.put_aside(case, until, by=request.actor, at=request.at)
    except NotAllowed as no:
        notices.error(request, _("Não adiado. %(why)s") % {"why": no})
        return page
    told = {"until": moments.short(until, request.at)}
    notices.success(request, _("Adiado: volta à lista %(until)s, ou antes se algo acontecer nele.") % told)
    return redirect("cases")


def _typed(request: StaffRequest, book: Rulebook) -> datetime | None:
    said = request.POST.get("until", "") or request.POST.get("other", "")
    try:
        return datetime.fromisoformat(said[:16]).replace(tzinfo=book.clock.zone)
    except ValueError:
        return None
