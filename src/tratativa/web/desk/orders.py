"""Gestão de Vendas: the orders, and one order with its cases."""

import uuid
from datetime import UTC, datetime

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET

from tratativa.accounts import text
from tratativa.cases import books, opening, visibility
from tratativa.rulebook.parties import Party
from tratativa.web import channels, finding, siblings
from tratativa.web.desk import rows
from tratativa.web.gates import StaffRequest, staff

SIZE = 50


@require_GET
@staff
def orders(request: StaffRequest) -> HttpResponse:
    """The newest orders, or those whose number begins as typed."""
    query = text.line(request.GET.get("q", "")[:40])
    found = visibility.visible_orders(request.actor).select_related("customer", "seller")
    if query:
        found = found.filter(number__startswith=query)
    cursor = _cursor(request.GET.get("after", ""))
    if cursor:
        at, key = cursor
        found = found.filter(Q(ordered_at__lt=at) | Q(ordered_at=at, id__lt=key))
    page = list(found.order_by("-ordered_at", "-id")[: SIZE + 1])
    last = page[SIZE - 1] if len(page) > SIZE else None
    following = {"q": query, "after": f"{last.ordered_at.isoformat()}~{last.pk}"} if last else {}
    context = {
        "query": query,
        "rows": rows.of_orders(page[:SIZE], request.at, sellers=request.actor.party is Party.MARKETPLACE),
        "after_url": reverse("orders", query=following) if following else "",
    }
    return render(request, "desk/orders.html", context)


@require_GET
@staff
def order(request: StaffRequest, number: str) -> HttpResponse:
    """The order, its goods, its delivery, and its cases."""
    found = finding.order(request.actor, number)
    book = books.in_force(request.actor.marketplace_id)
    kind = book.kind()
    context = {
        "order": found,
        "stage": channels.stage(found.stage),
        "goods": list(found.lines.all()[:200]),
        "siblings": siblings.of_order(found, request.actor),
        "offer": opening.may_open(book, kind, found, request.actor) if kind else opening.Offer(False),
    }
    return render(request, "desk/order.html", context)


def _cursor(raw: str) -> tuple[datetime, uuid.UUID] | None:
    """The moment and the key of the last order of the page before; None begins at the newest."""
    moment, _tilde, key = raw[:90].partition("~")
    try:
        at, wanted = parse_datetime(moment), uuid.UUID(key)
        return (at.astimezone(UTC), wanted) if at and at.tzinfo else None
    except (ValueError, OverflowError):
        return None
