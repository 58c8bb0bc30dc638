"""Whom and what a case that the desk opens is about: order, customer or whoever wrote, as the form says or a letter."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tratativa.accounts import documents, telephones, text
from tratativa.accounts.contacts import Contact
from tratativa.accounts.models import Customer
from tratativa.cases.core import rulebook_versions, visibility
from tratativa.cases.reading import finding, lookups
from tratativa.mail.filing import aside, inbox
from tratativa.mail.models import Arrival
from tratativa.orders import numbers
from tratativa.orders.models import Order
from tratativa.rulebook.terms.parties import Party
from tratativa.web.frame import channels, scoped_get, typed
from tratativa.web.frame.gates import StaffRequest


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


def about_of(request: StaffRequest, order: Order | None) -> About:
    about = About(order, alone=order is None)
    if request.actor.party is not Party.MARKETPLACE:
        return about
    if order is None:
        about.letter = _letter(request)
    if request.method != "POST":
        about.customer = _known(request, about)
        kinds = rulebook_versions.land(request.actor.marketplace_id).documents
        about.document = documents.show(about.customer.document, kinds) if about.customer else ""
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
    return inbox.visible(request.actor).filter(pk=key, state__in=aside.STATES).first() if key else None


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
        kinds = rulebook_versions.land(request.actor.marketplace_id).documents
        wanted = documents.parse(about.document, kinds)
        lookups.count(request.actor, wanted)
        known = visibility.visible_customers(request.actor).filter(document=wanted).first()
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
    about.order = orders.filter(number=number).first() or _spelt(request, orders, number)
    if about.order is None:
        about.errors["order"] = _("Não há pedido com este número.")
    elif about.customer and about.order.customer_id != about.customer.pk:
        about.order = None
        about.errors["order"] = _("Este pedido é de outro cliente.")


def _spelt(request: StaffRequest, orders: QuerySet[Order], number: str) -> Order | None:
    """The order whose number was typed with other signs; asked of the index, as all orders are too many to look at."""
    known = finding.orders_of(request.actor, finding.read(number))
    return numbers.spelt(orders.filter(pk__in=known), number).first()


def _writer(about: About) -> Contact:
    """Whoever wrote the letter the form was opened from, where no registration has their address."""
    if about.customer is not None or about.letter is None:
        return Contact()
    return Contact(email=about.letter.sender)


def _contact(request: StaffRequest, about: About) -> Contact:
    contact = Contact(
        name=text.line(request.POST.get("contact_name", ""))[:160],
        email=text.line(request.POST.get("contact_email", ""))[:254],
        phone=text.line(request.POST.get("contact_phone", ""))[:60],
    )
    if contact.email:
        try:
            validate_email(contact.email)
        except ValidationError:
            about.errors["contact_email"] = _("Escreva um e-mail como nome@loja.com.br.")
    try:
        telephones.kept(contact.phone)
    except telephones.BadTelephone as bad:
        about.errors["contact_phone"] = str(bad)
    return contact
