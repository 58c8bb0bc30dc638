"""The cast of Compra Agora: a retailer as its systems tell of it, its distributor, agents and a partner."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.cast import MONDAY
from tratativa.accounts import actors
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer, Marketplace, Membership, Partner, Person, Role, Seller
from tratativa.cases.acting import opening
from tratativa.cases.acting.opening import Opening
from tratativa.cases.core import rulebook_versions
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.orders import intake, told
from tratativa.orders.models import Order
from tratativa.rulebook import reading, shipped

FLOWER = "48291375000184"
BRANCH = "48291375000265"
SISTERS = "7K3QX20A000168"
AWAY = "62917438000196"
UNKNOWN = "17440593000100"
DISTRIBUTOR = "83816205000177"


@dataclass(frozen=True)
class Retail:
    """Everyone, by the part they play; all orders are the retailer's."""

    marketplace: Marketplace
    distributor: Seller
    retailer: Customer
    order: Order
    agent: Actor
    boss: Actor
    seller: Actor
    partner: Actor
    vera: Actor  # answers the distributor's queue

    @property
    def customer(self) -> Actor:
        """The retailer, acting."""
        return actors.of_customer(self.retailer)

    def case(self, reason: str = "Ruptura do pedido", *, at: datetime = MONDAY, words: str = "Faltaram itens.") -> Case:
        """A case the retailer opens about its order."""
        return opening.open_case(Opening(self.order, reason=reason, message=Message(words)), by=self.customer, at=at)


def gather(*, at: datetime = MONDAY, document: str = FLOWER, payment: str = "pix") -> Retail:
    """Sets the stage: the rulebook adopted, and what the marketplace's systems told taken in."""
    marketplace = Marketplace.objects.create(slug="compra-agora", name="Compra Agora", rulebook="compra-agora")
    rulebook_versions.adopt(marketplace, reading.load(shipped.FOLDER / "compra-agora"), at=at)
    distributor = Seller.objects.create(marketplace=marketplace, name="Distribuidora Aliança", document=DISTRIBUTOR)
    intake.take(marketplace, told.read(tells(at, document, payment)), at=at)
    finance = Partner.objects.create(marketplace=marketplace, queue="financeiro", name="Financeiro")
    sales = Partner.objects.create(marketplace=marketplace, queue="distribuidor", seller=distributor, name="Aliança")
    return Retail(
        marketplace,
        distributor,
        Customer.objects.get(marketplace=marketplace, document=document),
        Order.objects.get(marketplace=marketplace, number="100021"),
        _hire(marketplace, "Iara"),
        _hire(marketplace, "Otto", role=Role.ADMIN),
        _hire(marketplace, "Saulo", seller=distributor),
        _hire(marketplace, "Fina", partner=finance),
        _hire(marketplace, "Vera", partner=sales),
    )


def tells(at: datetime, document: str = FLOWER, payment: str = "pix") -> dict[str, Any]:
    """What the marketplace's systems tell at this moment."""
    day = timedelta(days=1)
    return {
        "retailers": [
            {
                "document": document, "name": "Mercadinho Flor de Maio", "email": "loja@flordemaio.example",
                "phone": "+55 15 3222-1045", "address": "Rua das Camelias, 45, Vila Nova, Sorocaba - SP, 18000-120",
                "signup": [
                    {"id": "dados", "label": "Dados da empresa", "at": (at - 90 * day).isoformat()},
                    {
                        "id": "token", "label": "Token por SMS", "tried_at": (at - 80 * day).isoformat(),
                        "trouble": "O token expirou sem ser usado.",
                    },
                ],
                "credit": {"limit": "8000.00", "used": "2500.00", "of": "Trademaster"},
                "vouchers": [
                    _voucher("CB-1", "cashback", "35.00", at - 10 * day, at + 80 * day),
                    _voucher("V-2", "voucher", "20.00", at - 100 * day, at - 10 * day),
                    {**_voucher("V-3", "voucher", "15.00", at - 30 * day, at + 60 * day), "used_at": at.isoformat()},
                ],
            },
            {"document": BRANCH, "name": "Mercadinho Flor de Maio Centro"},
        ],
        "orders": [
            _order("100021", document, at - 5 * day, payment), _order("100007", document, at - 60 * day, "cartao"),
        ],
    }  # fmt: skip


def _order(number: str, document: str, at: datetime, payment: str) -> dict[str, Any]:
    oil = {"sku": "A1", "title": "Óleo de soja 900 ml", "quantity": 10, "price": "7.90"}
    return {
        "number": number, "seller": DISTRIBUTOR, "customer": document, "ordered_at": at.isoformat(),
        "stage": "invoiced", "payment_method": payment, "total": "79.00",
        "goods": [{**oil, "missing": 2, "noticed_at": at.isoformat()} if number == "100021" else oil],
        "milestones": [
            {"stage": "received", "at": at.isoformat(), "outcome": "approved"},
            {"stage": "paid", "at": at.isoformat(), "outcome": "approved"},
            {"stage": "invoiced", "at": at.isoformat(), "outcome": "short" if number == "100021" else ""},
        ],
        "invoices": [{"number": f"55{number}", "total": "63.20", "issued_at": at.isoformat()}],
    }  # fmt: skip


def _voucher(code: str, kind: str, amount: str, issued: datetime, expires: datetime) -> dict[str, str]:
    return {
        "code": code, "kind": kind, "amount": amount, "issued_at": issued.isoformat(), "expires_at": expires.isoformat()
    }  # fmt: skip


def _hire(
    marketplace: Marketplace, name: str, *, seller: Seller | None = None, partner: Partner | None = None,
    role: Role = Role.AGENT,
) -> Actor:  # fmt: skip
    person = Person.objects.create_user(email=f"{name.lower()}@agora.example", password=None, name=name)
    membership = Membership.objects.create(
        person=person, marketplace=marketplace, seller=seller, partner=partner, role=role
    )
    return actors.of_membership(membership)


def gather_other(beside: Marketplace) -> Actor:
    """An agent of another marketplace under the same rules."""
    other = Marketplace.objects.create(slug="outra-agora", name="Outra Agora", rulebook=beside.rulebook)
    rulebook_versions.adopt(other, reading.load(shipped.FOLDER / "compra-agora"), at=MONDAY)
    return _hire(other, "Fausto")
