"""The cast most tests begin with: one marketplace, two sellers, two customers, and the people who work for them."""

import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client

from tratativa.accounts import actors
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
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.reading import Places

SAO_PAULO = ZoneInfo("America/Sao_Paulo")


def local(text: str) -> datetime:
    """`2026-11-23 09:00` in São Paulo."""
    return datetime.fromisoformat(text).replace(tzinfo=SAO_PAULO)


MONDAY = local("2026-11-23 09:00")


@dataclass(frozen=True)
class Cast:
    """Everyone, by the part they play."""

    marketplace: Marketplace
    seller: Seller
    order: Order
    buyer: Customer
    ana: Actor  # agent of the seller
    chefe: Actor  # administrator of the seller
    rival: Actor  # agent of another seller
    marta: Actor  # mediator of the marketplace
    cliente: Actor
    vizinho: Actor  # another customer


def gather(rulebook: str = "americanas") -> Cast:
    """Sets the stage: the shipped rulebook adopted, one delivered order."""
    marketplace = Marketplace.objects.create(slug=rulebook, name="Americanas", rulebook=rulebook)
    folder = shipped.folder(rulebook)
    assert folder is not None
    rulebook_versions.adopt(marketplace, reading.load(folder), at=local("2026-01-01 00:00"))
    seller = Seller.objects.create(marketplace=marketplace, name="Casa Aurora", document="11222333000181")
    other = Seller.objects.create(marketplace=marketplace, name="Loja Rival", document="11444777000161")
    buyer = _customer(marketplace, "Joana Prado", "52998224725")
    return Cast(
        marketplace=marketplace,
        seller=seller,
        order=make_order(marketplace, seller, buyer, "1001"),
        buyer=buyer,
        ana=_member(marketplace, seller, "Ana Lima", Role.AGENT),
        chefe=_member(marketplace, seller, "Celia Chefe", Role.ADMIN),
        rival=_member(marketplace, other, "Rui Rival", Role.AGENT),
        marta=_member(marketplace, None, "Marta Mesa", Role.MEDIATOR),
        cliente=actors.of_customer(buyer),
        vizinho=actors.of_customer(_customer(marketplace, "Vitor Vizinho", "11144477735")),
    )


def rewrite(
    marketplace: Marketplace, change: Callable[[dict[str, Any]], None], *, at: datetime, made_at: datetime | None = None
) -> None:
    """Adopts the marketplace's rulebook with something of its document changed, whatever the linter says of it."""
    data = json.loads(rulebook_versions.current(marketplace.pk).source)
    change(data)
    loaded = reading.Loaded(Rulebook.model_validate(data), data, reading.digest(data), Places())
    rulebook_versions.adopt(marketplace, loaded, at=at, made_at=made_at)


def make_order(
    marketplace: Marketplace, seller: Seller, buyer: Customer, number: str, stage: str = "delivered"
) -> Order:
    """An order of R$ 199,90 placed in mid-November."""
    return Order.objects.create(
        marketplace=marketplace, seller=seller, customer=buyer, number=number, stage=stage,
        total_cents=19990, payment_method="pix", ordered_at=local("2026-11-15 10:00"),
    )  # fmt: skip


def _customer(marketplace: Marketplace, name: str, document: str) -> Customer:
    email = f"{name.split()[0].lower()}@cliente.example"
    return Customer.objects.create(marketplace=marketplace, name=name, document=document, email=email)


def _member(marketplace: Marketplace, seller: Seller | None, name: str, role: Role) -> Actor:
    email = f"{name.split()[0].lower()}@equipe.example"
    person = Person.objects.create_user(email=email, password="uma senha bem longa", name=name)
    membership = Membership.objects.create(person=person, marketplace=marketplace, seller=seller, role=role)
    return actors.of_membership(membership)


def answerer(marketplace: Marketplace, queue: str, name: str) -> Actor:
    """A person of the partner who answers this queue; its letters go to `queue@parceiro.example`."""
    partner, _made = Partner.objects.get_or_create(
        marketplace=marketplace, queue=queue, seller=None,
        defaults={"name": queue.upper(), "email": f"{queue}@parceiro.example"},
    )  # fmt: skip
    person = Person.objects.create_user(email=f"{name.split()[0].lower()}@{queue}.example", password=None, name=name)
    return actors.of_membership(Membership.objects.create(person=person, marketplace=marketplace, partner=partner))


def ask(
    case: Case,
    queue: str,
    by: Actor,
    *,
    words: str = "Podem verificar?",
    share: Iterable[str] = (),
    at: datetime = MONDAY,
) -> Case:
    """The child case by which this case asks a queue."""
    with door.judging(case.pk, by=by, at=at) as change:
        known = change.book.queue(queue) or Queue.model_validate({"label": queue})
        return children.open_child(change, known, words, share, None)


def sign_in(actor: Actor, **given: Any) -> Client:
    """A browser in which this actor has signed in; `given` goes to Django's test client."""
    client = Client(**given)
    if actor.role == "customer":
        session = client.session
        session["customer"] = str(actor.customer_id)
        session.save()
    else:
        client.force_login(Person.objects.get(pk=actor.person_id))
    return client


def lenient(cast: Cast, folder: Path) -> Cast:
    """The marketplace warns of what its rulebook as shipped holds: the author may insist."""
    source, copy = shipped.folder(cast.marketplace.rulebook), folder / cast.marketplace.rulebook
    assert source is not None
    shutil.copytree(source, copy)
    rules = copy / "rulebook.yaml"
    rules.write_text(rules.read_text().replace("severity: hold", "severity: warn"))
    rulebook_versions.adopt(cast.marketplace, reading.load(copy), at=local("2026-01-02 00:00"))
    return cast


MESSAGE = ("to", "customer_reads", "files", "wait_for_answer", "rich")


def opener(cast: Cast) -> Callable[..., Case]:
    """Opens a case about the cast's order; by the customer, on Monday at nine, unless told otherwise."""

    def opened(**given: object) -> Case:
        usual = {"reason": "Atraso na entrega", "by": cast.cliente, "at": MONDAY, "order": cast.order} | given
        words = str(usual.pop("words", "Cadê meu pedido?"))
        acting = {name: usual.pop(name) for name in ("by", "at", "warned") if name in usual}
        written = {name: usual.pop(name) for name in MESSAGE if name in usual}
        message = Message(words, **written)  # type: ignore[arg-type]
        return opening.open_case(Opening(message=message, **usual), **acting)  # type: ignore[arg-type]

    return opened
