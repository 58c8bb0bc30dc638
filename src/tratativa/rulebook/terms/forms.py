"""Forms: the typed inputs of an action, and of a request the other party answers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.naming import ReasonNames
from tratativa.rulebook.terms.sources import Sources
from tratativa.rulebook.terms.types import Named, Text

FieldType = Literal[
    "text", "long_text", "choice", "tick", "files", "person",
    "date", "datetime", "money", "url", "tracking", "address", "nfe_key", "invoice", "document", "email", "phone",
    "order", "seller", "number", "lines",
]  # fmt: skip


def _by_key(value: Any) -> Any:
    return dict(value) if isinstance(value, list) else value


Choices = Annotated[dict[str, Text], BeforeValidator(_by_key)]


class FormField(Named):
    """One input. `not_before: today` refuses days gone by; `money` is in cents once read.

    `only_if` names a choice of the same form and the value under which this is asked at all. `sealed` data reach
    only the queue they are shared with, and are erased once it has answered (LGPD art. 16). `owner: customer` is
    a document that must be the customer's own. `sensitive` files are identity papers: opening one is logged, and they
    expire. A `number` is a whole one, from `least` to `most`; `lines` are chosen among those of the case's order.
    `required_for` names the reasons under which it must be filled in although it need not be elsewhere.
    `known_from` says where what it begins with is known from already, the first that is known (`terms.sources`).
    """

    type: FieldType = "text"
    required: bool = True
    required_for: ReasonNames = ()
    choices: Choices = {}
    help: Text = ""
    not_before: Literal["", "today"] = ""
    only_if: dict[str, str] = {}
    sealed: bool = False
    owner: Literal["", "customer"] = ""
    sensitive: bool = False
    least: int | None = None
    most: int | None = None
    known_from: Sources = ()


def named(fields: Iterable[FormField], name: str) -> str:
    """The id of the field that is called so; the name's slug where none is."""
    return next((field.id for field in fields if field.is_called(name)), slug(name))


def tied(fields: Sequence[FormField]) -> tuple[FormField, ...]:
    """The fields, `only_if` naming by id and key what it may name by label."""
    return tuple(_tied(field, fields) if field.only_if else field for field in fields)


def _tied(field: FormField, among: Sequence[FormField]) -> FormField:
    by_id = {one.id: one for one in among}
    only: dict[str, str] = {}
    for name, wanted in field.only_if.items():
        other = by_id.get(named(among, name))
        only[named(among, name)] = key(other.choices if other else {}, wanted)
    # `model_copy` keeps what it is called.
    return field.model_copy(update={"only_if": only})


def key(choices: Mapping[str, str], wanted: str) -> str:
    """The key of the choice that is named by its key or label; what names none stays."""
    labelled = (key for key, label in choices.items() if wanted not in choices and slug(label) == slug(wanted))
    return next(labelled, wanted)


def row(field: FormField) -> dict[str, Any]:
    """The field for a jsonb column, which forgets the order of keys: the choices as pairs, the first still first."""
    return {**field.model_dump(mode="json"), "choices": [list(pair) for pair in field.choices.items()]}
