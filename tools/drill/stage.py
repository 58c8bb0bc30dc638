"""The stage of the drills that act through pages: marketplaces with two sellers each, and a browser for everybody."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.test import Client
from django.utils import timezone

from tratativa.accounts import actors, reach
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer, Marketplace, Membership, Partner, Person, Role, Seller
from tratativa.cases import door
from tratativa.cases.acting import opening
from tratativa.cases.acting.opening import Opening
from tratativa.cases.core import rulebook_versions
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.cases.queues import children
from tratativa.orders.models import Order
from tratativa.rulebook import reading, shipped
from tratativa.rulebook.language.playbooks import Queue

DOCUMENTS = ("52998224725", "11144477735", "39053344705", "12345678909")


@dataclass(frozen=True)
class Side:
    """A seller with its people, its customer, their order and case; `mark` stands in every word of it."""

    mark: str
    seller: Seller
    customer: Customer
    order: Order
    case: Case
    agent: Actor
    admin: Actor


@dataclass(frozen=True)
class Market:
    """A marketplace with its people and sides, and a queue that one of its cases was asked of."""

    mark: str
    row: Marketplace
    agent: Actor
    admin: Actor
    sides: list[Side] = field(default_factory=list)


def market(slug: str, mark: str) -> Market:
    """A marketplace under the shipped rules of Americanas, with two sellers."""
    reach.of_the_operator()  # whoever drills prepares everybody's; the pages reach what whoever opens them does
    settings.ALLOWED_HOSTS = ["*"]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    folder = shipped.folder("americanas")
    if folder is None:
        raise LookupError("the americanas rulebook is not shipped")
    row = Marketplace.objects.create(slug=slug, name=f"Mercado {mark}", rulebook="americanas")
    rulebook_versions.adopt(row, reading.load(folder), at=timezone.now())
    made = Market(mark, row, member(row, None, mark, Role.AGENT), member(row, None, mark, Role.ADMIN))
    made.sides.extend(side(made, number) for number in (1, 2))
    return made


def side(of: Market, number: int) -> Side:
    """One seller of it."""
    mark = f"{of.mark}-{number}"
    document = f"{secrets.randbelow(10**14):014d}"
    seller = Seller.objects.create(marketplace=of.row, name=f"Loja {mark}", document=document)
    customer = Customer.objects.create(
        marketplace=of.row, name=f"Cliente {mark}", document=DOCUMENTS[number], email=f"{mark.lower()}@cliente.example",
        phone=f"119{secrets.randbelow(10**8):08d}",
    )  # fmt: skip
    order = Order.objects.create(
        marketplace=of.row, seller=seller, customer=customer, number=f"PED-{mark}", stage="delivered",
        total_cents=19_990, payment_method="pix", ordered_at=timezone.now(),
    )  # fmt: skip
    case = open_case(order, customer, f"Palavras de {mark}")
    people = (member(of.row, seller, mark, Role.AGENT), member(of.row, seller, mark, Role.ADMIN))
    return Side(mark, seller, customer, order, case, *people)


def open_case(order: Order, customer: Customer, words: str) -> Case:
    """A case the customer opens now."""
    opened = Opening(order, reason="Atraso na entrega", message=Message(words))
    return opening.open_case(opened, by=actors.of_customer(customer), at=timezone.now())


def member(row: Marketplace, seller: Seller | None, mark: str, role: Role) -> Actor:
    """Somebody of a team, with an account."""
    email = f"{secrets.token_hex(6)}@equipe.example"
    person = Person.objects.create_user(email=email, password=None, name=f"Pessoa {mark} {role}")
    return actors.of_membership(Membership.objects.create(person=person, marketplace=row, seller=seller, role=role))


def asked(of: Market, queue: str) -> tuple[Case, Actor]:
    """A child case of the first side's, asked of a queue, and somebody of that queue."""
    partner = Partner.objects.create(marketplace=of.row, queue=queue, name=f"Fila {of.mark}")
    person = Person.objects.create_user(email=f"{secrets.token_hex(6)}@fila.example", password=None, name="Fila")
    member_of = Membership.objects.create(person=person, marketplace=of.row, partner=partner)
    with door.judging(of.sides[0].case.pk, by=of.agent, at=timezone.now()) as change:
        known = change.book.queue(queue) or Queue.model_validate({"label": queue})
        child = children.open_child(change, known, f"Pergunta de {of.mark}", [], None)
    return child, actors.of_membership(member_of)


def browser(actor: Actor, **given: object) -> Client:
    """Where this actor has signed in."""
    client = Client(raise_request_exception=False, **given)  # type: ignore[arg-type]
    if actor.customer_id:
        session = client.session
        session["customer"] = str(actor.customer_id)
        session["entered"] = timezone.now().timestamp()
        session.save()
    else:
        client.force_login(Person.objects.get(pk=actor.person), "tratativa.accounts.signing_in.Backend")
    return client


def seen(case: Case) -> Mapping[str, str]:
    """What a form drawn now says of the case."""
    return {"seen": str(Case.objects.values_list("row_version", flat=True).get(pk=case.pk))}
