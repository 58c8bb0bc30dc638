"""Reported messages («Denúncias»), and the decision of one of the marketplace's people on each."""

import uuid

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tratativa.cases.core import visibility
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.score import reports as reporting
from tratativa.web.frame.gates import StaffRequest, marketplace
from tratativa.web.timeline import reports as drawing

SIZE = 100
DECISIONS = {"confirm": reporting.confirm, "dismiss": reporting.dismiss}


@require_GET
@marketplace
def reports(request: StaffRequest) -> HttpResponse:
    """The hundred oldest that wait."""
    return _page(request)


@require_POST
@marketplace
def decide(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Confirms that the message was wrong, or says that it was not, with the reason."""
    found = visibility.visible_reports(request.actor).select_related("case", "message")
    report = get_object_or_404(found, pk=key)
    said, decision = request.POST.get("text", ""), DECISIONS.get(request.POST.get("decision", ""))
    try:
        if decision is None:
            raise Invalid({"text": _("Escolha entre confirmar e dizer que não há falta.")})
        decision(report, said, by=request.actor, at=request.at)
    except Invalid as bad:
        return _page(request, error=(str(report.pk), str(bad), said), status=422)
    except NotAllowed as no:
        return _page(request, error=(str(report.pk), str(no), said), trouble=str(no), status=409)
    notices.success(request, _("Decisão registrada. O cliente já pode lê-la."))
    return redirect("reports")


def _page(
    request: StaffRequest, *, error: tuple[str, str, str] = ("", "", ""), trouble: str = "", status: int = 200
) -> HttpResponse:
    waiting = drawing.draw(reporting.queue(request.actor, SIZE), request.actor)
    key, words, said = error
    rows = [{"report": one, "error": words if one.key == key else "", "text": said} for one in waiting]
    return render(request, "desk/reports.html", {"rows": rows, "trouble": trouble}, status=status)
