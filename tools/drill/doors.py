"""Doors: what strangers may try at them, for somebody who exists and for somebody who does not."""

import itertools
import secrets
from collections.abc import Callable, Iterator

from django.conf import settings
from django.test import Client
from django.utils import timezone

from tratativa.accounts import signing_in
from tratativa.accounts.models import Customer, Marketplace, Membership, Person, Role, Seller
from tratativa.cases.core import rulebook_versions
from tratativa.orders.models import Order
from tratativa.rulebook import reading, shipped

Ask = Callable[[], object]
KNOWN, UNKNOWN = "52998224725", "11144477735"
_PLACES = (f"198.51.{third}.{fourth}" for third, fourth in itertools.product(range(250), range(1, 250)))


def build() -> Iterator[tuple[str, Ask, Ask]]:
    """What is tried, and how, for the known and for the unknown; each try comes from an address of its own."""
    settings.ALLOWED_HOSTS = ["*"]
    customer = _cast()
    yield "A porta", lambda: _knock(KNOWN), lambda: _knock(UNKNOWN)
    yield "O código", _guess(KNOWN, customer), _guess(UNKNOWN, customer)
    yield "A senha nova", lambda: _reset("ana@loja.example"), lambda: _reset("nobody@loja.example")
    yield "A entrada", lambda: _sign_in("ana@loja.example"), lambda: _sign_in("nobody@loja.example")


def _cast() -> Customer:
    folder = shipped.folder("americanas")
    if folder is None:
        raise LookupError("the americanas rulebook is not shipped")
    marketplace = Marketplace.objects.create(slug="drill", name="Drill", rulebook="americanas")
    rulebook_versions.adopt(marketplace, reading.load(folder), at=timezone.now())
    seller = Seller.objects.create(marketplace=marketplace, name="Casa Verde", document="11222333000181")
    customer = Customer.objects.create(marketplace=marketplace, name="Joana", document=KNOWN, email="j@a.example")
    Order.objects.create(
        marketplace=marketplace, seller=seller, customer=customer, number="1001", stage="delivered",
        total_cents=10_000, payment_method="pix", ordered_at=timezone.now(),
    )  # fmt: skip
    person = Person.objects.create_user(email="ana@loja.example", name="Ana", password=secrets.token_hex())
    Membership.objects.create(person=person, marketplace=marketplace, role=Role.AGENT)
    return customer


def _client() -> Client:
    return Client(REMOTE_ADDR=next(_PLACES))


def _knock(document: str) -> None:
    _client().post("/my/drill/", {"number": "1001", "document": document})


def _guess(document: str, customer: Customer) -> Ask:
    """Wrong codes from sessions that knocked before; the known one has a right one that lives."""
    waiting: list[Client] = []

    def guess() -> None:
        if not waiting:
            raise LookupError("nobody knocked")
        waiting.pop().post("/my/drill/code", {"code": "00000a"})

    for _number in range(600):
        client = _client()
        client.post("/my/drill/", {"number": "1001", "document": document})
        waiting.append(client)
    if document == KNOWN:
        signing_in.make_code(customer, at=timezone.now())
    return guess


def _reset(email: str) -> None:
    _client().post("/accounts/password/reset/", {"email": email})


def _sign_in(email: str) -> None:
    _client().post("/accounts/login/", {"login": email, "password": "adivinhada"})
