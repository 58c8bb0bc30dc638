"""What a marketplace's systems tell of retailers and orders: the typed shape of the document they hand in."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, Field, ValidationError

from tratativa.accounts import documents, telephones, text
from tratativa.orders import invoices
from tratativa.rulebook.terms import error_messages
from tratativa.rulebook.terms.facts import Stage
from tratativa.rulebook.terms.types import Cents, Model

Short = Annotated[str, Field(max_length=60)]
Words = Annotated[str, Field(max_length=200)]


def _in_time(at: date) -> date:
    """Raises ValueError for a year that is a slip: beyond 9999 the database keeps what nobody can read back."""
    if not 1970 <= at.year <= 2100:
        raise ValueError("o ano vai de 1970 a 2100")
    return at


def _number(raw: str) -> str:
    """Raises ValueError for a number that cannot stand in the address of the order's page.

    `MP-2026/0077` can; what a browser or a server in front would resolve, or another page is called, cannot.
    """
    parts = raw.split("/")
    if "" in parts or not {".", ".."}.isdisjoint(parts):
        raise ValueError("um número de pedido não começa nem acaba em barra (/), nem tem duas ou só pontos entre elas")
    if len(parts) > 1 and parts[-1] in _PAGES:
        raise ValueError(f"um número de pedido não acaba em /{parts[-1]}, que é o endereço de outra página")
    return raw


# The last part of addresses below an order's own: `web.urls`.
_PAGES = frozenset({"open", "withdraw"})
Moment = Annotated[AwareDatetime, AfterValidator(_in_time)]
Day = Annotated[date, AfterValidator(_in_time)]


class BadDocument(Exception):
    """A document that cannot be taken in; the message says where and why, one line each.

    `wrong` is the same for who sent no document of ours: the last key of each place, and why.
    """

    def __init__(self, message: str, wrong: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(message)
        self.wrong = wrong


class SignupStep(Model):
    """A step of signing up: `at` when it was done; `tried_at` and `trouble` say where and why it stopped."""

    id: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z0-9-]+$")]
    label: Short
    at: Moment | None = None
    tried_at: Moment | None = None
    trouble: Words = ""


class Credit(Model):
    """A limit, how much of it is taken, and who gives it: `Distribuidor`, `Trademaster`…"""

    limit: Cents
    used: Cents = 0
    of: Annotated[str, Field(max_length=20)] = ""


class ToldVoucher(Model):
    """A voucher, or a cashback coupon, with its validity."""

    code: Annotated[str, Field(min_length=1, max_length=40)]
    kind: Literal["voucher", "cashback"] = "voucher"
    amount: Cents
    issued_at: Moment
    expires_at: Moment
    used_at: Moment | None = None


class Retailer(Model):
    """A customer by CNPJ or CPF; what is left out stays as it was, `blocked_at: null` unblocks."""

    document: Short
    name: Annotated[str, Field(max_length=160)] | None = None
    email: Annotated[str, Field(max_length=254)] | None = None
    phone: Annotated[str, Field(max_length=60), AfterValidator(telephones.kept)] | None = None
    address: Annotated[str, Field(max_length=300)] | None = None
    signup: Annotated[tuple[SignupStep, ...], Field(max_length=20)] | None = None
    credit: Credit | None = None
    blocked_at: Moment | None = None
    vouchers: Annotated[tuple[ToldVoucher, ...], Field(max_length=200)] = ()


class Goods(Model):
    """A product of an order; `missing` are the pieces a rupture leaves out, noticed at `noticed_at`."""

    sku: Annotated[str, Field(min_length=1, max_length=60)]
    title: Words
    quantity: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    price: Cents = 0
    category: Annotated[str, Field(max_length=60)] = ""
    missing: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    noticed_at: Moment | None = None


class Reached(Model):
    """A stage the order came to, and how it came out there."""

    stage: Annotated[str, Field(pattern=f"^({'|'.join(Stage)})$")]
    at: Moment
    outcome: Literal["", "approved", "refused", "short"] = ""


def _key(raw: str) -> str:
    """The key without what stands between its groups. Raises ValueError for one that is none."""
    try:
        return invoices.key(raw) if raw else ""
    except invoices.BadInvoice:
        raise ValueError("a chave de acesso tem 44 caracteres e um dígito de conferência; confira-a na nota") from None


class ToldInvoice(Model):
    """A tax invoice: its number and, where known, its access key of 44 characters."""

    number: Annotated[str, Field(min_length=1, max_length=20)]
    key: Annotated[str, AfterValidator(_key)] = ""
    total: Cents
    issued_at: Moment


class ToldOrder(Model):
    """An order by number; seller and customer by document. What is left out stays as it was.

    `by_day` names the moments of which the day alone is known: pages show no hour of them.
    """

    number: Annotated[str, Field(min_length=1, max_length=40), AfterValidator(_number)]
    seller: Short
    customer: Short
    ordered_at: Moment
    stage: Annotated[str, Field(pattern=f"^({'|'.join(Stage)})$")] | None = None
    payment_method: Annotated[str, Field(max_length=30)] | None = None
    total: Cents | None = None
    promised_at: Day | None = None
    delivered_at: Moment | None = None
    carrier: Short | None = None
    tracking: Short | None = None
    address: Annotated[str, Field(max_length=300)] | None = None
    state: Annotated[str, Field(max_length=20)] | None = None
    goods: Annotated[tuple[Goods, ...], Field(max_length=500)] = ()
    milestones: Annotated[tuple[Reached, ...], Field(max_length=10)] = ()
    invoices: Annotated[tuple[ToldInvoice, ...], Field(max_length=50)] = ()
    by_day: tuple[Literal["ordered_at", "delivered_at"], ...] = ()


class ToldSeller(Model):
    """What is told of a seller that is known already: its tier, as the rulebook calls it."""

    document: Short
    tier: Annotated[str, Field(max_length=40)]


class Document(Model):
    """One handing-over: retailers and sellers first, then orders, which may speak of them."""

    retailers: Annotated[tuple[Retailer, ...], Field(max_length=5_000)] = ()
    sellers: Annotated[tuple[ToldSeller, ...], Field(max_length=5_000)] = ()
    orders: Annotated[tuple[ToldOrder, ...], Field(max_length=5_000)] = ()


def read(data: Any, kinds: Sequence[str] = ()) -> Document:
    """The document, checked; its texts are cleaned and people's documents are plain: of these `kinds`, where the
    rulebook's land names some. Raises BadDocument."""
    try:
        return Document.model_validate(_clean(data, kinds))
    except ValidationError as bad:
        found = [(one["loc"], error_messages.sentence(one)) for one in bad.errors()[:20]]
        lines = (f"{'.'.join(map(str, place))}: {why}" for place, why in found)
        keys = [(next((str(key) for key in place[::-1] if isinstance(key, str)), ""), why) for place, why in found]
        raise BadDocument("\n".join(lines), keys) from None


def _clean(data: Any, kinds: Sequence[str], key: str = "") -> Any:
    if isinstance(data, Mapping):
        return {str(name): _clean(value, kinds, str(name)) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [_clean(one, kinds) for one in data]
    if not isinstance(data, str):
        return data
    if key in {"document", "seller", "customer"}:
        try:
            return documents.parse(data, kinds)
        except documents.BadDocument as bad:
            raise BadDocument(f"{key} {text.line(data)[:40]}: {bad}") from None
    return text.line(data)
