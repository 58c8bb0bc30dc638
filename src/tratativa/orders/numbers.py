"""Numbers of orders as people type them: with blanks, dots, a `#`, in any case; the order is the same."""

from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.functions import Lower

from tratativa.orders.models import Order


def plain(number: str) -> str:
    """The letters and digits of a number, small: what makes it the same however it is typed."""
    return "".join(char for char in number.lower() if char.isalnum())


def spelt(orders: QuerySet[Order], typed: str) -> QuerySet[Order]:
    """Those of these orders whose number is the one typed, the very same first; every one of them is looked at."""
    signs = Func(
        Lower("number"), Value("[^[:alnum:]]"), Value(""), Value("g"), function="regexp_replace",
        output_field=TextField(),
    )  # fmt: skip
    if not plain(typed):
        return orders.none()
    same = orders.alias(plain_number=signs).filter(plain_number=plain(typed))
    return same.order_by(Func(F("number"), Value(typed.strip()), template="(%(expressions)s)", arg_joiner=" <> "), "id")
