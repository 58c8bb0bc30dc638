"""Gestão de Vendas: the orders, and one order with its cases."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET

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
    query = request.GET.get("q", "").strip()[:40].replace("\x00", "")
    found = visibility.visible_orders(request.actor).select_related("customer", "seller")
    if query:
        found = found.filter(number__startswith=query)
    after = parse_datetime(request.GET["after"][:40]) if _is_moment(request.GET.get("after", "")) else None
    if after:
        found = found.filter(ordered_at__lt=after)
    page = list(found.order_by("-ordered_at", "-id")[: SIZE + 1])
    following = {"q": query, "after": page[SIZE - 1].ordered_at.isoformat()} if len(page) > SIZE else {}
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
    book = books.of_version(books.current(request.actor.marketplace_id).pk)
    kind = book.kind()
    context = {
        "order": found,
        "stage": channels.stage(found.stage),
        "goods": list(found.lines.all()[:200]),
        "siblings": siblings.of_order(found, request.actor),
        "offer": opening.may_open(book, kind, found, request.actor) if kind else opening.Offer(False),
    }
    return render(request, "desk/order.html", context)


def _is_moment(raw: str) -> bool:
    try:
        moment = parse_datetime(raw[:40])
    except ValueError:
        return False
    return moment is not None and moment.tzinfo is not None
