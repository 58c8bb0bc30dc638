"""Actions on several cases at once: each succeeds or fails by itself, and the page says which and why."""

from dataclasses import dataclass

from django.http import HttpResponseBadRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tratativa.accounts import text
from tratativa.batches import doing
from tratativa.batches.models import What
from tratativa.batches.wanted import Wanted
from tratativa.cases.acting import actions
from tratativa.cases.core import protocols, rulebook_versions, visibility
from tratativa.cases.core.refusals import Invalid, NotAllowed, Outdated
from tratativa.cases.models import Case
from tratativa.web.frame import typed
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.frame.home import came_from
from tratativa.web.lists.batches import asking
from tratativa.web.timeline import what_changed

LIMIT = 100


@dataclass(frozen=True)
class Result:
    """What became of one case. `unpassed` names the field of `seen`, the row version the list showed, where the case
    only lacks the reason why a queue's answer stays with the team."""

    shown: str
    done: bool
    why: str = ""
    unpassed: str = ""
    seen: int = 0


@require_POST
@staff
def bulk(request: StaffRequest) -> HttpResponseBase:
    """Closes the selected cases, or gives them a responsible person."""
    place = request.POST.get("do", "")
    if place in {What.REPLY, What.TAG, What.ACT} or request.POST.get("all") in typed.TRUE:
        return asking.ask(request)
    headings = {"close": _("Encerrar em lote"), "assign": _("Atribuir em lote")}
    if place not in headings:
        return HttpResponseBadRequest(_("Escolha o que fazer com os selecionados."))
    wanted = [protocols.parse(raw[:40]) for raw in request.POST.getlist("case")[:LIMIT]]
    found = visibility.visible_cases(request.actor).filter(protocol__in=[one for one in wanted if one])
    results = [_do(request, case, place) for case in found.select_related("order__seller", "seller", "marketplace")]
    if not results:
        return redirect(came_from(request, reverse("cases")))
    context = {
        "heading": headings[place],
        "results": results,
        "unpassed": [result for result in results if result.unpassed],
        "next": came_from(request, reverse("cases")),
    }
    return render(request, "desk/bulk.html", context)


def _do(request: StaffRequest, case: Case, place: str) -> Result:
    shown = protocols.show(case.protocol)
    action = actions.at_place(rulebook_versions.of(case), request.actor.party, place)
    if action is None:
        return Result(shown, False, _("Este atendimento não tem esta ação."))
    seen = typed.number(request.POST.get(f"seen-{case.protocol}", ""))
    if seen != case.row_version:
        return _changed(request, case, shown)
    person, why = (text.line(request.POST.get(name, ""))[:500] for name in ("person", "why"))
    wanted = Wanted(What(place), person=person, why=why)
    if place == "close" and not wanted.why.strip() and (said := doing.unpassed(case, request.actor)):
        return Result(shown, False, said, unpassed=f"seen-{case.protocol}", seen=seen)
    try:
        doing.at_place(case, action, wanted, request.actor, request.at, seen)
    except (Invalid, NotAllowed) as no:
        return Result(shown, False, str(no))
    except Outdated:
        return _changed(request, case, shown)
    return Result(shown, True)


def _changed(request: StaffRequest, case: Case, shown: str) -> Result:
    """Nobody closes over, or takes, what they have not seen."""
    changed = what_changed.told(case, request.actor, at=request.at)
    return Result(shown, False, _("%(changed)s Abra-o antes.") % {"changed": changed})
