"""Lands: which documents people have and what an address is made of, where the rulebook's people live."""

from typing import Annotated

from pydantic import AfterValidator, Field
from stdnum import get_cc_module

from tratativa.rulebook.terms.types import Model, Named, Text

# What a shape is written in: a digit, a letter; everything else stands for itself.
_DIGIT, _LETTER = "9", "A"


def _document(name: str) -> str:
    country, _dot, kind = name.partition(".")
    if not kind or get_cc_module(country, kind) is None:
        raise ValueError(f"`{name}` não é um documento que se saiba conferir (python-stdnum), como `us.ein`")
    return name


class AddressPart(Named):
    """One part of an address. `shapes` are those it may have, `9` for a digit and `A` for a letter: `99999-9999`."""

    required: bool = True
    shapes: tuple[Annotated[str, Field(min_length=1, max_length=20)], ...] = ()
    help: Text = ""

    def fits(self, value: str) -> bool:
        """Whether the value has one of the shapes, where there are any."""
        return not self.shapes or any(_fits(value, shape) for shape in self.shapes)


class Land(Model):
    """What people have and live at: `documents` by which a person or a company is known, as python-stdnum calls them,
    and the parts of an `address`, in order. Left out, a document and an address are as in Brazil."""

    documents: tuple[Annotated[str, AfterValidator(_document)], ...] = ()
    address: tuple[AddressPart, ...] = ()

    def part(self, name: str) -> AddressPart | None:
        """The part of an address with this id or label."""
        return next((part for part in self.address if part.is_called(name)), None)


def _fits(value: str, shape: str) -> bool:
    return len(value) == len(shape) and all(map(_stands_for, shape, value))


def _stands_for(mark: str, char: str) -> bool:
    if mark == _DIGIT:
        return char in "0123456789"
    return "A" <= char.upper() <= "Z" if mark == _LETTER else char == mark
