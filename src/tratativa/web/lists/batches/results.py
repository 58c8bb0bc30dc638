"""What became of a batch: a bar while it is worked off, then each case with its result."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from tratativa.batches import asking
from tratativa.batches.models import What
from tratativa.cases.core import protocols, visibility
from tratativa.web.frame.gates import StaffRequest, staff


@require_GET
@staff
def batches(request: StaffRequest) -> HttpResponse:
    """The last ones this person asked for."""
    found = asking.of(request.actor)[: asking.SHOWN]
    return render(request, "desk/batches/list.html", {"batches": [(one, What(one.what).label) for one in found]})


@require_GET
@staff
def batch(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """One of them; while it goes on the page asks for it again."""
    found = get_object_or_404(asking.of(request.actor), pk=key)
    items = found.items.exclude(state="waits").select_related("case").order_by("-state", "position")
    mine = visibility.visible_cases(request.actor).filter(pk__in=items.values("case")).values_list("pk", flat=True)
    reached = set(mine)
    rows = [
        {
            "shown": protocols.show(one.case.protocol) if one.case_id in reached else "",
            "done": one.state == "done",
            "why": one.why,
        }
        for one in items
    ]
    context = {"batch": found, "label": What(found.what).label, "rows": rows, "left": found.total - found.tried}
    return render(request, "desk/batches/batch.html", context)
