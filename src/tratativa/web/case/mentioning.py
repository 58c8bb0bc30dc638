"""Mentioning: the colleagues who may be named in a note, for the field that completes them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tratativa.notices import mentions
from tratativa.web.frame import scoped_get
from tratativa.web.frame.gates import StaffRequest, staff


@require_GET
@staff
def colleagues(request: StaffRequest, protocol: str) -> HttpResponse:
    """Those of one's own team who may read the note: a line each."""
    case = scoped_get.case(request.actor, protocol)
    return render(request, "desk/colleagues.html", {"colleagues": mentions.offered(case, request.actor)})
