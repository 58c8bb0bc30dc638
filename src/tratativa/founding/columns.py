"""Columns of the sheets that are taken in, by the names people give them, and a model of each to begin from."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tratativa.accounts.models import Marketplace
from tratativa.cases.core import rulebook_versions
from tratativa.founding import spreadsheets
from tratativa.founding.spreadsheets import Column
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms import customs

SELLERS = (
    Column("document", gettext_lazy("documento"), ("documento", "cnpj", "document"), "11.222.333/0001-81", needed=True),
    Column("name", gettext_lazy("nome"), ("nome", "razão social", "name"), "Casa Um", needed=True),
    Column("admin", gettext_lazy("e-mail de quem administra"),
           ("e-mail de quem administra", "email", "e-mail", "admin", "administrator's e-mail"), "bia@exemplo.com.br"),
    Column("address", gettext_lazy("endereço"), ("endereço", "endereco", "address"),
           "Rua das Flores, 10 – Centro, São Paulo – SP, 01000-000"),
)  # fmt: skip
CUSTOMERS = (
    Column(
        "document",
        gettext_lazy("documento"),
        ("documento", "cpf", "cpf/cnpj", "document"),
        "529.982.247-25",
        needed=True,
    ),
    Column("name", gettext_lazy("nome"), ("nome", "name"), "Joana Prado", needed=True),
    Column("email", gettext_lazy("e-mail"), ("e-mail", "email"), "joana@exemplo.com.br"),
    Column("phone", gettext_lazy("telefone"), ("telefone", "phone", "telephone"), "+55 11 99999-0000"),
)
ORDERS = (
    Column("number", gettext_lazy("número"), ("número", "numero", "pedido", "number"), "1001", needed=True),
    Column("seller", gettext_lazy("documento do lojista"),
           ("documento do lojista", "lojista", "seller", "seller's document"), "11.222.333/0001-81", needed=True),
    Column("customer", gettext_lazy("documento do cliente"),
           ("documento do cliente", "cliente", "customer", "customer's document"), "529.982.247-25", needed=True),
    Column("ordered_at", gettext_lazy("data"), ("data", "date"), "23/11/2026", needed=True),
    Column("total", gettext_lazy("valor"), ("valor", "total", "amount"), "199,90"),
    Column("stage", gettext_lazy("etapa"), ("etapa", "stage"), "entregue"),
    Column("delivered_at", gettext_lazy("entregue em"), ("entregue em", "delivered", "delivered on"), "27/11/2026"),
    Column("carrier", gettext_lazy("transportadora"), ("transportadora", "carrier"), "Correios"),
    Column("tracking", gettext_lazy("rastreio"), ("rastreio", "tracking"), "BR123456789BR"),
)  # fmt: skip
SHEETS: Mapping[str, Sequence[Column]] = {"sellers": SELLERS, "customers": CUSTOMERS, "orders": ORDERS}
# The stages of an order as people write them.
STAGES = {
    "recebido": "received", "pago": "paid", "faturado": "invoiced", "enviado": "shipped", "despachado": "shipped",
    "entregue": "delivered", "cancelado": "cancelled",
}  # fmt: skip
_DAYS = {"ordered_at": date(2026, 11, 23), "delivered_at": date(2026, 11, 27)}
_OF_BRAZIL = {"document", "seller", "customer", "phone", "address", "carrier", "tracking"}


def model(marketplace: Marketplace | None, kind: str) -> str:
    """A sheet to begin from: its headings in the reader's language, a line of an example as the rules write things.

    Before there are rules it is one of Brazil's.
    """
    columns = SHEETS[kind]
    try:
        book = rulebook_versions.in_force(marketplace.pk) if marketplace else None
    except rulebook_versions.NoRulebook:
        book = None
    if book is None:
        return spreadsheets.model(columns, [column.example for column in columns], delimiter=";")
    return spreadsheets.model(columns, _examples(book, columns), delimiter=_delimiter(book))


def day_shown(locale: str) -> str:
    """A day as an example of how this locale writes them; as Brazil does where the rules name none."""
    return customs.day(_DAYS["ordered_at"], locale or "pt_BR")


def stages_named() -> Sequence[str]:
    """The words an order's stage may be written with, in the reader's language."""
    words = {
        "received": _("recebido"), "paid": _("pago"), "invoiced": _("faturado"), "shipped": _("enviado"),
        "delivered": _("entregue"), "cancelled": _("cancelado"),
    }  # fmt: skip
    return list(words.values())


def _examples(book: Rulebook, columns: Sequence[Column]) -> list[str]:
    """A document, a place and a telephone of another land are nobody's to invent: they are left to who knows them."""
    locale = book.money.customs
    given = {key: customs.day(day, locale or "pt_BR") for key, day in _DAYS.items()}
    given |= {"total": book.money.cell(19990), "stage": _("entregue")}
    given |= dict.fromkeys(_OF_BRAZIL, "") if book.land.documents else {}
    return [given.get(column.key, column.example) for column in columns]


def _delimiter(book: Rulebook) -> str:
    """What a spreadsheet of the country opens into columns: a semicolon where a comma stands in amounts."""
    return ";" if "," in book.money.cell(19990) else ","
