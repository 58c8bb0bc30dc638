"""The list of cases: tabs, filters, saved views and rows, the page staff sit in all day."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tratativa.accounts import saved_views, teams
from tratativa.accounts.models import Membership
from tratativa.cases.acting import eligibility
from tratativa.cases.core import rulebook_versions
from tratativa.cases.reading import inbox
from tratativa.cases.reading.inbox import Filters, Page
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.lists import filtering, rows


@require_GET
@staff
def cases(request: StaffRequest) -> HttpResponse:
    """One page of cases under the filters of its address."""
    filters, errors = inbox.parse(filtering.with_usual_sort(request.GET.dict()))
    page = Page([], "", "")
    if not errors:
        after, before = request.GET.get("after", ""), request.GET.get("before", "")
        page = inbox.page(request.actor, filters, at=request.at, after=after, before=before)
    book = rulebook_versions.in_force(request.actor.marketplace_id)
    context = _controls(request, filters, errors, book) | _listed(request, filters, page, book)
    return render(request, "desk/cases.html", context)


def _controls(request: StaffRequest, filters: Filters, errors: dict[str, str], book: Rulebook) -> dict[str, Any]:
    cleared = Filters(tab=filters.tab, sort=filters.sort)
    kept = [("tab", filters.tab), ("sort", filters.sort)]
    everywhere = [("tab", "all"), ("sort", filters.sort)]  # what is looked for may stand in any tab
    return {
        "tabs": _tabs(request, filters, book),
        "fields": filtering.fields(request.GET, filters, errors, book),
        "filtering": bool(errors) or "filters" in request.GET,
        "chips": filtering.chips(filters, book, request.actor),
        "carried": [*everywhere, *((name, value) for name, value in filters.active.items() if name != "q")],
        "form_carried": [*kept, *([("q", filters.q)] if filters.q else [])],
        "query": filters.q,
        "base_url": reverse("cases"),
        "clear_url": filtering.address(cleared),
        "may_open": eligibility.opens_alone(book, request.actor, at=request.at),
        "export_url": filtering.address(filters, "export"),
        "view_query": filtering.query(filters),
        "saved": _saved(request.membership),
    }


def _listed(request: StaffRequest, filters: Filters, page: Page, book: Rulebook) -> dict[str, Any]:
    listed = rows.of_cases(page.cases, request.actor, request.at)
    return {
        "rows": listed,
        "sorts": [
            {
                "label": label,
                "url": filtering.address(replace(filters, sort=name)),
                "current": filters.sort == name,
            }
            for name, label in (("due", _("Prazo")), ("activity", _("Última mensagem")))
        ],
        "after_url": filtering.address(filters, after=page.after) if page.after else "",
        "before_url": filtering.address(filters, before=page.before) if page.before else "",
        "showing": _("%(count)d nesta página") % {"count": len(listed)},
        "here": request.get_full_path(),
        "empty": _empty(filters, dict(filtering.tabs(request.actor, book))["closed"]),
        "team": [member for member in teams.of(request.actor) if member.id != request.actor.person_id]
        if listed
        else [],
    }


def _tabs(request: StaffRequest, filters: Filters, book: Rulebook) -> list[dict[str, Any]]:
    counts = inbox.counts(request.actor, book, at=request.at)
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
