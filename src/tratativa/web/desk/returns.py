"""Reversas: the returns, and one return with what the carrier and the seller said of it."""

import uuid
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tratativa.accounts import text
from tratativa.cases.core import protocols, visibility
from tratativa.cases.reading import paging
from tratativa.orders.models import Return
from tratativa.web.case import returned_goods
from tratativa.web.frame.gates import StaffRequest, staff

_TONES = {
    "code_given": "waiting",
    "collection": "waiting",
    "posted": "neutral",
    "received": "done",
    "refused": "urgent",
}


@require_GET
@staff
def returns(request: StaffRequest) -> HttpResponse:
    """The returns that moved last, or those whose order or posting code begins as typed."""
    query = text.line(request.GET.get("q", "")[:60])
    found = visibility.visible_returns(request.actor).select_related("order__customer")
    if query:
        found = found.filter(Q(order__number__startswith=query) | Q(posting_code__istartswith=query))
    page = paging.keyset(
        found, ("-moved_at", "-id"), after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    context = {
        "query": query,
        "rows": [_row(goods) for goods in page.rows],
        "after_url": reverse("returns", query={"q": query, "after": page.after}) if page.after else "",
        "before_url": reverse("returns", query={"q": query, "before": page.before}) if page.before else "",
    }
    return render(request, "desk/returns.html", context)


def _row(goods: Return) -> dict[str, Any]:
    return {
        "url": reverse("return", args=[goods.pk]),
        "order": goods.order.number,
        "customer": goods.order.customer.name,
        "card": returned_goods.card(goods),
        "tone": _TONES.get(goods.stage, "neutral"),
    }


@require_GET
@staff
def goods_back(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """One return, its order, and the case it belongs to."""
    goods = get_object_or_404(visibility.visible_returns(request.actor).select_related("order__customer"), pk=key)
    case = visibility.visible_cases(request.actor).filter(pk=goods.case_id).first()
    context = {
        "goods": goods,
        "card": returned_goods.card(goods),
        "shown": protocols.show(case.protocol) if case else "",
        "lines": list(goods.order.lines.all()[:50]),
    }
    return render(request, "desk/return.html", context)
