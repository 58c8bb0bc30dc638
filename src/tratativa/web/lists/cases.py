"""The list of cases: tabs, filters, saved views and rows, the page staff sit in all day."""

import uuid
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tratativa.accounts import teams
from tratativa.accounts.models import Membership
from tratativa.accounts.rights import Right
from tratativa.batches import wanted
from tratativa.cases.acting import eligibility
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import Case
from tratativa.cases.reading import inbox, saved_views, shared_views
from tratativa.cases.reading.inbox import Filters, Page
from tratativa.cases.reading.listed import sections
from tratativa.cases.reading.operators.asked import Asking
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.frame.home import asks_fragment
from tratativa.web.lists import channels, densities, filtering, grouping, rows
from tratativa.web.lists import saved_views as views_pages

_MIXED = {"overdue", "mediation", "closed", "all"}  # tabs of many statuses: the others say it by their name


@require_GET
@staff
def cases(request: StaffRequest) -> HttpResponse:
    """One page of cases under the filters of its address; for a page that renews itself, its rows alone."""
    filters, errors = inbox.parse(filtering.with_usual_sort(request.GET.dict()))
    line = inbox.asked(request.actor, filters, at=request.at)
    found = Case.objects.none() if errors else inbox.selected(request.actor, filters, at=request.at, line=line)
    page = Page([], "", "")
    if not errors and not line.troubles:
        after, before = request.GET.get("after", ""), request.GET.get("before", "")
        page = inbox.page_of(found, request.actor, filters, after=after, before=before)
    book = rulebook_versions.in_force(request.actor.marketplace_id)
    counts = _counts(request, filters, found, book)
    context = _listed(request, filters, page, book, counts)
    if asks_fragment(request):
        return render(request, "desk/list/rows.html", context)
    context |= _controls(request, filters, errors, book, counts) | {
        "troubles": line.troubles,
        "bound": inbox.bounded(request.actor, filters, line),
        "whole_url": filtering.address(filters, history="all"),
    }
    return render(request, "desk/cases.html", context)


def _counts(request: StaffRequest, filters: Filters, found: QuerySet[Case], book: Rulebook) -> dict[str, int]:
    """What is counted for this page, in one query: its tabs, what the filters select, and its sections."""
    beside = {"total": found, "aside": inbox.aside(request.actor, at=request.at)}
    if filters.sort == "due":
        beside |= sections.split(found, request.actor, sections.bounds(request.at, book.clock.zone))
    return inbox.counts(request.actor, book, at=request.at, beside=beside)


def _controls(
    request: StaffRequest, filters: Filters, errors: dict[str, str], book: Rulebook, counts: dict[str, int]
) -> dict[str, Any]:
    cleared = Filters(tab=filters.tab, sort=filters.sort)
    kept = [("tab", filters.tab), ("sort", filters.sort)]
    everywhere = [("tab", "all"), ("sort", filters.sort)]  # what is looked for may stand in any tab
    asking = Asking(request.actor, book, request.at)
    return {
        "tabs": _tabs(request, filters, book, counts),
        "fields": filtering.fields(request.GET, filters, errors, asking),
        "filtering": bool(errors) or "filters" in request.GET,
        "chips": filtering.chips(filters, asking),
        "carried": [*everywhere, *((name, value) for name, value in filters.active.items() if name != "q")],
        "form_carried": [*kept, *([("q", filters.q)] if filters.q else [])],
        "query": filters.q,
        "aside_count": counts["aside"] if filters.tab == "mine" and not filters.aside else 0,
        "aside_url": filtering.address(Filters(tab="mine", sort=filters.sort, aside="yes")),
        "channels_url": reverse("channels") if channels.of(request) else "",
        "base_url": reverse("cases"),
        "clear_url": filtering.address(cleared),
        "may_open": eligibility.opens_alone(book, request.actor, at=request.at),
        "export_url": filtering.address(filters, "export"),
        "view_query": filtering.query(filters),
        "saved": _saved(request.membership),
        **_shared(request, filters),
    }


def _listed(
    request: StaffRequest, filters: Filters, page: Page, book: Rulebook, counts: dict[str, int]
) -> dict[str, Any]:
    listed = rows.of_cases(page.cases, request.actor, request.at)
    return {
        "rows": listed,
        "groups": grouping.of(page.cases, listed, filters, request, book, counts),
        "shows_status": filters.tab in _MIXED or len({row["status"] for row in listed}) > 1,
        **densities.shown(request),
        "ticks": request.actor.may(Right.ANSWER),
        "acts": bool(wanted.offered(book, request.actor)),
        "sorts": filtering.sorts(filters),
        "after_url": filtering.address(filters, after=page.after) if page.after else "",
        "before_url": filtering.address(filters, before=page.before) if page.before else "",
        "showing": _("%(shown)d de %(total)s") % {"shown": len(listed), "total": rows.capped(counts["total"])},
        "here": request.get_full_path(),
        "empty": _empty(filters, dict(filtering.tabs(request.actor, book))["closed"]),
        "team": teams.others(request.actor) if listed else [],
    }


def _tabs(request: StaffRequest, filters: Filters, book: Rulebook, counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": filtering.address(replace(filters, tab=name, sort=filtering.usual_sort(name))),
            "current": filters.tab == name,
            "count": rows.capped(counts[name]) if name in counts else None,
            "hot": name == "overdue" and bool(counts.get(name)),
        }
        for name, label in filtering.tabs(request.actor, book)
    ]


def _saved(membership: Membership) -> list[dict[str, str]]:
    return [
        {
            "name": view.name,
            "url": f"{reverse('cases')}?{view.query}",
            "delete_url": reverse("delete_view", args=[view.id]),
        }
        for view in saved_views.of(membership)
    ]


def _shared(request: StaffRequest, filters: Filters) -> dict[str, Any]:
    """The team's views, and those of them that stand above the list; their counts are asked for afterwards."""
    views, here = shared_views.of(request.actor), QueryDict(filtering.query(filters)).dict()
    change = reverse("change_shared_view", args=[uuid.UUID(int=0)])
    return {
        "shared": [
            {
                "name": view.name,
                "url": f"{reverse('cases')}?{view.query}",
                "pinned": view.pinned,
                "change_url": change.replace(str(uuid.UUID(int=0)), str(view.pk)),
            }
            for view in views
        ],
        "pinned": [views_pages.pinned_row(view, here) for view in views if view.pinned],
        "counts_url": reverse("view_counts", query={"on": filtering.query(filters)}),
    }


def _empty(filters: Filters, closed: str) -> dict[str, str]:
    if filters.active:
        return {
            "title": _("Nada com estes filtros"),
            "text": _("Confira os números ou tire um filtro. O que terminou fica na aba «%(closed)s».")
            % {"closed": closed},
        }
    if filters.tab == "mine":
        return {"title": _("Nada espera por você"), "text": _("Novos atendimentos e respostas aparecem aqui na hora.")}
    if filters.tab == "overdue":
        return {"title": _("Nenhum prazo vencido"), "text": _("Tudo foi respondido a tempo.")}
    return {"title": _("Nenhum atendimento aqui"), "text": _("Veja as outras abas.")}
