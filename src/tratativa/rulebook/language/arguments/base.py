"""What every argument of an effect is, and the table of them all by the verb a rulebook writes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, PlainSerializer, PlainValidator, WithJsonSchema

from tratativa.rulebook.terms import forms, registered
from tratativa.rulebook.terms.forms import FormField
from tratativa.rulebook.terms.ids import slug

ARGUMENTS: dict[str, type["Argument"]] = {}
# How an effect is read; entered by `language.effects`, which knows every argument.
_READ: list[Callable[[Any], Any]] = []


def reads_effects(read: Callable[[Any], Any]) -> None:
    """Makes this the way effects inside an argument are read."""
    _READ[:] = [read]


def _effects(given: Any) -> Any:
    return tuple(_READ[0](one) for one in (given if isinstance(given, list | tuple) else [given]))


# Effects inside an argument: what follows an answer.
Effects = Annotated[
    tuple[Any, ...],
    PlainValidator(_effects),
    PlainSerializer(lambda done: [effect.source() for effect in done]),
    WithJsonSchema({"type": "array"}),
]


class Argument(BaseModel):
    """An effect's argument; a bare value is taken for its first field.

    `class Close(Argument, verb="close")` is what a rulebook says as `close`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    # The keys that name a field of the form filled in before, whatever the field is called.
    NAMES: ClassVar[tuple[str, ...]] = ("field", "if_field", "text_field", "channel_field")
    # Of those, the keys no rulebook may leave out.
    NEEDS: ClassVar[tuple[str, ...]] = ()
    # Further keys that name a field, where they are filled in.
    ALSO: ClassVar[tuple[str, ...]] = ()
    # The types of field that a key can be read from, where not every type will do.
    TYPES: ClassVar[Mapping[str, tuple[str, ...]]] = {"if_field": ("tick",), "leave_queues": ("tick",)}

    def reads(self) -> list[str]:
        """The fields this reads of the form filled in before it."""
        return [name for key in self.NAMES if (name := getattr(self, key, ""))]

    def tied(self, fields: Sequence[FormField]) -> "Argument":
        """The same, the fields it reads named by id where their labels were written."""
        read = set(self.reads())
        named = {key: forms.named(fields, value) for key in (*self.NAMES, *self.ALSO)
                 if (value := getattr(self, key, "")) in read and value}  # fmt: skip
        return self.model_copy(update=named) if named else self

    def lacks(self) -> list[str]:
        """The keys that must name a field and do not."""
        return [key for key in self.NEEDS if not getattr(self, key)]

    def mistyped(self, types: Mapping[str, str]) -> list[tuple[str, str, tuple[str, ...]]]:
        """Keys that name a field of the wrong type: key, field, the types it may have. `types` are by field id."""
        named = [(key, str(getattr(self, key, "")), allowed) for key, allowed in self.TYPES.items()]
        return [
            (key, name, allowed) for key, name, allowed in named if types.get(slug(name), allowed[0]) not in allowed
        ]

    def __init_subclass__(cls, *, verb: str) -> None:
        """Enters the argument in the language, under its verb. Raises Twice for a verb that has one."""
        super().__init_subclass__()
        registered.once(ARGUMENTS, verb, cls)
