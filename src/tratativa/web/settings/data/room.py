"""Importar: sellers, customers and orders from sheets, with models to begin from and what came of each."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tratativa.founding import columns, long_sheets
from tratativa.web.frame import bodies
from tratativa.web.frame.gates import StaffRequest, administration
from tratativa.web.settings import sheets
from tratativa.web.settings.own_team import doer
from tratativa.web.settings.sheets import Report


@bodies.takes_files
@require_http_methods(["GET", "POST"])
@administration
def data(request: StaffRequest) -> HttpResponse:
    """The three kinds; with a form, a sheet is taken in, a long one by a job."""
    if request.method == "GET":
        return _page(request, *sheets.kept(request))
    kind = request.POST.get("kind", "")
    report = sheets.take(request.marketplace, kind, request.FILES.get("sheet"), by=doer(request))
    if report.trouble:
        return _page(request, kind, report)
    sheets.keep(request, kind, report)
    return redirect(reverse("data_settings", query={"taken": kind}) + f"#sheet-{kind}")


@require_GET
@administration
def progress(request: StaffRequest) -> HttpResponse:
    """How far the long ones have come: what the page asks for again while one is read."""
    return render(request, "settings/data/long.html", _long(request))


@require_GET
@administration
def model(request: StaffRequest, kind: str) -> HttpResponse:
    """A sheet to begin from."""
    return sheets.model(request.marketplace, kind)


def _page(request: StaffRequest, kind: str = "", report: Report | None = None) -> HttpResponse:
    shown = [
        {"kind": name, "title": sheets.title(name), "columns": sheets.headings(name),
         "report": report if name == kind else None, "links": sheets.links(request.marketplace, report)}
        for name in columns.SHEETS
    ]  # fmt: skip
    context = {"sheets": shown, "most": sheets.most()} | _long(request)
    status = 422 if report and report.trouble else 200
    return render(request, "settings/data/room.html", context, status=status)


def _long(request: StaffRequest) -> dict[str, Any]:
    found = long_sheets.last(request.marketplace)
    return {
        "long": [{"sheet": one, "title": sheets.title(one.kind), "bad": one.bad[: sheets.SHOWN]} for one in found],
        "going": any(one.is_going for one in found),
        "heading": _("Planilhas longas"),
    }
