"""Sellers, customers and orders: a sheet of each with a model to begin from; or by hand, by the API, or later."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from tratativa.accounts.models import Customer, Seller
from tratativa.founding import beginnings
from tratativa.orders.models import Order
from tratativa.web.first_run.entrance import SetupRequest, setting_up
from tratativa.web.first_run.step import GOES_ON, Answer
from tratativa.web.settings import sheets
from tratativa.web.settings.sheets import Report


def get(request: SetupRequest) -> Answer:
    """The three sheets, with what is there already."""
    return _page(request, *sheets.kept(request))


def post(request: SetupRequest) -> Answer:
    """Takes a sheet in; «do» says that nothing more comes now."""
    kind = request.POST.get("kind", "")
    assert request.company is not None
    if request.POST.get("do") == "end":
        beginnings.leave_for_later(request.company, "data")
        return GOES_ON
    report = sheets.take(request.company, kind, request.FILES.get("sheet"), by=request.doer)
    if report.trouble:
        return _page(request, kind, report)
    sheets.keep(request, kind, report)
    return Answer(leads=redirect(reverse("setup_step", args=["data"], query={"taken": kind}) + f"#sheet-{kind}"))


@require_GET
@setting_up
def model(request: SetupRequest, kind: str) -> HttpResponseBase:
    """A sheet to begin from."""
    return sheets.model(request.company, kind)


def _page(request: SetupRequest, kind: str = "", report: Report | None = None) -> Answer:
    kinds: dict[str, Any] = {"sellers": Seller, "customers": Customer, "orders": Order}
    shown = [
        {"kind": name, "title": sheets.title(name), "count": rows.objects.filter(marketplace=request.company).count(),
         "columns": sheets.headings(name), "report": report if name == kind else None,
         "links": sheets.links(request.company, report) if request.company else []}
        for name, rows in kinds.items()
    ]  # fmt: skip
    return Answer({"sheets": shown}, 422 if report and report.trouble else 200)
