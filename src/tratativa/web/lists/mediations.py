"""The mediation queue: what customers asked the marketplace to decide, longest waiting first."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tratativa.cases.core import visibility
from tratativa.web.frame.gates import StaffRequest, marketplace
from tratativa.web.lists import rows

SIZE = 200


@require_GET
@marketplace
def mediations(request: StaffRequest) -> HttpResponse:
    """The open mediations."""
    waiting = visibility.visible_cases(request.actor).filter(mediation="asked", closed_at=None)
    found = waiting.select_related("customer", "seller").order_by("waiting_since", "id")[:SIZE]
    context = {"rows": rows.of_mediations(found, request.at), "here": request.get_full_path()}
    return render(request, "desk/mediations.html", context)
