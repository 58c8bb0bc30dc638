"""Putting away a case that stood open on the desk."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from tratativa.cases.core import protocols
from tratativa.cases.reading import open_cases
from tratativa.web.frame import strip as strips
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.frame.home import asks_json, came_from


@require_GET
@staff
def strip(request: StaffRequest) -> HttpResponse:
    """The strip alone, for a page that may have missed news."""
    here = request.GET.get("here", "")[:200]
    strips.remember(request)
    context = {"strip": strips.tabs(request, request.actor, here), "strip_here": here}
    return render(request, "desk/strip.html", context)


@require_POST
@staff
def close(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Puts a case away; from its own page, on to the one beside it or back to the list."""
    here = came_from(request, reverse("cases"))
    beside = _beside(request, key) if request.POST.get("current") else here
    open_cases.close(key, by=request.actor)
    return HttpResponse(status=204) if asks_json(request) else redirect(beside)


def _beside(request: StaffRequest, key: uuid.UUID) -> str:
    """The next open case, or the one before the last."""
    found = open_cases.of(request.actor)
    place = next((place for place, one in enumerate(found) if one.case_id == key), len(found))
    left = [one for one in found if one.case_id != key]
    if not left:
        return reverse("cases")
    chosen = left[min(place, len(left) - 1)]
    return reverse("case", args=[protocols.show(chosen.case.protocol)])
