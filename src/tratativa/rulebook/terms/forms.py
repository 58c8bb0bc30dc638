"""Forms: the typed inputs of an action, and of a request the other party answers."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from tratativa.rulebook.terms.types import Named, Names

FieldType = Literal[
    "text", "long_text", "choice", "tick", "files", "person",
    "date", "datetime", "money", "url", "tracking", "address", "nfe_key", "invoice", "document", "email", "phone",
    "order", "seller",
]  # fmt: skip


def _by_key(value: Any) -> Any:
    return dict(value) if isinstance(value, list) else value


Choices = Annotated[dict[str, str], BeforeValidator(_by_key)]


class FormField(Named):
    """One input. `not_before: today` refuses days gone by; `money` is in cents once read.

    `only_if` names a choice of the same form and the value under which this is asked at all. `sealed` data reach
    only the queue they are shared with, and are erased once it has answered (LGPD art. 16). `owner: customer` is
    a document that must be the customer's own. `sensitive` files are identity papers: opening one is logged, and they
    expire. `required_for` names the reasons under which it must be filled in although it need not be elsewhere.
    """

    type: FieldType = "text"
    required: bool = True
    required_for: Names = ()
    choices: Choices = {}
    help: str = ""
    not_before: Literal["", "today"] = ""
    only_if: dict[str, str] = {}
    sealed: bool = False
    owner: Literal["", "customer"] = ""
    sensitive: bool = False


def row(field: FormField) -> dict[str, Any]:
    """The field for a jsonb column, which forgets the order of keys: the choices as pairs, the first still first."""
    return {**field.model_dump(mode="json"), "choices": [list(pair) for pair in field.choices.items()]}
