"""Cancelling or changing one's mind with one tap: it stands on record at once, with its receipt (L-09, L-11)."""

import contextlib
import uuid
from collections.abc import Collection

from django.contrib import messages as notices
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tratativa.accounts import moments
from tratativa.cases.acting import actions, eligibility, opening, withdrawing
from tratativa.cases.acting.opening import Opening
from tratativa.cases.core import protocols, rulebook_versions, visibility
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.cases.sentences import labels
from tratativa.orders.models import Order
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.language.sections import Kind
from tratativa.rulebook.language.withdrawing import Way
from tratativa.rulebook.verdict import Available
from tratativa.web.customer import states
from tratativa.web.frame import scoped_get, typed
from tratativa.web.frame.gates import CustomerRequest, customer
from tratativa.web.frame.typed import Writing


@require_http_methods(["GET", "POST"])
@customer
def withdraw(request: CustomerRequest, number: str) -> HttpResponse:
    """What happens, and the one tap that confirms it. Nothing has to be said."""
    order = scoped_get.order(request.actor, number)
    book = rulebook_versions.in_force(request.actor.marketplace_id)
    way = withdrawing.way_of(book, order, at=request.at)
    kind = withdrawing.kind_of(book, way) if way else None
    if (done := _before(request, order)) is not None:
        return redirect("my_case", protocol=protocols.show(done.protocol))
    if way is None or kind is None:
        return _too_late(request, book, order)
    if request.method != "POST":
        return _page(request, book, order, Writing())
    writing = typed.read(request.POST, asks=False)
    if request.POST.get("arrived", "") not in {"", _arrived(order)}:
        writing.errors = {"": _("O pedido andou desde que você abriu esta página. Leia de novo o que acontece.")}
        return _page(request, book, order, writing, status=409)
    try:
        with transaction.atomic():  # letters leave once both have happened, and tell of both
            case = _open(request, order, way, kind, writing)
            _act(request, case, way)
    except Invalid as bad:
        writing.errors = bad.errors
        return _page(request, book, order, writing, status=422)
    except NotAllowed as no:
        writing.errors = {"": str(no)}
        return _page(request, book, order, writing, status=409)
    shown, when = protocols.show(case.protocol), moments.minute(case.opened_at)
    said = _("Recebido em %(when)s: vale desde já. Guarde o protocolo %(protocol)s.")
    notices.success(request, said % {"when": when, "protocol": shown})
    return redirect("my_case", protocol=shown)


def label(order: Order) -> str:
    """What the button says."""
    return _("Desistir da compra") if withdrawing.has_arrived(order) else _("Cancelar a compra")


def may(book: Rulebook, order: Order, request: CustomerRequest, withdrawn: Collection[uuid.UUID]) -> bool:
    """Whether the customer may do so now; not again from an order among those withdrawn from."""
    way = withdrawing.way_of(book, order, at=request.at) if order.pk not in withdrawn else None
    kind = withdrawing.kind_of(book, way) if way else None
    return kind is not None and eligibility.may_open(book, kind, order, request.actor, at=request.at).allowed


def _too_late(request: CustomerRequest, book: Rulebook, order: Order) -> HttpResponse:
    """Back to the orders, told why this one cannot be given back any more. Raises Http404 where it never could."""
    rule, gaps = book.withdrawal, {"number": order.number}
    if rule is None or rule.way(arrived=withdrawing.has_arrived(order)) is None:
        raise Http404
    if order.stage == "cancelled":
        notices.error(request, _("O pedido %(number)s já foi cancelado.") % gaps)
    elif order.delivered_at is not None:
        ended = moments.minute(rule.ends(order.delivered_at, book.clock), book.clock.zone)
        said = _("O prazo para desistir do pedido %(number)s acabou em %(when)s. Se algo está errado, peça ajuda.")
        notices.error(request, said % {**gaps, "when": ended})
    return redirect("my_cases")


def _before(request: CustomerRequest, order: Order) -> Case | None:
    """The case by which the customer withdrew already: a second tap leads there."""
    return withdrawing.of_order(visibility.visible_cases(request.actor).filter(order=order))


def _open(request: CustomerRequest, order: Order, way: Way, kind: Kind, writing: Writing) -> Case:
    new = Opening(
        order, reason=way.reason, message=Message(writing.text or _words(order)), kind=kind.id, once=writing.once
    )
    return opening.open_case(new, by=request.actor, at=request.at)


def _act(request: CustomerRequest, case: Case, way: Way) -> None:
    """Does at once what the rulebook lets the customer do by themself; where it does not, the seller has the turn."""
    offered = actions.verdict(case, request.actor, at=request.at).find(way.action) if way.action else None
    if isinstance(offered, Available):
        checked = list(offered.action.check_first)
        # Of two taps at once the other did it; where the order gives no more, the seller has the turn, as it says.
        with contextlib.suppress(NotAllowed, Invalid):
            actions.perform(case, offered.action.id, by=request.actor, at=request.at, fields={}, checked=checked)


def _arrived(order: Order) -> str:
    return "yes" if withdrawing.has_arrived(order) else "no"


def _words(order: Order) -> str:
    return _("Desisto desta compra.") if withdrawing.has_arrived(order) else _("Cancelo esta compra.")


def _page(
    request: CustomerRequest, book: Rulebook, order: Order, writing: Writing, *, status: int = 200
) -> HttpResponse:
    context = {
        "order": order,
        "sold_by": labels.seller(order.seller, book),
        "goods": list(order.lines.all()[:5]),
        "paid": book.money.show(max(order.total_cents - order.refunded_cents, 0)) if order.total_cents else "",
        "label": label(order),
        "words": _words(order),
        "arrived": withdrawing.has_arrived(order),
        "seen": _arrived(order),
        "source": book.withdrawal.source if book.withdrawal else "",
        "form": writing,
        "siblings": states.of_order(order, request.actor, at=request.at),
    }
    return render(request, "customer/withdraw.html", context, status=status)
