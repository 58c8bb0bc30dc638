"""The small pieces the rulebook's language is made of: conditions, durations, sizes, labels, and what has an id."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PlainSerializer,
    PlainValidator,
    PrivateAttr,
    WithJsonSchema,
    model_validator,
)

from tratativa.rulebook.terms import conditions, languages, money
from tratativa.rulebook.terms.conditions import Condition
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.languages import Label, Text
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.time import durations

When = Annotated[
    Condition,
    PlainValidator(conditions.parse),
    WithJsonSchema(conditions.json_schema()),
]
WITHIN = {"type": ["string", "object"], "examples": ["24 hours", "12 business hours", "5 days"]}
Within = Annotated[
    durations.Duration,
    PlainValidator(durations.parse),
    PlainSerializer(durations.to_source),
    WithJsonSchema(WITHIN),
]


def listed(value: Any) -> Any:
    """One thing as a list of it."""
    return value if isinstance(value, list | tuple) else [value]


def _bytes(value: Any) -> Any:
    """`2 MiB` → 2097152."""
    units = {"KiB": 1024, "MiB": 1024**2, "B": 1}
    if isinstance(value, str):
        number, _, unit = value.partition(" ")
        if number.isdigit() and unit in units:
            return int(number) * units[unit]
        raise ValueError("escreva o tamanho como `2 MiB`")
    return value


def _cents(value: Any) -> Any:
    """`5000.00` → 500000."""
    try:
        return money.parse(value)
    except ValueError:
        raise ValueError("escreva o valor como `5000.00`") from None


Cents = Annotated[
    int,
    BeforeValidator(_cents),
    PlainSerializer(money.source),
    WithJsonSchema({"type": ["string", "number"], "examples": ["5000.00"]}),
]
Parties = Annotated[tuple[Party, ...], BeforeValidator(listed, json_schema_input_type=Party | tuple[Party, ...])]


def _slugs(value: Any) -> Any:
    return tuple(slug(str(one)) for one in listed(value))


Names = Annotated[tuple[str, ...], BeforeValidator(_slugs, json_schema_input_type=str | tuple[str, ...])]
__all__ = [
    "WITHIN", "Called", "Cents", "Label", "Model", "Named", "Names", "Parties", "Size", "Text", "When", "Within",
    "labelled", "listed",
]  # fmt: skip
Size = Annotated[
    int, BeforeValidator(_bytes), Field(ge=1, le=100 * 1024**2), WithJsonSchema({"type": ["string", "integer"]})
]


class Model(BaseModel):
    """A piece of a rulebook: unknown keys are errors, and nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True, ignored_types=(cached_property,))


class Called(Model):
    """What people call by its id or its label, in whatever language that is written in; `LABEL` is the label's key."""

    LABEL: ClassVar[str] = "label"
    id: str = ""
    _called: frozenset[str] = PrivateAttr(default=frozenset())

    @model_validator(mode="wrap")
    @classmethod
    def _knows_its_names(cls, data: Any, read: ModelWrapValidatorHandler["Called"]) -> "Called":
        one = read(data)
        if isinstance(data, Mapping):
            one._called = frozenset(slug(text) for text in languages.texts_of(data.get(cls.LABEL)))
        return one

    def is_called(self, name: str) -> bool:
        """Whether this is its id or its label, in whatever language it is written in."""
        wanted = slug(name)
        return wanted in {slug(self.id), slug(getattr(self, self.LABEL))} or wanted in self._called


class Named(Called):
    """Something with a label; its id is the slug of the label in the rulebook's own language unless given."""

    label: Label

    @model_validator(mode="before")
    @classmethod
    def _id_from_label(cls, data: Any) -> Any:
        return labelled(data)


def labelled(data: Any) -> Any:
    """What was written, with the slug of its label in the rulebook's own language for an id where it has none."""
    if isinstance(data, Mapping) and not data.get("id") and data.get("label"):
        return {**data, "id": slug(str(languages.own_text(data["label"])))}
    return data
