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

_ONE = 45  # characters of a key, its version and what stands between


@dataclass(frozen=True)
class Chosen:
    """Cases by key, each with the version that was seen, and the form's own names for them, to be carried along."""

    keys: list[tuple[uuid.UUID, int]]
    carried: list[tuple[str, str]]
    fresh: bool = False  # selected just now: no form has said yet how many they are


def read(request: StaffRequest) -> Chosen:
    """What was posted. All that filters select is selected once, as the form is first drawn: what comes to match
    afterwards is not meant, and what changes afterwards was not seen."""
    if request.POST.get("all") in typed.TRUE:
        if "chosen" in request.POST:
            return _carried(request)
        raw = request.POST.get("filters", "")[:2000]
        filters, errors = inbox.parse(filtering.with_usual_sort(QueryDict(raw).dict()))
        found = [] if errors else inbox.keys(request.actor, filters, at=request.at, most=asking.MOST)
        kept = " ".join(f"{key.hex}:{seen}" for key, seen in found)
        return Chosen(found, [("all", "yes"), ("chosen", kept)], fresh=True)
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


def _carried(request: StaffRequest) -> Chosen:
    """The cases a form carries along, as far as they are this person's still."""
    raw = request.POST.get("chosen", "")[: asking.MOST * _ONE]
    said = (one.partition(":") for one in raw.split(" "))
    wanted = {key: typed.number(seen) or 0 for name, _colon, seen in said if (key := typed.key(name))}
    mine = set(visibility.visible_cases(request.actor).filter(pk__in=wanted).values_list("pk", flat=True))
    return Chosen([(key, wanted[key]) for key in wanted if key in mine], [("all", "yes"), ("chosen", raw)])
