"""The retailer beside its case, enlarged on a page of its own, and what an agent does from there."""

import uuid
from collections.abc import Callable

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tratativa.accounts import text
from tratativa.cases.acting import eligibility
from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.models import Case
from tratativa.cases.orders import signup
from tratativa.cases.queues import receita
from tratativa.web.frame import scoped_get
from tratativa.web.frame.gates import StaffRequest, marketplace
from tratativa.web.frame.home import asks_fragment
from tratativa.web.retailer import bought_orders, overview


@require_GET
@marketplace
def panel(request: StaffRequest, protocol: str) -> HttpResponse:
    """The retailer of a case, as a fragment beside it."""
    case = scoped_get.case(request.actor, protocol)
    if not overview.address(case, request.actor) or case.customer is None:
        raise Http404
    book = rulebook_versions.of(case)
    view = overview.view(case.customer, request.actor, book, at=request.at, case=case)
    return render(request, "desk/retailer_panel.html", {"retailer": view, "paid_in": book.money})


@require_GET
@marketplace
def retailer(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """The retailer on a page of its own, with its orders narrowed to a number; over the case on a telephone."""
    book = rulebook_versions.of_version(rulebook_versions.current(request.actor.marketplace_id).pk)
    customer = scoped_get.customer(request.actor, key)
    if not overview.companies(book):
        raise Http404
    protocol = request.GET.get("case", "")
    case = scoped_get.case(request.actor, protocol) if protocol else None
    if case and case.customer_id != customer.pk:
        raise Http404
    number = text.line(request.GET.get("order", "")[:60])[:40]
    view = overview.view(
        customer, request.actor, book, at=request.at, case=case, number=number, most=bought_orders.MANY
    )
    may_open = eligibility.opens_alone(book, request.actor, at=request.at)
    context = {"retailer": view, "paid_in": book.money, "fragment": asks_fragment(request), "may_open": may_open}
    return render(request, "desk/retailer.html", context)


@require_POST
@marketplace
def push(request: StaffRequest, protocol: str) -> HttpResponse:
    """Pushes the step at which the sign-up stopped."""
    step = request.POST.get("step", "")[:40]
    return _done(
        request, protocol, _("Etapa empurrada."),
        lambda case: signup.push(case, step, by=request.actor, at=request.at),
    )  # fmt: skip


@require_POST
@marketplace
def ask(request: StaffRequest, protocol: str) -> HttpResponse:
    """Asks the Receita; the answer comes later."""
    return _done(
        request, protocol, _("A Receita está sendo consultada."),
        lambda case: receita.ask(case, by=request.actor, at=request.at),
    )  # fmt: skip


def _done(request: StaffRequest, protocol: str, told: str, do: Callable[[Case], object]) -> HttpResponse:
    case = scoped_get.case(request.actor, protocol)
    try:
        do(case)
        notices.success(request, told)
    except NotAllowed as no:
        notices.error(request, str(no))
    shown = protocols.show(case.protocol)
    if request.POST.get("from") == "page" and case.customer_id:
        return redirect(reverse("retailer", args=[case.customer_id], query={"case": shown}))
    return redirect(reverse("case", args=[shown]) + "#retailer")
