"""Finding: whatever somebody has at hand (a name, a number, a telephone, some words) leads to cases, orders, people.

What is looked for is asked of indexes of beginnings and of the words of messages; a telephone is found by its last
digits, a document by all of it: what is shown masked cannot be tried out digit by digit, and who looks for many
documents is stopped. A seller finds customers by their name or their whole document only.
"""

import re
import unicodedata
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import F, Func, Q, QuerySet, TextField, Value

from tratativa.accounts import documents, text
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer, Seller
from tratativa.accounts.rights import Right
from tratativa.cases.core import protocols, rulebook_versions, visibility
from tratativa.cases.models import Case
from tratativa.cases.reading import lookups, search
from tratativa.orders.models import Order
from tratativa.rulebook.language import telephones

MOST = 300  # of each kind that is looked through
SHOWN = {"cases": 20, "orders": 8, "people": 8, "sellers": 8}
# Words between a name's: alone they find everybody.
_BETWEEN = frozenset(
    {"a", "as", "da", "das", "de", "del", "di", "do", "dos", "e", "o", "os", "of", "the", "van", "von"}
)
# What joins a name's parts, or is left out: D'Ávila, Sant’Anna, Ana-Maria.
_JOINERS = re.compile(r"(?<=\w)['’‘ʼ`´-](?=\w)")
_PHONE = re.compile(r"(?:tel:)?[\d\W_]+", re.IGNORECASE)
_LEAST_CODE, _LEAST_PHONE, _LEAST_WORD = 3, 4, 2
_LONGEST = 120  # characters that a message or a number is looked for by


@dataclass(frozen=True)
class Typed:
    """What was typed, in one `line`, and taken apart: `words` of a name or of goods, the same `joined` where an
    apostrophe or a hyphen stands between them, a `code`, an e-mail `address`, a
    telephone's `digits` or the last of them, a whole `protocol`."""

    line: str = ""
    words: str = ""
    joined: str = ""
    code: str = ""
    address: str = ""
    digits: str = ""
    protocol: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.code or self.address or self.digits)


@dataclass(frozen=True)
class Found:
    """What was found, the likeliest first; `more` names the kinds of which there are more than are shown."""

    cases: Sequence[Case] = ()
    orders: Sequence[Order] = ()
    people: Sequence[Customer] = ()
    sellers: Sequence[Seller] = ()
    more: frozenset[str] = frozenset()


def read(raw: str) -> Typed:
    """Takes apart what somebody typed, with blanks, dots, `#` and in any case."""
    line = text.line(raw)[:200].lstrip("#").strip()
    code = re.sub(r"[\W_]", "", _as_the_index_reads(line))
    words, joined = _words(line), _words(_JOINERS.sub("", line))
    digits = text.digits(line) if _PHONE.fullmatch(line) else ""
    return Typed(
        line=line,
        words=words,
        joined=joined,
        code=code if words and len(code) >= _LEAST_CODE else "",
        address=line if words and "@" in line else "",
        digits=digits if len(digits) >= _LEAST_PHONE else "",
        protocol=(protocols.parse(line) or "") if digits else "",
    )


def _as_the_index_reads(line: str) -> str:
    """With digits and letters as `public.folded` has them: what it would find is what is counted."""
    return re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", line))


def _words(line: str) -> str:
    said = [word for word in re.split(r"[\W_]+", line) if word and word.lower() not in _BETWEEN]
    return " ".join(said) if any(len(word) >= _LEAST_WORD for word in said) else ""


def find(actor: Actor, raw: str, *, at: datetime, whole: bool = False) -> Found:
    """Everything of the actor's that what was typed may mean; nothing for nothing. At most nine queries.

    With `whole` the words are looked for in messages of any age.
    """
    typed = read(raw)
    if not typed:
        return Found()
    people, orders = customers_of(actor, typed), orders_of(actor, typed)
    listed = {
        "cases": _likeliest(
            visibility.visible_cases(actor).filter(_matching(actor, typed, people, orders, at=at, whole=whole))
        ),
        "orders": _newest(visibility.visible_orders(actor).filter(pk__in=orders)),
        "people": _people(actor, people),
        "sellers": _sellers(actor, typed),
    }
    taken = {kind: tuple(rows[: SHOWN[kind] + 1]) for kind, rows in listed.items()}
    more = frozenset(kind for kind, rows in taken.items() if len(rows) > SHOWN[kind])
    shown = {kind: rows[: SHOWN[kind]] for kind, rows in taken.items()}
    return Found(**shown, more=more)  # type: ignore[arg-type]


def cases_among(actor: Actor, wanted: Q, raw: str, *, at: datetime, whole: bool = False) -> Found:
    """The cases narrowed to these, and by the words beside them where there are any; the likeliest first."""
    if raw:
        wanted &= cases_with(actor, raw, at=at, whole=whole)
    rows = tuple(_likeliest(visibility.visible_cases(actor).filter(wanted))[: SHOWN["cases"] + 1])
    more = frozenset({"cases"} if len(rows) > SHOWN["cases"] else ())
    return Found(cases=rows[: SHOWN["cases"]], more=more)


