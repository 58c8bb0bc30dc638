"""Opening a case as a customer: what happened, in plain words."""

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tratativa.accounts import text
from tratativa.cases.acting import eligibility, opening
from tratativa.cases.acting.opening import Opening
from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.messages.addressing import Message
from tratativa.cases.sentences import labels
from tratativa.orders.models import Order
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.web.customer import reasons, states
from tratativa.web.forms import kinds, uploads
from tratativa.web.frame import bodies, scoped_get, typed
from tratativa.web.frame.gates import CustomerRequest, customer
from tratativa.web.frame.typed import Writing


@bodies.takes_files
@require_http_methods(["GET", "POST"])
@customer
def open_case(request: CustomerRequest, number: str) -> HttpResponse:
    """The question, and the opening."""
    order = scoped_get.order(request.actor, number)
    book = rulebook_versions.in_force(request.actor.marketplace_id)
    if request.method != "POST":
        return _form(request, order, book, Writing())
    writing = typed.read(request.POST, asks=False)
    if "remove" in request.POST:
        uploads.discard(request, request.POST["remove"])
    kept = uploads.keep(request, book)
    writing.files, writing.errors = kept.files, kept.error
    if writing.errors or "remove" in request.POST:
        return _form(request, order, book, writing, status=422 if writing.errors else 200)
    kind = kinds.chosen(request, book)
    try:
        case = opening.open_case(
            Opening(
                order,
                reason=writing.reason,
                message=Message(writing.text, files=writing.files),
                kind=kind.id if kind else "",
                once=writing.once,
            ),
            by=request.actor,
            at=request.at,
        )
    except Invalid as bad:
        writing.errors = bad.errors
        return _form(request, order, book, writing, status=422)
    except NotAllowed as no:
        writing.errors = {"": str(no)}
        return _form(request, order, book, writing, status=409)
    shown = protocols.show(case.protocol)
    notices.success(request, _("Recebemos o seu atendimento: protocolo %(protocol)s.") % {"protocol": shown})
    return redirect("my_case", protocol=shown)


def _form(
    request: CustomerRequest, order: Order, book: Rulebook, writing: Writing, *, status: int = 200
) -> HttpResponse:
    kind = kinds.chosen(request, book)
    writing.reason = writing.reason or request.GET.get("reason", "")[:120]
    offer = eligibility.may_open(book, kind, order, request.actor, at=request.at) if kind else eligibility.Offer(False)
    context = {
        "order": order,
        "sold_by": labels.seller(order.seller, book),
        "goods": list(order.lines.all()[:5]),
        "offer": offer,
        "form": writing,
        "kinds": kinds.choices(request, book),
        "kind": request.GET.get("kind", "")[:60],
        "offered": _offered(request, order, book, writing.reason),
        "siblings": states.of_order(order, request.actor, at=request.at),
        "limit": book.attachments.max_size,
    }
    return render(request, "customer/open.html", context, status=status)


def _offered(request: CustomerRequest, order: Order, book: Rulebook, chosen: str) -> reasons.Choice:
    """The reasons as this page offers them, or those that answer to the customer's own words."""
    kind = kinds.chosen(request, book)
    found = eligibility.reasons_offered(book, request.actor, kind) if kind else []
    sought = text.line(request.GET.get("q", "")[:80])
    return reasons.choice(book, found, order.stage, sought=sought, chosen=chosen)
