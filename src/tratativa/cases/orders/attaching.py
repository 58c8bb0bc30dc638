"""Effects that say what a case is about after it was opened: which order, or which seller where there is none."""

from django.utils.translation import gettext as _

from tratativa.accounts import documents, text
from tratativa.accounts.models import Seller
from tratativa.cases import events
from tratativa.cases.core import audience
from tratativa.cases.core.change import Change
from tratativa.cases.core.effects import effect
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.orders import numbers
from tratativa.orders.models import Order
from tratativa.rulebook.language import arguments
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party


@effect("attach_order")
def attach_order(change: Change, argument: arguments.AttachOrder) -> None:
    """Makes the case one about this order of its customer's, instead of another's or of none.

    Nobody takes a case away from the seller who reads it: there another order is another case. Raises Invalid and
    NotAllowed.
    """
    case, name = change.case, slug(argument.field)
    number = text.line(str(change.fields.get(name) or ""))
    orders = Order.objects.select_related("seller", "customer").filter(marketplace=case.marketplace_id)
    order = orders.filter(number=number).first()
    if order is None and case.customer_id:
        order = numbers.spelt(orders.filter(customer=case.customer_id), number).first()
    if order is None:
        raise Invalid({name: _("Não há pedido com este número.")})
    if case.customer_id and order.customer_id != case.customer_id:
        raise Invalid({name: _("Este pedido é de outro cliente.")})
    takes_part = Party.SELLER in change.book.parties
    if takes_part and case.seller_id not in {None, order.seller_id}:
        raise NotAllowed(_("Este atendimento é com outro lojista: abra um novo sobre o outro pedido."))
    if case.order_id == order.pk:
        return
    case.order, case.order_number, case.value_cents = order, order.number, order.total_cents
    case.external_id = case.external_id or order.external_id
    case.platform = case.platform or order.platform
    case.customer, case.document = order.customer, order.customer.document
    if takes_part:
        case.seller = order.seller
    case.asked_seller = None
    change.record(events.OrderAttached(order=str(order.pk), number=order.number), to=change.everyone)


@effect("name_seller")
def name_seller(change: Change, argument: arguments.NameSeller) -> None:
    """Says which seller is meant, by name or document. Raises Invalid for one that is not known, or not the order's."""
    name = slug(argument.field)
    typed = text.line(str(change.fields.get(name) or ""))
    if not typed:
        return
    seller = find_seller(change, typed)
    if seller is None:
        kinds = documents.kinds_named(change.book.land.documents)
        said = _("Não conheço este lojista: escolha um da lista, ou escreva o documento (%(kinds)s).")
        raise Invalid({name: said % {"kinds": kinds}})
    order = change.case.order
    if order and order.seller_id != seller.pk:
        raise Invalid({name: _("O pedido deste atendimento é de %(seller)s.") % {"seller": order.seller.name}})
    if order is None and change.case.asked_seller_id != seller.pk:
        change.case.asked_seller = seller
        change.record(events.SellerNamed(seller=str(seller.pk)), to=audience.TEAM)


def find_seller(change: Change, typed: str) -> Seller | None:
    """The marketplace's seller of this name or document; None for none, or for a name that several have."""
    sellers = Seller.objects.filter(marketplace=change.case.marketplace_id)
    found = list(sellers.filter(name__iexact=typed)[:2])
    if not found and (plain := documents.plain(typed)):
        found = list(sellers.filter(document=plain)[:2])
    return found[0] if len(found) == 1 else None