def cases_with(actor: Actor, raw: str, *, at: datetime, whole: bool = False) -> Q:
    """The cases that what was typed may mean, as a list is narrowed by them."""
    typed = read(raw)
    if not typed:
        return Q(pk__in=[])
    return _matching(actor, typed, customers_of(actor, typed), orders_of(actor, typed), at=at, whole=whole)


def customers_of(actor: Actor, typed: Typed) -> list[uuid.UUID]:
    """Ids of the actor's customers that what was typed may mean, at most 300. Raises disclosures.TooMuch."""
    if not typed:
        return []
    _count(actor, typed.code)
    ends, spelt = _rings(actor, typed.digits)
    asked = (actor.marketplace_id, actor.seller_id, typed.words, typed.code, typed.address, ends, MOST, spelt,
             typed.joined)  # fmt: skip
    return _ids("select public.customers_found(%s, %s, %s, %s, %s, %s, %s, %s, %s)", asked)


def callers(actor: Actor, digits: str) -> list[uuid.UUID]:
    """Ids of the actor's customers with this telephone, however it was dialled and however theirs is written."""
    return customers_of(actor, Typed(digits=digits)) if len(digits) >= _LEAST_PHONE else []


def orders_of(actor: Actor, typed: Typed) -> list[uuid.UUID]:
    """Ids of the actor's orders with this number, tracking code, invoice or goods, at most 900."""
    if not typed or typed.protocol:
        return []
    asked = (actor.marketplace_id, actor.seller_id, typed.words, typed.code, MOST)
    return _ids("select public.orders_found(%s, %s, %s, %s, %s)", asked)


def _count(actor: Actor, code: str) -> None:
    kinds = rulebook_versions.land(actor.marketplace_id).documents
    try:
        document = documents.parse(code, kinds)
    except documents.BadDocument:
        return
    lookups.count(actor, document)


def _rings(actor: Actor, digits: str) -> tuple[str, str]:
    """A telephone's end, as the index is asked for it, and what all digits of the telephone meant match."""
    if not digits:
        return "", ""
    dialling = rulebook_versions.land(actor.marketplace_id).dialling
    if not actor.may(Right.ANSWER):  # whoever may not open a telephone cannot ask for it digit by digit either
        if not telephones.is_whole(dialling, digits):
            return "", ""
        lookups.count(actor, digits)
    return telephones.last_digits(dialling, digits), telephones.pattern(dialling, digits)


def _matching(
    actor: Actor,
    typed: Typed,
    people: Sequence[uuid.UUID],
    orders: Sequence[uuid.UUID],
    *,
    at: datetime,
    whole: bool,
) -> Q:
    """The cases of these people and orders, of this number, or with these words in a message."""
    if typed.protocol:
        return Q(protocol=typed.protocol)
    line = typed.line[:_LONGEST]
    found = Q(customer__in=people) | Q(order__in=orders) | Q(pk__in=search.matching(actor, line, at=at, whole=whole))
    if typed.code:
        numbers = {line, line.upper()}
        found |= Q(order_number__in=numbers) | Q(external_id__in=numbers)
    return found


def _ids(sql: str, params: Sequence[uuid.UUID | str | int | None]) -> list[uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [key for (key,) in cursor.fetchall()]


def _likeliest(cases: QuerySet[Case]) -> QuerySet[Case]:
    """What is still open first, and of it what moved last."""
    ordered = cases.order_by(F("closed_at").desc(nulls_first=True), "-last_activity_at", "-id")
    return ordered.select_related("seller", "customer", "assignee", "seller_assignee")


def _newest(orders: QuerySet[Order]) -> QuerySet[Order]:
    return orders.select_related("customer", "seller").order_by("-ordered_at", "-id")


def _people(actor: Actor, found: Sequence[uuid.UUID]) -> QuerySet[Customer]:
    return visibility.named_customers(actor).filter(pk__in=found).order_by("name", "id")


def _sellers(actor: Actor, typed: Typed) -> QuerySet[Seller]:
    wanted = Q(document__startswith=typed.code.upper()) if typed.code else Q(pk__in=[])
    if typed.words:
        wanted |= Q(*(Q(folded__contains=_folded(Value(word))) for word in typed.words.split()))
    if typed.joined:
        wanted |= Q(*(Q(in_one__contains=_folded(Value(word))) for word in typed.joined.split()))
    sellers = visibility.visible_sellers(actor).annotate(folded=_folded(F("name")), in_one=_folded(_in_one(F("name"))))
    return sellers.filter(wanted).order_by("name", "id")


def _in_one(words: F) -> Func:
    return Func(words, function="in_one", output_field=TextField())


def _folded(words: F | Value | Func) -> Func:
    return Func(words, function="folded", output_field=TextField())
