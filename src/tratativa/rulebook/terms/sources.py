"""Sources: what a form may begin with because it is known already, so that nobody is asked for it again.

`order.…` is one of what an order says; `answer.<form>.<field>` what was answered to a form of the case;
`action.<action>.<field>` what an action of it was filled in with the last time, as far as the ledger keeps it.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator

from tratativa.rulebook.terms.types import listed

# What an order says, and the types of fields that hold it.
OF_ORDER: Mapping[str, tuple[str, ...]] = {
    "order.number": ("text", "order"),
    "order.carrier": ("text",),
    "order.tracking": ("tracking", "text"),
    "order.invoice": ("invoice", "text"),
    "order.address": ("address", "text", "long_text"),
    "order.promised_at": ("date",),
    "order.delivered_at": ("date",),
    "order.total": ("money",),
    "order.shortage": ("money",),
}
OF_FORMS = ("answer", "action")


def _texts(value: Any) -> Any:
    return tuple(str(one) for one in listed(value))


Sources = Annotated[tuple[str, ...], BeforeValidator(_texts, json_schema_input_type=str | tuple[str, ...])]


def parts(source: str) -> tuple[str, str, str] | None:
    """The family, the form or action and the field of a source that a form knows; None for any other text."""
    family, _dot, rest = source.partition(".")
    form, _dot, field = rest.partition(".")
    return (family, form, field) if family in OF_FORMS and form and field else None
