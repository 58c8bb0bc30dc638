"""«Todos os canais»: the cases of somebody who works for sellers of several marketplaces, in one list."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tratativa.accounts import actors, reach
from tratativa.accounts.access import second_factor
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Membership
from tratativa.accounts.rights import Right
from tratativa.cases.core import rulebook_versions
from tratativa.cases.reading import inbox
from tratativa.cases.reading.filters import Filters
from tratativa.cases.reading.listed import merging, sections
from tratativa.cases.reading.operators.asking import Asked
from tratativa.rulebook.terms.parties import Party
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.frame.home import asks_fragment
from tratativa.web.lists import densities, filtering, grouping, rows

TABS = ("mine", "customer", "overdue", "all")  # that mean the same in every marketplace


@require_GET
@staff
def channels(request: StaffRequest) -> HttpResponse:
    """One page of the cases of all of one's sellers, whichever marketplace they sell on."""
    known = of(request)
    if not known:
        raise Http404
    filters, _errors = inbox.parse(filtering.with_usual_sort(_asked(request)))
    lines = _lines(request, known, filters)
    page = merging.page(
        list(known), filters, lambda actor: inbox.selected(actor, filters, at=request.at, line=lines[actor]),
        after=request.GET.get("after", ""), before=request.GET.get("before", ""),
    )  # fmt: skip
    counts = _counts(request, filters, lines)
    context = _listed(request, filters, page, known, counts)
    if asks_fragment(request):
        return render(request, "desk/list/rows.html", context)
    context |= {
        "tabs": _tabs(filters, counts),
        "query": filters.q,
        "carried": [("tab", "all"), ("sort", filters.sort)],  # what is looked for may stand in any tab
        "troubles": next((line.troubles for line in lines.values() if line.troubles), ()),
        "bound": _bound(filters, lines),
        "whole_url": filtering.address(filters, "channels", history="all"),
        "clear_url": filtering.address(Filters(tab=filters.tab, sort=filters.sort), "channels") if filters.q else "",
    }
    return render(request, "desk/channels.html", context)


def _asked(request: StaffRequest) -> dict[str, str]:
    """What the address asks for of what means the same in every marketplace."""
    params = {name: value for name, value in request.GET.dict().items() if name in {"tab", "sort", "q", "history"}}
    return params | {"tab": next((tab for tab in TABS if tab == params.get("tab")), TABS[0])}


def _lines(request: StaffRequest, known: Mapping[Actor, Membership], filters: Filters) -> dict[Actor, Asked]:
    """What the box asks of each marketplace. What one of them does not understand is said in its name, and none shows
    anything: part of what was asked for is not what was asked for."""
    lines = {}
    for actor in known:
        with reach.within(*actor.owners):
            lines[actor] = inbox.asked(actor, filters, at=request.at)
    told = [f"{known[actor].marketplace.name}: {why}" for actor, line in lines.items() for why in line.troubles]
    return {actor: replace(line, troubles=tuple(told)) for actor, line in lines.items()} if told else lines


def _bound(filters: Filters, lines: Mapping[Actor, Asked]) -> inbox.Bound:
    """What age hides of any of them: of several terms for which something is kept in lists, the shortest."""
    bounds = [inbox.bounded(actor, filters, line) for actor, line in lines.items()]
    hiding = [one for one in bounds if one.closed_days or one.messages] or bounds
    return min(hiding, key=lambda one: one.closed_days)


def of(request: StaffRequest) -> dict[Actor, Membership]:
    """The sellers' places the person reads by, where there are several; those that lack their second factor not."""
    places = [place for place in getattr(request.user, "places", []) if place.seller_id]
    known = {actors.of_membership(place): place for place in places if not second_factor.is_missing(place)}
    reading = {actor: place for actor, place in known.items() if actor.may(Right.READ)}
    return reading if len(reading) > 1 and request.actor.party is Party.SELLER else {}


def _listed(
    request: StaffRequest,
    filters: Filters,
    page: merging.Merged,
    known: dict[Actor, Membership],
    counts: Mapping[str, int],
) -> dict[str, Any]:
    drawn: dict[Any, rows.Row] = {}
    for actor, place in known.items():
        with reach.within(*actor.owners):
            mine = [case for who, case in page.cases if who == actor]
            for case, row in zip(mine, rows.of_cases(mine, actor, request.at), strict=True):
                drawn[case.pk] = row | {
                    "channel": place.marketplace.name,
                    "channel_accent": place.marketplace.accent,
                    "act_url": reverse("acting", args=[place.pk]),
                }
    listed = [drawn[case.pk] for _actor, case in page.cases]
    book = rulebook_versions.in_force(request.actor.marketplace_id)
    return {
        "rows": listed,
        "groups": grouping.of([case for _actor, case in page.cases], listed, filters, request, book, counts),
        "shows_status": True,
        "ticks": False,
        "here": request.get_full_path(),
        "sorts": filtering.sorts(filters, "channels"),
        "after_url": filtering.address(filters, "channels", after=page.after) if page.after else "",
        "before_url": filtering.address(filters, "channels", before=page.before) if page.before else "",
        "showing": _("%(shown)d de %(total)s") % {"shown": len(listed), "total": rows.capped(counts["total"])},
        **densities.shown(request),
    }


def _counts(request: StaffRequest, filters: Filters, lines: Mapping[Actor, Asked]) -> Counter[str]:
    """What each tab, the list and its sections hold in all marketplaces together; one query each."""
    sums = Counter(dict.fromkeys([*TABS, "total"], 0))
    zone = rulebook_versions.in_force(request.actor.marketplace_id).clock.zone
    for actor, line in lines.items():
        with reach.within(*actor.owners):
            found = inbox.selected(actor, filters, at=request.at, line=line)
            beside = {"total": found}
            if filters.sort == "due":
                beside |= sections.split(found, actor, sections.bounds(request.at, zone))
            book = rulebook_versions.in_force(actor.marketplace_id)
            sums.update(inbox.counts(actor, book, at=request.at, beside=beside))
    return sums


def _tabs(filters: Filters, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    labels = {
        "mine": _("Aguardando você"),
        "customer": _("Aguardando cliente"),
        "overdue": _("Vencidos"),
        "all": _("Todos"),
    }
    return [
        {
            "label": labels[name],
            "url": filtering.address(replace(filters, tab=name, sort=filtering.usual_sort(name)), "channels"),
            "current": filters.tab == name,
            "count": rows.capped(counts[name]) if name != "all" else None,
            "hot": name == "overdue" and bool(counts[name]),
        }
        for name in TABS
    ]
