"""Sellers, customers and orders: a sheet of each with a model to begin from; or by hand, by the API, or later."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tratativa.accounts import audit, clock
from tratativa.accounts.models import Customer, Seller
from tratativa.founding import beginnings, importing, spreadsheets
from tratativa.founding.importing import Taken
from tratativa.orders.models import Order
from tratativa.web.first_run import telling
from tratativa.web.first_run.entrance import SetupRequest, setting_up
from tratativa.web.first_run.step import GOES_ON, Answer

SHOWN = 50  # bad lines
NAMES = {"sellers": "lojistas", "customers": "clientes", "orders": "pedidos"}  # of files, and on the audit log


def get(request: SetupRequest) -> Answer:
    """The three sheets, with what is there already."""
    return _page(request)


def post(request: SetupRequest) -> Answer:
    """Takes a sheet in; «do» says that nothing more comes now."""
    kind, sent = request.POST.get("kind", ""), request.FILES.get("sheet")
    assert request.company is not None
    if request.POST.get("do") == "end":
        beginnings.leave_for_later(request.company, "data")
        return GOES_ON
    if kind not in importing.SHEETS:
        raise Http404
    if sent is None or sent.size is None or sent.size > spreadsheets.LARGEST:
        trouble = _("Escolha um arquivo.") if sent is None else _("O arquivo passa de 4 MB; divida-o.")
        return _page(request, kind, trouble=trouble, status=422)
    try:
        taken = importing.take(request.company, kind, sent.read(), by=request.doer, at=clock.now())
    except spreadsheets.BadSheet as no:
        return _page(request, kind, trouble=str(no), status=422)
    by = request.doer
    audit.record(
        request.company, what=telling.IMPORTED, who=by.person, by_command="" if by.person else by.command,
        whence=by.whence, about=NAMES[kind], after={"new": taken.new, "known": taken.known, "bad": len(taken.bad)},
    )  # fmt: skip
    return _page(request, kind, taken)


@require_GET
@setting_up
def model(request: SetupRequest, kind: str) -> HttpResponseBase:
    """A sheet to begin from."""
    if kind not in importing.SHEETS:
        raise Http404
    content = "\ufeff" + spreadsheets.model(importing.SHEETS[kind])
    headers = {"Content-Disposition": f'attachment; filename="{NAMES[kind]}.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _page(
    request: SetupRequest, kind: str = "", taken: Taken | None = None, *, trouble: str = "", status: int = 200
) -> Answer:
    titles: dict[str, tuple[str, Any]] = {
        "sellers": (_("Lojistas"), Seller), "customers": (_("Clientes"), Customer), "orders": (_("Pedidos"), Order),
    }  # fmt: skip
    sheets = [
        {"kind": name, "title": title, "count": rows.objects.filter(marketplace=request.company).count(),
         "columns": ", ".join(column.names[0] for column in importing.SHEETS[name]),
         "taken": taken if name == kind else None, "bad": taken.bad[:SHOWN] if taken and name == kind else [],
         "more": max(0, len(taken.bad) - SHOWN) if taken and name == kind else 0,
         "trouble": trouble if name == kind else ""}
        for name, (title, rows) in titles.items()
    ]  # fmt: skip
    return Answer({"sheets": sheets}, status)
