"""Setting the stage: the demo's marketplace with its rulebook, people, orders and stories, made once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from tratativa.accounts import actors
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer, Marketplace, Membership, Seller
from tratativa.cases import actions, books, deadlines, messages, opening
from tratativa.cases.models import Case
from tratativa.demo import goods, people, stories
from tratativa.demo.stories import Step, Story
from tratativa.orders.models import Order
from tratativa.rulebook import reading, shipped

RULEBOOK = "americanas"


@dataclass(frozen=True)
class Role:
    """One part a visitor may play: a member of staff or a customer."""

    name: str
    part: str
    kind: str
    key: str


def set_up(*, at: datetime) -> None:
    """Makes the marketplace and everything in it, unless it is there already; all of it or nothing."""
    if Marketplace.objects.filter(slug=RULEBOOK).exists():
        return
    with transaction.atomic():
        marketplace = _marketplace(at)
        sellers = [people.open_shop(marketplace, shop) for shop in people.SHOPS]
        for name, email, role in people.TEAM:
            people.hire(marketplace, None, name, email, role)
        buyers = [people.register(marketplace, name, document) for name, document in people.BUYERS]
        orders = _orders(marketplace, sellers, buyers, at)
        for story in sorted(stories.AMERICANAS, key=lambda story: -story.ago):
            play(orders[story.order], story, now=at)
        _daily(orders, at)
    deadlines.sweep(at=at)


def cast() -> list[Role]:
    """The parts a visitor may play, sellers first, then the marketplace's team, then customers."""
    members = Membership.objects.select_related("person", "seller", "marketplace").order_by(
        "seller__name", "person__name"
    )
    staff = [
        Role(member.person.name, (member.seller or member.marketplace).name, _kind(member), str(member.pk))
        for member in members
    ]
    buyers = [Role(buyer.name, "", "customer", str(buyer.pk)) for buyer in Customer.objects.order_by("name")]
    return sorted(staff, key=lambda role: role.kind != "seller") + buyers


def play(order: Order, story: Story, *, now: datetime) -> Case:
    """Opens a story's case and does its steps, each at its own hour."""
    actor = _actor(order, story.who)
    case = opening.open_case(
        order, reason=story.reason, words=_named(story.text, order.customer), by=actor,
        at=now - timedelta(hours=story.ago),
        to=story.to, customer_reads=story.to == "customer", channel=story.channel,
    )  # fmt: skip
    for step in story.steps:
        _do(case, _actor(order, step.who), step, now - timedelta(hours=step.ago))
    return case


def _do(case: Case, actor: Actor, step: Step, at: datetime) -> None:
    if step.verb == "reply":
        messages.reply(case, _named(step.text, case.customer), by=actor, at=at, to=step.to, customer_reads=step.reads)
    else:
        actions.perform(case, step.verb, by=actor, at=at, fields=step.fields)


def _named(words: str, buyer: Customer | None) -> str:
    return words.replace("{cliente}", buyer.name.split()[0] if buyer else "")


def _kind(member: Membership) -> str:
    return "seller" if member.seller_id else "marketplace"


def _marketplace(at: datetime) -> Marketplace:
    marketplace = Marketplace.objects.create(slug=RULEBOOK, name="Americanas", rulebook=RULEBOOK, accent="red")
    folder = shipped.folder(RULEBOOK)
    if folder is None:
        raise FileNotFoundError(f"o rulebook {RULEBOOK} não veio com a instalação")
    books.adopt(marketplace, reading.load(folder), at=at - timedelta(days=400))
    return marketplace


def _orders(marketplace: Marketplace, sellers: list[Seller], buyers: list[Customer], at: datetime) -> list[Order]:
    return [
        goods.sell(
            marketplace,
            sellers[0] if index < 30 else sellers[1 + index % 2],
            buyers[index % len(buyers)],
            f"{830_100 + index * 7}",
            index,
            now=at,
        )
        for index in range(42)
    ]


def _daily(orders: list[Order], at: datetime) -> None:
    """The everyday cases that make a list feel like one."""
    open_orders = [order for order in orders[14:] if order.stage != "received" and order.seller.delivery == "own"]
    for index, order in enumerate(open_orders):
        reason, words = stories.DAILY[index % len(stories.DAILY)]
        ago = 4 + index * 3.5
        steps: tuple[Step, ...] = ()
        if index % 3:
            steps = (stories.said(ago - 2.5, "seller", stories.ANSWERS[index % len(stories.ANSWERS)], "customer"),)
        play(order, Story(0, ago, "customer", reason, words, steps=steps), now=at)


def _actor(order: Order, who: str) -> Actor:
    if who == "customer":
        return actors.of_customer(order.customer)
    seller = order.seller if who == "seller" else None
    members = Membership.objects.select_related("person").filter(marketplace=order.marketplace_id, seller=seller)
    return actors.of_membership(members.order_by("person__name")[0])
