"""The cast: marketplace, seller, customer, their people and an order, made for one story and gone with it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from tratativa.accounts import actors, documents
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer, Marketplace, Membership, Partner, Person, Role, Seller
from tratativa.orders.models import Line, Order
from tratativa.rulebook.terms import money
from tratativa.rulebook.terms.facts import Stage
from tratativa.rulebook.terms.parties import Party
from tratativa.scenarios import moments
from tratativa.scenarios.scripts import nearest

FIRST = "agent"
_TEXTS = ("state", "external_id", "platform", "payment_method", "carrier", "tracking", "invoice", "address")
ORDER_KEYS = (
    "number",
    "stage",
    "total",
    "ordered_at",
    "promised_at",
    "delivered_at",
    "held",
    "shortage",
    "distributor_cancels",
    "lines",
    *_TEXTS,
)


LINE_KEYS = ("title", "sku", "quantity", "price", "category")


class BadCast(ValueError):
    """What a scenario says of its people or its order cannot be; the message says why."""


def marketplace(title: str, rulebook: str) -> Marketplace:
    """The marketplace whose desk the story plays at."""
    return Marketplace.objects.create(slug=f"ensaio-{rulebook}"[:50], name=title, rulebook=rulebook)


def seller(of: Marketplace, says: Mapping[str, Any], kinds: Sequence[str] = ()) -> Seller:
    """The seller; `document` and `delivery` may be said."""
    _only(says, ("document", "delivery", "name", "tier"))
    return Seller.objects.create(
        marketplace=of,
        name=str(says.get("name", "Casa Aurora Móveis")),
        document=_document(says.get("document", "" if kinds else "11222333000181"), kinds),
        delivery=str(says.get("delivery", "own")),
        tier=str(says.get("tier", "")),
    )


def customer(of: Marketplace, says: Mapping[str, Any], kinds: Sequence[str] = ()) -> Customer:
    """The customer; `document`, `email`, `phone` and `name` may be said."""
    _only(says, ("document", "email", "phone", "name"))
    return Customer.objects.create(
        marketplace=of,
        name=str(says.get("name", "Marina Duarte")),
        document=_document(says.get("document", "" if kinds else "52998224725"), kinds),
        email=str(says.get("email", "marina@cliente.example")),
        phone=str(says.get("phone", "")),
    )


def member(name: str, party: Party, of: Marketplace, seller: Seller) -> Actor:
    """A person of the team or of the seller; one whose name says `admin` administers."""
    person = Person.objects.create_user(f"{name}.{party}@ensaio.example".replace(" ", "."), name=name)
    membership = Membership.objects.create(
        person=person,
        marketplace=of,
        seller=seller if party is Party.SELLER else None,
        role=_role(name, party),
    )
    return actors.of_membership(membership)


def _role(name: str, party: Party) -> Role:
    """The marketplace's people decide mediations, too."""
    if "admin" in name:
        return Role.ADMIN
    return Role.MEDIATOR if party is Party.MARKETPLACE else Role.AGENT


def partner_member(partner: Partner) -> Actor:
    """A person of a partner."""
    person = Person.objects.create_user(f"{partner.pk}@ensaio.example", name=partner.name)
    membership = Membership.objects.create(person=person, marketplace=partner.marketplace, partner=partner)
    return actors.of_membership(membership)


def order(says: Mapping[str, Any], *, seller: Seller, customer: Customer, at: datetime) -> Order:
    """The order as the scenario says it: paid three days ago, unless it says otherwise. Raises BadCast."""
    made = Order(
        marketplace=seller.marketplace, seller=seller, customer=customer,
        number=str(says.get("number", "1001")), stage="paid", ordered_at=at - timedelta(days=3),
    )  # fmt: skip
    change_order(made, {key: value for key, value in says.items() if key != "lines"}, zone_of=at)
    told = (str(line.get("category", "")) for line in says.get("lines", ()))
    made.categories = list(dict.fromkeys(filter(None, told)))
    made.save(force_insert=True)
    for line in says.get("lines", ()):
        _line(made, line)
    return made


def _line(order: Order, says: Mapping[str, Any]) -> None:
    """One line of an order: its title, and what a piece costs. Raises BadCast."""
    _only(says, LINE_KEYS)
    title = str(says.get("title", ""))
    Line.objects.create(
        order=order, title=title, sku=str(says.get("sku", title))[:60], quantity=int(says.get("quantity", 1)),
        price_cents=cents(says.get("price", 0)), category=str(says.get("category", "")),
    )  # fmt: skip


def change_order(order: Order, says: Mapping[str, Any], *, zone_of: datetime) -> None:
    """Puts on the order what the scenario says of it; times are local to the zone of `zone_of`. Raises BadCast."""
    _only(says, ORDER_KEYS)
    for key, value in says.items():
        if key == "distributor_cancels":
            order.seller.cancels_orders = value is True
            order.seller.save(update_fields=["cancels_orders"])
            continue
        setattr(order, _column(key), order_value(key, value, zone_of=zone_of))


def order_value(key: str, value: Any, *, zone_of: datetime) -> Any:
    """One of the order's values, as its row holds it. Raises BadCast."""
    if key == "stage" and value not in Stage:
        raise BadCast(f"o pedido não tem a etapa `{value}`{nearest(value, Stage)}")
    if key in {"total", "shortage"}:
        return cents(value)
    if key in {"held", "distributor_cancels"}:
        return value is True
    if key in {"ordered_at", "delivered_at"}:
        return moments.parse(str(value), zone_of.tzinfo)
    if key == "promised_at":
        return moments.parse(str(value), zone_of.tzinfo).date()
    return str(value)


def column(order: Order, key: str) -> Any:
    """What the order's row says under a scenario's key."""
    return order.seller.cancels_orders if key == "distributor_cancels" else getattr(order, _column(key))


def _column(key: str) -> str:
    return f"{key}_cents" if key in {"total", "shortage"} else key


def cents(value: Any) -> int:
    """A scenario's amount in cents: 199.90 → 19990. Raises BadCast."""
    try:
        return money.parse(value)
    except ValueError:
        raise BadCast(f"um valor se escreve 199.90, não `{value}`") from None


def _document(raw: Any, kinds: Sequence[str]) -> str:
    """A document of the rulebook's land; where a story says none, nobody knows it."""
    try:
        return documents.parse(str(raw), kinds) if raw else ""
    except documents.BadDocument as bad:
        raise BadCast(f"`document: {raw}`: {bad}") from None


def _only(says: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for key in says:
        if key not in known:
            raise BadCast(f"ainda não sabe `{key}`{nearest(key, known)}")
