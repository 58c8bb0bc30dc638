"""Which cases a form of the list means: those that were ticked, or all its filters select."""

import uuid
from dataclasses import dataclass

from django.http import QueryDict

from tratativa.batches import asking
from tratativa.cases.core import protocols, visibility
from tratativa.cases.reading import inbox
from tratativa.web.frame import typed
from tratativa.web.frame.gates import StaffRequest
from tratativa.web.lists import filtering


@dataclass(frozen=True)
class Chosen:
    """Cases by key, each with the version that was seen, and the form's own names for them, to be carried along."""

    keys: list[tuple[uuid.UUID, int]]
    carried: list[tuple[str, str]]


def read(request: StaffRequest) -> Chosen:
    """What was posted. Of all that filters select, the version is that of now: nobody looked at each."""
    if request.POST.get("all") in typed.TRUE:
        raw = request.POST.get("filters", "")[:2000]
        filters, errors = inbox.parse(filtering.with_usual_sort(QueryDict(raw).dict()))
        found = [] if errors else inbox.keys(request.actor, filters, at=request.at, most=asking.MOST)
        return Chosen(found, [("all", "yes"), ("filters", raw)])
    wanted = [key for raw in request.POST.getlist("case")[: asking.MOST] if (key := protocols.parse(raw[:40]))]
    rows = visibility.visible_cases(request.actor).filter(protocol__in=wanted).values_list("protocol", "pk")
    mine = dict(rows)
    carried: list[tuple[str, str]] = []
    keys: list[tuple[uuid.UUID, int]] = []
    for protocol in dict.fromkeys(wanted):
        if protocol in mine:
            seen = typed.number(request.POST.get(f"seen-{protocol}", "")) or 0
            keys.append((mine[protocol], seen))
            carried += [("case", protocol), (f"seen-{protocol}", str(seen))]
    return Chosen(keys, carried)
