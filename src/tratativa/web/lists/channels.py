"""«Todos os canais»: the cases of somebody who works for sellers of several marketplaces, in one list."""

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
from tratativa.cases.reading.listed import merging
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
    params = request.GET.dict()
    params["tab"] = next((tab for tab in TABS if tab == params.get("tab")), TABS[0])
    filters, _errors = inbox.parse(
        filtering.with_usual_sort({name: params[name] for name in ("tab", "sort") if name in params})
    )
    page = merging.page(
        list(known), filters, lambda actor: inbox.selected(actor, filters, at=request.at),
        after=request.GET.get("after", ""), before=request.GET.get("before", ""),
    )  # fmt: skip
    context = _listed(request, filters, page, known)
    if asks_fragment(request):
        return render(request, "desk/list/rows.html", context)
    return render(request, "desk/channels.html", context | {"tabs": _tabs(request, filters, known)})


def of(request: StaffRequest) -> dict[Actor, Membership]:
    """The sellers' places the person reads by, where there are several; those that lack their second factor not."""
    places = [place for place in getattr(request.user, "places", []) if place.seller_id]
    known = {actors.of_membership(place): place for place in places if not second_factor.is_missing(place)}
    reading = {actor: place for actor, place in known.items() if actor.may(Right.READ)}
    return reading if len(reading) > 1 and request.actor.party is Party.SELLER else {}


def _listed(
    request: StaffRequest, filters: Filters, page: merging.Merged, known: dict[Actor, Membership]
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
        "groups": grouping.of([case for _actor, case in page.cases], listed, filters, request, book),
        "shows_status": True,
        "ticks": False,
        "here": request.get_full_path(),
        "sorts": filtering.sorts(filters, "channels"),
        "after_url": filtering.address(filters, "channels", after=page.after) if page.after else "",
        "before_url": filtering.address(filters, "channels", before=page.before) if page.before else "",
        "showing": _("%(count)d nesta página") % {"count": len(listed)},
        **densities.shown(request),
    }


def _tabs(request: StaffRequest, filters: Filters, known: dict[Actor, Membership]) -> list[dict[str, Any]]:
    labels = {
        "mine": _("Aguardando você"),
        "customer": _("Aguardando cliente"),
        "overdue": _("Vencidos"),
        "all": _("Todos"),
    }
    sums = dict.fromkeys(TABS, 0)
    for actor in known:
        with reach.within(*actor.owners):
            counted = inbox.counts(actor, rulebook_versions.in_force(actor.marketplace_id), at=request.at)
        for name in TABS:
            sums[name] += counted.get(name, 0)
    return [
        {
            "label": labels[name],
            "url": filtering.address(Filters(tab=name, sort=filtering.usual_sort(name)), "channels"),
            "current": filters.tab == name,
            "count": rows.capped(sums[name]) if name != "all" else None,
            "hot": name == "overdue" and bool(sums[name]),
        }
        for name in TABS
    ]
