"""Reversas: the returns, and one return with what the carrier and the seller said of it."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tratativa.cases import protocols, visibility
from tratativa.web import going_back
from tratativa.web.gates import StaffRequest, staff

SIZE = 100


@require_GET
@staff
def returns(request: StaffRequest) -> HttpResponse:
    """The hundred returns that moved last."""
    found = visibility.visible_returns(request.actor).select_related("order__customer").order_by("-moved_at")[:SIZE]
    rows = [
        {
            "url": reverse("return", args=[goods.pk]),
            "order": goods.order.number,
            "customer": goods.order.customer.name,
            "card": going_back.card(goods),
        }
        for goods in found
    ]
    return render(request, "desk/returns.html", {"rows": rows})


@require_GET
@staff
def goods_back(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """One return, its order, and the case it belongs to."""
    goods = get_object_or_404(visibility.visible_returns(request.actor).select_related("order__customer"), pk=key)
    case = visibility.visible_cases(request.actor).filter(pk=goods.case_id).first()
    context = {
        "goods": goods,
        "card": going_back.card(goods),
        "shown": protocols.show(case.protocol) if case else "",
        "lines": list(goods.order.lines.all()[:50]),
    }
    return render(request, "desk/return.html", context)
