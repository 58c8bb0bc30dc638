"""The card of the cases tied to one: a case is tied by its number, and taken off where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tratativa.accounts.actors import Actor
from tratativa.accounts.rights import Right
from tratativa.cases.acting.joining import tying
from tratativa.cases.core import protocols
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.models import Case
from tratativa.cases.reading import ties
from tratativa.web.frame import scoped_get
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.frame.home import asks_fragment
from tratativa.web.lists import siblings
from tratativa.web.lists.siblings import Sibling


@dataclass(frozen=True)
class Tied:
    """The cases tied to one, those that may be, and whether this actor ties any."""

    cases: list[Sibling]
    others: list[Sibling]
    may: bool

    def __bool__(self) -> bool:
        return bool(self.cases or (self.may and self.others))


def of(case: Case, actor: Actor, near: Iterable[Sibling]) -> Tied:
    """What stands tied to a case, and which of those `near` it do not yet; one query."""
    tied = [siblings.of(one, actor) for one in ties.of(case, actor)]
    known = {one.shown for one in tied}
    others = [one for one in near if one.shown not in known]
    return Tied(tied, others, may=actor.may(Right.ANSWER) and not case.queue)


@require_POST
@staff
def tie(request: StaffRequest, protocol: str) -> HttpResponse:
    """Ties the case to the one whose number was typed or chosen."""
    case = scoped_get.case(request.actor, protocol)
    typed = request.POST.get("other", "")[:60]
    try:
        tying.tie(case, _other(request, typed), by=request.actor, at=request.at)
    except NotAllowed as no:
        return _answer(request, case, typed=typed, error=str(no))
    return _answer(request, case)


@require_POST
@staff
def untie(request: StaffRequest, protocol: str, other: str) -> HttpResponse:
    """Takes the other off."""
    case = scoped_get.case(request.actor, protocol)
    tying.untie(case, scoped_get.case(request.actor, other), by=request.actor, at=request.at)
    return _answer(request, case)


def _other(request: StaffRequest, typed: str) -> Case:
    try:
        return scoped_get.case(request.actor, typed.strip())
    except Http404:
        raise NotAllowed(_("Não há atendimento com este protocolo.")) from None


def _answer(request: StaffRequest, case: Case, *, typed: str = "", error: str = "") -> HttpResponse:
    shown = protocols.show(case.protocol)
    if asks_fragment(request):
        view: dict[str, Any] = {"shown": shown, "tied": of(case, request.actor, _near(case, request.actor))}
        context = {"view": view, "tie_typed": typed, "tie_error": error, "tie_answered": True}
        return render(request, "desk/cards/tied.html", context)
    if error:
        notices.error(request, _("Não ligado. %(why)s") % {"why": error})
    return redirect(reverse("case", args=[shown]) + "#tied")


def _near(case: Case, actor: Actor) -> list[Sibling]:
    of_order = siblings.of_order(case.order, actor, but=case) if case.order else []
    return [*of_order, *siblings.of_customer(case, actor)[0]]
