"""What is held («Retidos») for one of the marketplace's people: their decision, and taking back what one asked for."""

import uuid

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tratativa.cases.acting import approvals, pending
from tratativa.cases.core import protocols, visibility
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.models import Held
from tratativa.web.frame.gates import StaffRequest, marketplace, staff
from tratativa.web.timeline import holds as drawing

SIZE = 100
DECISIONS = {"release", "refuse"}


@require_GET
@marketplace
def holds(request: StaffRequest) -> HttpResponse:
    """The hundred oldest things that wait for a decision."""
    return _page(request)


@require_POST
@marketplace
def decide(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Lets it happen, or refuses it with a reason its author reads."""
    held = _find(request, key)
    said, decision = request.POST.get("text", ""), request.POST.get("decision", "")
    try:
        if decision == "release":
            approvals.release(held, by=request.actor, at=request.at)
        elif decision == "refuse":
            approvals.refuse(held, said, by=request.actor, at=request.at)
        else:
            raise Invalid({"text": _("Escolha entre liberar e recusar.")})
    except Invalid as bad:
        return _page(request, errors={str(held.pk): str(bad)}, said=said, status=422)
    except NotAllowed as no:
        return _page(request, errors={str(held.pk): str(no)}, said=said, trouble=str(no), status=409)
    done = {"release": _("Liberado: aconteceu agora."), "refuse": _("Recusado. Quem pediu já pode ler o motivo.")}
    notices.success(request, done[decision])
    return redirect("holds")


@require_POST
@staff
def undo(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Takes back what the actor's side asked for."""
    held = _find(request, key)
    try:
        approvals.undo(held, by=request.actor, at=request.at)
    except NotAllowed as no:
        notices.error(request, str(no))
    else:
        notices.success(request, _("Desfeito: nada aconteceu."))
    return redirect("case", protocols.show(held.case.protocol))


def _find(request: StaffRequest, key: uuid.UUID) -> Held:
    found = visibility.visible_holds(request.actor).select_related("case__marketplace", "entry__words")
    return get_object_or_404(found, pk=key)


def _page(
    request: StaffRequest, *, errors: dict[str, str] | None = None, said: str = "", trouble: str = "", status: int = 200
) -> HttpResponse:
    waiting = pending.queue(request.actor, SIZE)
    rows = [
        {"hold": drawing.draw(held, request.actor), "error": (errors or {}).get(str(held.pk), ""), "text": said}
        for held in waiting
    ]
    known = {str(held.pk) for held in waiting}
    lost = "" if known & set(errors or ()) else trouble
    return render(request, "desk/held.html", {"rows": rows, "trouble": lost}, status=status)
