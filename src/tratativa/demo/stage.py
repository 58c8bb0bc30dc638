"""Setting the stage: the demo's marketplaces with their rulebooks, people, orders and stories, each made once."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.functional import Promise

from tratativa.accounts import documents, reach
from tratativa.accounts.models import Customer, Marketplace, Membership, Seller
from tratativa.cases import sweeping
from tratativa.cases.core import rulebook_versions
from tratativa.demo import goods, kept_words, people, playing, small_talk
from tratativa.demo.places import PLACES, Place
from tratativa.demo.stories import Story, said
from tratativa.orders.models import Order
from tratativa.rulebook import reading, shipped


@dataclass(frozen=True)
class Role:
    """One part a visitor may play: a member of staff or a customer, of one marketplace."""

    name: str
    part: str
    kind: str
    key: str


@dataclass(frozen=True)
class Troupe:
    """A marketplace and everybody a visitor may be there."""

    marketplace: Marketplace
    roles: list[Role]
    tries: Sequence[Promise]


def set_up(*, at: datetime, places: Sequence[Place] = PLACES) -> None:
    """Makes each marketplace and everything in it, unless it is there already; all of one or nothing."""
    for place in places:
        if not Marketplace.objects.filter(slug=place.rulebook).exists():
            with transaction.atomic():
                _build(place, at)
    sweeping.sweep(at=at)


def cast() -> list[Troupe]:
    """The parts a visitor may play, by marketplace: sellers and partners first, then its team, then customers."""
    tries = {place.rulebook: place.tries for place in PLACES}
    found = list(Marketplace.objects.order_by("name"))
    with everybody():
        return [Troupe(marketplace, _roles(marketplace), tries.get(marketplace.slug, ())) for marketplace in found]


def everybody() -> AbstractContextManager[None]:
    """Whoever visits the demo is nobody yet, and may become anybody: rows of all its marketplaces are in reach."""
    return reach.within(*Marketplace.objects.values_list("pk", flat=True))


def _roles(marketplace: Marketplace) -> list[Role]:
    members = Membership.objects.filter(marketplace=marketplace).select_related("person", "seller", "partner")
    staff = [_role(member, marketplace) for member in members.order_by("seller__name", "partner__name", "person__name")]
    buyers = Customer.objects.filter(marketplace=marketplace).order_by("name")
    return sorted(staff, key=lambda role: role.kind != "seller") + [
        Role(buyer.name, documents.show(buyer.document) if len(buyer.document) == 14 else "", "customer", str(buyer.pk))
        for buyer in buyers
    ]


def _role(member: Membership, marketplace: Marketplace) -> Role:
    team = member.seller or member.partner
    kind = "seller" if member.seller_id else "partner" if member.partner_id else "marketplace"
    return Role(member.person.name, team.name if team else marketplace.name, kind, str(member.pk))


def _build(place: Place, at: datetime) -> None:
    marketplace = _marketplace(place, at)
    sellers = [people.open_shop(marketplace, shop) for shop in place.shops]
    for name, email, role in place.team:
        people.hire(marketplace, None, name, email, role)
    for desk in place.desks:
        people.open_desk(marketplace, desk)
    kept_words.keep(marketplace, at=at)
    orders = place.tells(marketplace, now=at) if place.tells else _orders(place, marketplace, sellers, at)
    for story in sorted(place.stories, key=lambda story: -story.ago):
        playing.play(orders[story.order], story, now=at)
    if place.daily:
        _daily(orders, at)


def _marketplace(place: Place, at: datetime) -> Marketplace:
    folder = shipped.folder(place.rulebook)
    if folder is None:
        raise FileNotFoundError(f"o rulebook {place.rulebook} não veio com a instalação")
    marketplace = Marketplace.objects.create(
        slug=place.rulebook, name=place.name, rulebook=place.rulebook, accent=place.accent
    )
    rulebook_versions.adopt(marketplace, reading.load(folder), at=at - timedelta(days=400))
    return marketplace


def _orders(place: Place, marketplace: Marketplace, sellers: list[Seller], at: datetime) -> list[Order]:
    buyers = [people.register(marketplace, name, document) for name, document in people.BUYERS]
    found = []
    for index in range(place.orders):
        seller = sellers[0] if index < place.main else sellers[1 + index % (len(sellers) - 1)]
        number = str(place.first_order + index * 7)
        found.append(goods.sell(marketplace, seller, buyers[index % len(buyers)], number, index, now=at))
    return found


def _daily(orders: list[Order], at: datetime) -> None:
    """The everyday cases that make a list feel like one."""
    fit = [order for order in orders[14:] if order.stage != "received" and order.seller.delivery == "own"]
    for index, order in enumerate(fit):
        reason, words = small_talk.DAILY[index % len(small_talk.DAILY)]
        ago = 4 + index * 3.5
        answer = small_talk.ANSWERS[index % len(small_talk.ANSWERS)]
        steps = (said(ago - 2.5, "seller", answer, "customer"),) if index % 3 else ()
        playing.play(order, Story(0, ago, "customer", reason, words, steps=steps), now=at)
