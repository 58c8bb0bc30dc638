"""Opening a case from an order: subject, recipient, the switch, the comment, the files."""

from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tratativa.accounts.actors import Actor
from tratativa.cases import books, opening, protocols
from tratativa.cases.refusals import Invalid, NotAllowed
from tratativa.orders.models import Order
from tratativa.rulebook.language import Rulebook
from tratativa.rulebook.parties import Party
from tratativa.web import finding, forms, kinds, uploads
from tratativa.web.forms import Writing
from tratativa.web.gates import StaffRequest, staff
from tratativa.web.readers import party_name


@require_http_methods(["GET", "POST"])
@staff
def open_case(request: StaffRequest, number: str) -> HttpResponse:
    """The form, and the opening."""
    order = finding.order(request.actor, number)
    book = books.in_force(request.actor.marketplace_id)
    if request.method != "POST":
        return _form(request, order, book, Writing())
    writing = forms.read(request.POST, asks=_asks(book, request.actor))
    if "remove" in request.POST:
        uploads.discard(request, request.POST["remove"])
    kept = uploads.keep(request, book)
    writing.files = kept.files
    writing.errors |= kept.error
    if writing.errors or "remove" in request.POST:
        return _form(request, order, book, writing, status=422 if writing.errors else 200)
    return _open(request, order, book, writing)


def _open(request: StaffRequest, order: Order, book: Rulebook, writing: Writing) -> HttpResponse:
    kind = kinds.chosen(request, book)
    try:
        case = opening.open_case(
            order, reason=writing.reason, words=writing.text, by=request.actor, at=request.at, to=writing.to,
            customer_reads=writing.customer_reads, files=writing.files, kind=kind.id if kind else "", once=writing.once,
            warned=writing.warned,
        )  # fmt: skip
    except Invalid as bad:
        writing.errors = bad.errors
        return _form(request, order, book, writing, status=422)
    except NotAllowed as no:
        writing.errors = {"": str(no)}
        return _form(request, order, book, writing, status=409)
    shown = protocols.show(case.protocol)
    notices.success(request, _("Atendimento %(protocol)s aberto.") % {"protocol": shown})
    return redirect(reverse("chat" if kind and kind.chat and _sells(request) else "case", args=[shown]))


def _form(request: StaffRequest, order: Order, book: Rulebook, writing: Writing, *, status: int = 200) -> HttpResponse:
    rules, kind = book.replies.by.get(request.actor.party), kinds.chosen(request, book)
    offered = opening.reasons_offered(book, request.actor, kind) if kind else []
    context: dict[str, Any] = {
        "order": order,
        "form": writing,
        "kinds": kinds.choices(request, book),
        "guidance": kind.guidance if kind else (),
        "reasons": [(one.id, one.label) for one in offered],
        "reply": {
            "recipients": [(str(party), party_name(book, party)) for party in (rules.to if rules else ())],
            "asks": _asks(book, request.actor),
        },
        "limit": book.attachments.max_size,
    }
    return render(request, "desk/open.html", context, status=status)


def _sells(request: StaffRequest) -> bool:
    return request.actor.party is Party.SELLER


def _asks(book: Rulebook, actor: Actor) -> bool:
    rules = book.replies.by.get(actor.party)
    return bool(rules and rules.customer_reads == "ask")
