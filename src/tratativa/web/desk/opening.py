"""Opening a case, about an order or about none: subject, recipient, the switch, the comment, the files."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages as notices
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tratativa.accounts import documents, text
from tratativa.accounts.actors import Actor
from tratativa.accounts.contacts import Contact
from tratativa.accounts.models import Customer
from tratativa.cases.acting import eligibility, opening
from tratativa.cases.acting.opening import Opening
from tratativa.cases.core import protocols, rulebook_versions, visibility
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.messages.addressing import Message
from tratativa.cases.sentences.reader import party_name
from tratativa.mail.filing import filing, inbox
from tratativa.mail.models import Arrival
from tratativa.orders.models import Order
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party
from tratativa.web.desk import offering
from tratativa.web.forms import kinds, uploads
from tratativa.web.frame import channels, scoped_get, typed
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.frame.typed import Writing


@dataclass
class About:
    """Whom and what a case is about, and by which way the customer came: only the team says that."""

    order: Order | None
    alone: bool = False
    customer: Customer | None = None
    document: str = ""
    contact: Contact = field(default_factory=Contact)
    channel: str = channels.OWN
    suspects: bool = False
    letter: Arrival | None = None
    errors: dict[str, str] = field(default_factory=dict)


@require_http_methods(["GET", "POST"])
@staff
def open_case(request: StaffRequest, number: str) -> HttpResponse:
    """The form about an order, and the opening."""
    return _opening(request, scoped_get.order(request.actor, number))


@require_http_methods(["GET", "POST"])
@staff
def open_alone(request: StaffRequest) -> HttpResponse:
    """The form about no order: of a customer named by document, or of nobody the desk knows yet (K16-02).

    A seller's is a request to the marketplace (M-18).
    """
    book = rulebook_versions.in_force(request.actor.marketplace_id)
    kind = kinds.chosen(request, book, alone=True)
    offer = eligibility.may_open(book, kind, None, request.actor) if kind else eligibility.Offer(False)
    if not offer.allowed:
        notices.error(request, offer.why or _("Todo atendimento é sobre um pedido: escolha o pedido."))
        return redirect("orders")
    return _opening(request, None)


def _opening(request: StaffRequest, order: Order | None) -> HttpResponse:
    book = rulebook_versions.in_force(request.actor.marketplace_id)
    about = _about(request, order)
    if request.method != "POST":
        return _form(request, about, book, Writing())
    writing = typed.read(request.POST, asks=_asks(book, request.actor))
    if "remove" in request.POST:
        uploads.discard(request, request.POST["remove"])
    kept = uploads.keep(request, book)
    writing.files = kept.files
    writing.errors |= kept.error | about.errors
    looks = "remove" in request.POST or "find" in request.POST
    if writing.errors or looks:
        return _form(request, about, book, writing, status=422 if writing.errors else 200)
    return _open(request, about, book, writing)


def _about(request: StaffRequest, order: Order | None) -> About:
    about = About(order, alone=order is None)
    if request.actor.party is not Party.MARKETPLACE:
        return about
    if order is None:
        about.letter = _letter(request)
    if request.method != "POST":
        about.customer = _known(request, about)
        about.document = documents.show(about.customer.document) if about.customer else ""
        about.contact = _writer(about)
        about.channel = "email" if about.letter else channels.OWN
        return about
    channel = request.POST.get("channel", "")
    about.channel = channel if channel in dict(channels.came()) else channels.OWN
    about.suspects = request.POST.get("whose") == "team"
    if order is None:
        _name_customer(request, about)
        _name_order(request, about)
    return about


def _letter(request: StaffRequest) -> Arrival | None:
    """The letter no case took in, from whose page the form was opened."""
    key = typed.key(request.POST.get("letter", "") or request.GET.get("letter", ""))
    return inbox.visible(request.actor).filter(pk=key, state__in=filing.ASIDE).first() if key else None


def _known(request: StaffRequest, about: About) -> Customer | None:
    """The customer the address names, or the one whose registered e-mail wrote the letter: the agent sees to it."""
    if about.order is not None:
        return None
    if key := typed.key(request.GET.get("customer", "")):
        return scoped_get.customer(request.actor, key)
    if about.letter is None or not about.letter.sender:
        return None
    found = visibility.visible_customers(request.actor).filter(email__iexact=about.letter.sender)[:2]
    return found[0] if len(found) == 1 else None


def _name_customer(request: StaffRequest, about: About) -> None:
    about.document = text.line(request.POST.get("document", ""))[:40]
    about.contact = _contact(request, about)
    if not about.document:
        return
    try:
        known = visibility.visible_customers(request.actor).filter(document=documents.parse(about.document)).first()
    except documents.BadDocument as bad:
        about.errors["document"] = str(bad)
        return
    about.customer = known
    if known is None:
        about.errors["document"] = _(
            "Nenhum cadastro tem este documento. Para quem ainda não é cliente, deixe em branco."
        )


def _name_order(request: StaffRequest, about: About) -> None:
    """The order chosen among the customer's last ones, or typed: one of theirs."""
    number = text.line(request.POST.get("order", ""))[:40]
    if not number:
        return
    orders = visibility.visible_orders(request.actor).select_related("seller", "customer")
    about.order = orders.filter(number=number).first()
    if about.order is None:
        about.errors["order"] = _("Não há pedido com este número.")
    elif about.customer and about.order.customer_id != about.customer.pk:
        about.order = None
        about.errors["order"] = _("Este pedido é de outro cliente.")


