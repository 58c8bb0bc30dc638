"""Gestão de Vendas: the orders, and one order with its cases."""

from typing import Any, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tratativa.accounts import text
from tratativa.cases.acting import eligibility
from tratativa.cases.core import rulebook_versions, visibility
from tratativa.cases.reading import paging
from tratativa.cases.sentences import labels
from tratativa.orders import registrations
from tratativa.orders.models import Order
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party
from tratativa.web.frame import scoped_get
from tratativa.web.frame.gates import StaffRequest, marketplace, staff
from tratativa.web.lists import rows, siblings
from tratativa.web.retailer import bought_orders, funds, overview

Listed = TypeVar("Listed", bound=Model)


@require_GET
@staff
def orders(request: StaffRequest) -> HttpResponse:
    """The newest orders, or those whose number begins as typed."""
    book = rulebook_versions.in_force(request.actor.marketplace_id)
    every = visibility.visible_orders(request.actor).select_related("customer", "seller")
    found, around = _narrowed(request, every, "number", ("-ordered_at", "-id"))
    context = {
        **around,
        "rows": rows.of_orders(found, request.at, book.money, sellers=request.actor.party is Party.MARKETPLACE),
        "ruptures_url": reverse("ruptures") if _lists_ruptures(request) else "",
    }
    return render(request, "desk/orders.html", context)


@require_GET
@marketplace
def ruptures(request: StaffRequest) -> HttpResponse:
    """What the orders of all retailers lack, newest first, or of those whose number begins as typed (K04-10)."""
    if not _lists_ruptures(request):
        raise Http404
    book = rulebook_versions.in_force(request.actor.marketplace_id)
    every = visibility.visible_ruptures(request.actor).select_related("order__customer", "order__seller")
    found, around = _narrowed(request, every, "order__number", ("-noticed_at", "-id"))
    return render(request, "desk/ruptures.html", {**around, "rows": found, "paid_in": book.money})


def _narrowed(
    request: StaffRequest, every: QuerySet[Listed], number: str, order: tuple[str, ...]
) -> tuple[list[Listed], dict[str, str]]:
    """A page of those whose order's number begins as typed, and what the list says around it."""
    query = text.line(request.GET.get("q", "")[:40])
    found = every.filter(**{f"{number}__startswith": query}) if query else every
    page = paging.keyset(found, order, after=request.GET.get("after", ""))
    after_url = f"{request.path}?{urlencode({'q': query, 'after': page.after})}" if page.after else ""
    return page.rows, {"query": query, "after_url": after_url}


def _lists_ruptures(request: StaffRequest) -> bool:
    book = rulebook_versions.in_force(request.actor.marketplace_id)
    return request.actor.party is Party.MARKETPLACE and overview.companies(book)


@require_GET
@staff
def order(request: StaffRequest, number: str) -> HttpResponse:
    """The order, its goods, its delivery, and its cases."""
    found = scoped_get.order(request.actor, number)
    book = rulebook_versions.in_force(request.actor.marketplace_id)
    kind = book.kind()
    context = {
        "order": found,
        "paid_in": book.money,
        "stage": labels.stage(found.stage),
        "goods": list(found.lines.all()[:200]),
        "siblings": siblings.of_order(found, request.actor),
        **_retail(found, book, request),
        "offer": eligibility.may_open(book, kind, found, request.actor, at=request.at)
        if kind
        else eligibility.Offer(False),
    }
    return render(request, "desk/order.html", context)


def _retail(found: Order, book: Rulebook, request: StaffRequest) -> dict[str, Any]:
    """What the team looks up of a company's order (K05-10): its way, what it lacks, invoices, and the credit."""
    if request.actor.party is not Party.MARKETPLACE or not overview.companies(book):
        return {}
    customer = found.customer
    credit = funds.credit(customer, registrations.of(customer), book, at=request.at)
    return {
        "bought": bought_orders.one(found),
        "retailer": {"credit": credit},
        "retailer_url": reverse("retailer", args=[customer.pk]),
    }
