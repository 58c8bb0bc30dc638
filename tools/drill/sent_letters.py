"""Sent letters: letters come in while whoever takes them is killed, and are counted afterwards (P-01)."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from tratativa.accounts import actors
from tratativa.accounts.models import Customer, Marketplace, Seller
from tratativa.cases.acting import opening
from tratativa.cases.acting.opening import Opening
from tratativa.cases.core import rulebook_versions
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Text
from tratativa.mail import tokens
from tratativa.mail.models import Arrival, Mailbox
from tratativa.orders.models import Order
from tratativa.rulebook import reading, shipped

ADDRESS = "sac@drill.example"
# Below the number at which two machines are taken to be talking to each other.
_PER_CASE = 15


@dataclass(frozen=True)
class Sent:
    """One letter of the drill: where it goes, and the words by which it is found again."""

    to: str
    words: str
    raw: bytes


@dataclass(frozen=True)
class Outcome:
    """What became of the letters."""

    lost: int
    doubled: int
    unfiled: int
    altered: int

    @property
    def well(self) -> bool:
        """Whether every letter is exactly once where it belongs, byte for byte."""
        return not (self.lost or self.doubled or self.unfiled or self.altered)


def build(*, letters: int, at: datetime) -> list[Sent]:
    """A marketplace with as many cases as it takes, and the letters their customers will write."""
    folder = shipped.folder("americanas")
    if folder is None:
        raise LookupError("the americanas rulebook is not shipped")
    marketplace = Marketplace.objects.create(slug="drill", name="Drill", rulebook="americanas")
    rulebook_versions.adopt(marketplace, reading.load(folder), at=at)
    seller = Seller.objects.create(marketplace=marketplace, name="Casa Verde", document="11222333000181")
    Mailbox.objects.create(marketplace=marketplace, address=ADDRESS)
    count = -(-letters // _PER_CASE)
    pairs = [_case(marketplace, seller, number, at) for number in range(count)]
    return [_letter(number, *pairs[number % count]) for number in range(letters)]


def outcome(sent: Sequence[Sent]) -> Outcome:
    """Counts what is there: rows, words on cases, bytes in the store."""
    said = Counter(Text.objects.filter(body__startswith="Carta ").values_list("body", flat=True))
    rows = Counter(_arrived().values_list("message_id", flat=True))
    return Outcome(
        lost=sum(1 for one in sent if not rows[f"{_name(one)}@cliente.example"]),
        doubled=sum(count - 1 for count in rows.values()) + sum(max(0, said[one.words] - 1) for one in sent),
        unfiled=sum(1 for one in sent if not said[one.words]),
        altered=sum(1 for _row in _altered()),
    )


def fetch_from(*, host: str, port: int, user: str, secret: str) -> None:
    """From now on the letters are fetched by IMAP; `secret` names the environment variable with the password."""
    Mailbox.objects.filter(address=ADDRESS).update(
        kind="imap", host=host, port=port, user=user, secret=secret, security="none"
    )


def unopened(sent: Sequence[Sent]) -> int:
    """How many of the letters are not here yet, or wait to be opened."""
    return len(sent) - _arrived().exclude(state="waiting").values("message_id").distinct().count()


def _arrived() -> QuerySet[Arrival]:
    return Arrival.objects.filter(message_id__startswith="carta.")  # some servers bring letters of their own


def _altered() -> Iterator[Arrival]:
    for row in _arrived().iterator():
        with default_storage.open(row.path) as stored:
            if hashlib.sha256(stored.read()).hexdigest() != row.sha256:
                yield row


def _case(marketplace: Marketplace, seller: Seller, number: int, at: datetime) -> tuple[str, Customer]:
    customer = Customer.objects.create(
        marketplace=marketplace, name=f"Cliente {number}", email=f"cliente{number}@cliente.example"
    )
    order = Order.objects.create(
        marketplace=marketplace, seller=seller, customer=customer, number=str(number), stage="delivered",
        total_cents=10_000, payment_method="pix", ordered_at=at,
    )  # fmt: skip
    by = actors.of_customer(customer)
    case = opening.open_case(
        Opening(order, reason="Atraso na entrega", message=Message("Cadê meu pedido?")), by=by, at=at
    )
    return tokens.address(Mailbox.objects.get(address=ADDRESS), case.pk, customer.pk), customer


def _letter(number: int, to: str, customer: Customer) -> Sent:
    words = f"Carta {number}: ainda não chegou."
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = customer.email, to, "Re: Cadê meu pedido?"
    message["Message-ID"] = f"<carta.{number}@cliente.example>"
    message.set_content(words)
    return Sent(to, words, message.as_bytes())


def _name(sent: Sent) -> str:
    return "carta." + sent.words.split(":")[0].split()[1]