def _writer(about: About) -> Contact:
    """Whoever wrote the letter the form was opened from, where no registration has their address."""
    if about.customer is not None or about.letter is None:
        return Contact()
    return Contact(email=about.letter.sender)


def _contact(request: StaffRequest, about: About) -> Contact:
    contact = Contact(
        name=text.line(request.POST.get("contact_name", ""))[:160],
        email=text.line(request.POST.get("contact_email", ""))[:254],
        phone=text.line(request.POST.get("contact_phone", ""))[:20],
    )
    if contact.email:
        try:
            validate_email(contact.email)
        except ValidationError:
            about.errors["contact_email"] = _("Escreva um e-mail como nome@loja.com.br.")
    return contact


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
        filing.bring(about.letter, case, by=request.actor, at=request.at)
    shown = protocols.show(case.protocol)
    notices.success(request, _("Atendimento %(protocol)s aberto.") % {"protocol": shown})
    return redirect(reverse("chat" if kind and kind.chat and _sells(request) else "case", args=[shown]))


def _form(request: StaffRequest, about: About, book: Rulebook, writing: Writing, *, status: int = 200) -> HttpResponse:
    kind = kinds.chosen(request, book, alone=about.alone)
    offered = eligibility.reasons_offered(book, request.actor, kind) if kind else []
    context: dict[str, Any] = {
        "order": None if about.alone else about.order,
        "about": about,
        "chosen": request.POST.get("order", "") if request.method == "POST" else "",
        "orders": offering.orders(about.customer, request.actor),
        "channels": channels.came() if request.actor.party is Party.MARKETPLACE else [],
        "form": writing,
        "kinds": kinds.choices(request, book, alone=about.alone),
        "guidance": kind.guidance if kind else (),
        "reasons": offered,
        "hides": request.actor.party is Party.MARKETPLACE and any(one.internal for one in offered),
        "reply": {
            "recipients": [(str(one), party_name(book, one)) for one in _recipients(request, about, book)],
            "asks": _asks(book, request.actor) and not (about.alone and _sells(request)),
        },
        "limit": book.attachments.max_size,
    }
    return render(request, "desk/open.html", context, status=status)


def _recipients(request: StaffRequest, about: About, book: Rulebook) -> Sequence[Party]:
    """To whom the first message may go: without an order a seller has nobody but the marketplace to write to."""
    rules = book.replies.by.get(request.actor.party)
    if about.alone and _sells(request):
        return (Party.MARKETPLACE,)
    return rules.to if rules else ()


def _sells(request: StaffRequest) -> bool:
    return request.actor.party is Party.SELLER


def _asks(book: Rulebook, actor: Actor) -> bool:
    rules = book.replies.by.get(actor.party)
    return bool(rules and rules.customer_reads == "ask")
