"""Opening a case, about an order or about none: subject, recipient, the switch, the comment, the files."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tratativa.cases.acting import eligibility, opening
from tratativa.cases.acting.opening import Opening
from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.messages.addressing import Message
from tratativa.cases.sentences.reader import party_name
from tratativa.mail.filing import aside, filing, long_letters
from tratativa.mail.filing import offering as order_named
from tratativa.mail.reading.letter import Letter
from tratativa.mail.reading.mime.parts import Unreadable
from tratativa.orders.models import Order
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party
from tratativa.web.desk import offering
from tratativa.web.desk.opening_about import About, about_of
from tratativa.web.forms import kinds, uploads
from tratativa.web.frame import bodies, channels, scoped_get, typed
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.frame.typed import Writing


@bodies.takes_files
@require_http_methods(["GET", "POST"])
@staff
def open_case(request: StaffRequest, number: str) -> HttpResponse:
    """The form about an order, and the opening."""
    return _opening(request, scoped_get.order(request.actor, number))


@bodies.takes_files
@require_http_methods(["GET", "POST"])
@staff
def open_alone(request: StaffRequest) -> HttpResponse:
    """The form about no order: of a customer named by document, or of nobody the desk knows yet (K16-02).

    A seller's is a request to the marketplace (M-18).
    """
    book = rulebook_versions.in_force(request.actor.marketplace_id)
    kind = kinds.chosen(request, book, alone=True)
    offer = eligibility.may_open(book, kind, None, request.actor, at=request.at) if kind else eligibility.Offer(False)
    if not offer.allowed:
        notices.error(request, offer.why or _("Todo atendimento é sobre um pedido: escolha o pedido."))
        return redirect("orders")
    return _opening(request, None)


def _opening(request: StaffRequest, order: Order | None) -> HttpResponse:
    book = rulebook_versions.in_force(request.actor.marketplace_id)
    about = about_of(request, order)
    if request.method != "POST":
        read = _read(about)
        said = long_letters.shown(read, attached=bool(long_letters.whole(read))) if read else ""
        return _form(
            request, about, book, Writing(text=said, to=_natural(request, about, book)), named=_order(about, read)
        )
    writing = typed.read(request.POST, asks=book.replies.asks(request.actor.party))
    writing.to = writing.to or _natural(request, about, book)
    if "remove" in request.POST:
        uploads.discard(request, request.POST["remove"])
    kept = uploads.keep(request, book)
    writing.files = kept.files
    writing.errors |= kept.error | about.errors
    looks = "remove" in request.POST or "find" in request.POST
    if writing.errors or looks:
        return _form(request, about, book, writing, status=422 if writing.errors else 200)
    return _open(request, about, book, writing)


def _read(about: About) -> Letter | None:
    """The letter that the case is opened from; None where there is none that can be read.

    What it says is kept as it is or changed; left as it is it stands on the case once: the letter is filed there
    without it.
    """
    if about.letter is None:
        return None
    try:
        return filing.read(about.letter)
    except (Unreadable, FileNotFoundError):
        return None


def _order(about: About, read: Letter | None) -> str:
    """The number of its writer's own order that the letter names."""
    found = order_named.order_of(about.letter, read) if about.letter and read else None
    return found.number if found and about.customer and found.customer_id == about.customer.pk else ""


def _natural(request: StaffRequest, about: About, book: Rulebook) -> str:
    """Whom the first words are for where nobody says: what a customer said by another way is theirs, to be answered."""
    heard = about.channel != channels.OWN and request.actor.party is Party.MARKETPLACE
    return str(Party.CUSTOMER) if heard and Party.CUSTOMER in _recipients(request, about, book) else ""


def _open(request: StaffRequest, about: About, book: Rulebook, writing: Writing) -> HttpResponse:
    kind = kinds.chosen(request, book, alone=about.alone)
    try:
        case = opening.open_case(
            Opening(
                about.order,
                reason=writing.reason,
                message=Message(
                    writing.text, to=writing.to, customer_reads=writing.customer_reads, files=writing.files
                ),
                kind=kind.id if kind else "",
                once=writing.once,
                channel=about.channel,
                customer=about.customer,
                contact=about.contact,
                suspects=about.suspects,
            ),
            by=request.actor,
            at=request.at,
            warned=writing.warned,
        )
    except Invalid as bad:
        writing.errors = bad.errors
        return _form(request, about, book, writing, status=422)
    except NotAllowed as no:
        writing.errors = {"": str(no)}
        return _form(request, about, book, writing, status=409)
    if about.letter:
        aside.bring(about.letter, case, by=request.actor, at=request.at)
    shown = protocols.show(case.protocol)
    notices.success(request, _("Atendimento %(protocol)s aberto.") % {"protocol": shown})
    return redirect(reverse("chat" if kind and kind.chat and _sells(request) else "case", args=[shown]))


def _form(
    request: StaffRequest, about: About, book: Rulebook, writing: Writing, *, named: str = "", status: int = 200
) -> HttpResponse:
    kind = kinds.chosen(request, book, alone=about.alone)
    offered = eligibility.reasons_offered(book, request.actor, kind) if kind else []
    to = _recipients(request, about, book)
    context: dict[str, Any] = {
        "order": None if about.alone else about.order,
        "about": about,
        "chosen": request.POST.get("order", "") if request.method == "POST" else named,
        "orders": offering.orders(about.customer, request.actor, book.money),
        "channels": channels.came() if request.actor.party is Party.MARKETPLACE else [],
        "form": writing,
        "kinds": kinds.choices(request, book, alone=about.alone),
        "customer_name": party_name(book, Party.CUSTOMER) if Party.CUSTOMER in to else "",
        "guidance": kind.guidance if kind else (),
        "reasons": offered,
        "hides": request.actor.party is Party.MARKETPLACE and any(one.internal for one in offered),
        "reply": {
            "recipients": [(str(one), party_name(book, one)) for one in to],
            "asks": book.replies.asks(request.actor.party) and not (about.alone and _sells(request)),
        },
        "limit": book.attachments.max_size,
    }
    return render(request, "desk/open.html", context, status=status)


def _recipients(request: StaffRequest, about: About, book: Rulebook) -> Sequence[Party]:
    """To whom the first message may go: without an order a seller has nobody but the marketplace to write to."""
    if about.alone and _sells(request):
        return (Party.MARKETPLACE,)
    return book.replies.recipients(request.actor.party)


def _sells(request: StaffRequest) -> bool:
    return request.actor.party is Party.SELLER
