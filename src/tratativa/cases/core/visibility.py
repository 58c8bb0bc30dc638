"""Who may read which case, entry, file and words: the only place that decides it, for pages, letters and counts."""

from typing import TypeVar

from django.db.models import Exists, F, OuterRef, QuerySet

from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer, Seller
from tratativa.cases.core import audience
from tratativa.cases.models import Attachment, Case, Entry, Held, Mark, Pressed, Report, Text
from tratativa.orders.models import Order, Return, Rupture
from tratativa.rulebook.terms.parties import Party

Rows = TypeVar("Rows", QuerySet[Entry], QuerySet[Text])


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """The cases this actor may know of. A customer's: own ones, once anything in them is for the customer."""
    cases = Case.objects.filter(marketplace_id=actor.marketplace_id)
    if actor.party is Party.MARKETPLACE:
        return cases
    if actor.party is Party.SELLER and actor.seller_id:
        return cases.filter(seller_id=actor.seller_id)
    if actor.party is Party.CUSTOMER and actor.customer_id:
        mine = cases.filter(customer_id=actor.customer_id, customer_in=True)
        return mine.filter(pk=actor.only_case) if actor.only_case else mine
    if actor.party is Party.PARTNER and actor.partner_id:
        asked = cases.filter(partner_id=actor.partner_id).exclude(queue="")
        return asked.filter(pk=actor.only_case) if actor.only_case else asked
    return cases.none()


def visible_entries(case: Case, actor: Actor) -> QuerySet[Entry]:
    """The lines of a case this actor may read, oldest first. `case` is one the actor may know of."""
    return _heard(Entry.objects.filter(case=case), actor).order_by("number")


def visible_texts(actor: Actor) -> QuerySet[Text]:
    """The words this actor may read, of all its cases: what search looks through. Owners stand on the row itself."""
    texts = Text.objects.filter(marketplace_id=actor.marketplace_id)
    if actor.party is Party.SELLER:
        texts = texts.filter(seller_id=actor.seller_id, seller_id__isnull=False)
    elif actor.party is Party.CUSTOMER:
        texts = texts.filter(customer_id=actor.customer_id, customer_id__isnull=False)
        texts = texts.filter(case=actor.only_case) if actor.only_case else texts
    elif actor.party is Party.PARTNER and actor.partner_id:
        texts = texts.filter(case__partner_id=actor.partner_id)
        texts = texts.filter(case=actor.only_case) if actor.only_case else texts
    elif actor.party is not Party.MARKETPLACE:
        return texts.none()
    return _heard(texts, actor)


def visible_files(actor: Actor) -> QuerySet[Attachment]:
    """Sent files in entries the actor may read."""
    return (
        Attachment.objects.filter(case__in=visible_cases(actor), entry__isnull=False)
        .annotate(heard=F("entry__audience").bitand(audience.BIT[actor.party]))
        .filter(heard__gt=0)
    )


def visible_orders(actor: Actor) -> QuerySet[Order]:
    """The orders this actor may know of."""
    orders = Order.objects.filter(marketplace_id=actor.marketplace_id)
    if actor.party is Party.MARKETPLACE:
        return orders
    if actor.party is Party.SELLER and actor.seller_id:
        return orders.filter(seller_id=actor.seller_id)
    if actor.party is Party.CUSTOMER and actor.customer_id:
        mine = orders.filter(customer_id=actor.customer_id)
        return mine.filter(cases=actor.only_case) if actor.only_case else mine
    return orders.none()


def visible_ruptures(actor: Actor) -> QuerySet[Rupture]:
    """What the marketplace's orders lack, for its team alone (K04-10)."""
    lacking = Rupture.objects.filter(order__marketplace_id=actor.marketplace_id)
    return lacking if actor.party is Party.MARKETPLACE else lacking.none()


def visible_returns(actor: Actor) -> QuerySet[Return]:
    """The returns this actor may know of: those of its orders whose case it may know."""
    orders, cases = visible_orders(actor), visible_cases(actor)
    mine = Return.objects.filter(marketplace_id=actor.marketplace_id)
    return mine.filter(order__in=orders, case_id__in=cases.values("pk"))


def visible_marks(actor: Actor) -> QuerySet[Mark]:
    """What was counted for a seller: for its administrators and the marketplace. Its agents know the totals only."""
    marks = Mark.objects.filter(seller__marketplace_id=actor.marketplace_id)
    if actor.party is Party.MARKETPLACE:
        return marks
    if actor.party is Party.SELLER and actor.seller_id and actor.is_admin:
        return marks.filter(seller_id=actor.seller_id)
    return marks.none()


def visible_holds(actor: Actor) -> QuerySet[Held]:
    """What waits before it happens: for the marketplace, and a seller's own for itself. A customer knows of none."""
    holds = Held.objects.filter(case__marketplace_id=actor.marketplace_id)
    if actor.party is Party.MARKETPLACE:
        return holds
    if actor.party is Party.SELLER and actor.seller_id:
        return holds.filter(case__seller_id=actor.seller_id, party=str(Party.SELLER))
    return holds.none()


def visible_pressed(actor: Actor) -> QuerySet[Pressed]:
    """The messages of the actor's own team that are about to be said; no other party knows of them."""
    pressed = Pressed.objects.filter(case__marketplace_id=actor.marketplace_id, party=str(actor.party))
    if actor.party is Party.MARKETPLACE:
        return pressed
    if actor.party is Party.SELLER and actor.seller_id:
        return pressed.filter(case__seller_id=actor.seller_id)
    return pressed.none()


def visible_reports(actor: Actor) -> QuerySet[Report]:
    """What customers reported: the marketplace's alone. A seller reads the decisions that found something wrong."""
    if actor.party is not Party.MARKETPLACE:
        return Report.objects.none()
    return Report.objects.filter(case__marketplace_id=actor.marketplace_id)


def visible_sellers(actor: Actor) -> QuerySet[Seller]:
    """The sellers this actor may choose among: all of its marketplace's, for its team alone."""
    sellers = Seller.objects.filter(marketplace_id=actor.marketplace_id)
    return sellers if actor.party is Party.MARKETPLACE else sellers.none()


def visible_customers(actor: Actor) -> QuerySet[Customer]:
    """The customers whose registration this actor may look into: the marketplace's team alone.

    What hangs on them (sign-up, credit, vouchers, what the Receita said) is asked for through these; their bank data
    never: those live sealed in a request.
    """
    customers = Customer.objects.filter(marketplace_id=actor.marketplace_id)
    return customers if actor.party is Party.MARKETPLACE else customers.none()


def named_customers(actor: Actor) -> QuerySet[Customer]:
    """The customers whose name this actor may know: the team all, a seller who bought from it or wrote to it."""
    customers = Customer.objects.filter(marketplace_id=actor.marketplace_id)
    if actor.party is Party.MARKETPLACE:
        return customers
    if actor.party is Party.SELLER and actor.seller_id:
        bought = Order.objects.filter(customer=OuterRef("pk"), seller=actor.seller_id)
        wrote = Case.objects.filter(customer=OuterRef("pk"), seller=actor.seller_id)
        return customers.filter(Exists(bought) | Exists(wrote))
    return customers.none()


def entries_of_customer(customer: Customer, actor: Actor) -> QuerySet[Entry]:
    """The lines of all the customer's cases that this actor may know of and read."""
    return _heard(Entry.objects.filter(case__in=visible_cases(actor).filter(customer=customer)), actor)


def _heard(rows: Rows, actor: Actor) -> Rows:
    return rows.annotate(heard=F("audience").bitand(audience.BIT[actor.party])).filter(heard__gt=0)
