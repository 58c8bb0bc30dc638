"""Lands: which documents people have, what an address is made of, how telephones are dialled, where they live."""

from typing import Annotated

from pydantic import AfterValidator, Field
from stdnum import get_cc_module

from tratativa.rulebook.language.telephones import Gained, Telephones
from tratativa.rulebook.terms.types import Model, Named, Text

# What a shape is written in: a digit, a letter; everything else stands for itself.
_DIGIT, _LETTER = "9", "A"
# How numbers are dialled where a rulebook says nothing of its land at all: as its documents are (ADR 69).
_LEFT_OUT = Telephones(
    code="55", before_area=("0", "099"), area=2, numbers=(8, 9), gained=Gained(digit="9", before="6789")
)


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
    the parts of an `address`, in order, and how `telephones` are dialled. Left out, a document and an address are as
    in Brazil, and so are telephones where nothing else is said of the land; where something is, by their ends."""

    documents: tuple[Annotated[str, AfterValidator(_document)], ...] = ()
    address: tuple[AddressPart, ...] = ()
    telephones: Telephones | None = None

    @property
    def dialling(self) -> Telephones | None:
        """How its numbers are dialled; None where nobody says."""
        return self.telephones or (None if self.documents or self.address else _LEFT_OUT)

    def part(self, name: str) -> AddressPart | None:
        """The part of an address with this id or label."""
        return next((part for part in self.address if part.is_called(name)), None)


def _fits(value: str, shape: str) -> bool:
    return len(value) == len(shape) and all(map(_stands_for, shape, value))


def _stands_for(mark: str, char: str) -> bool:
    if mark == _DIGIT:
        return char in "0123456789"
    return "A" <= char.upper() <= "Z" if mark == _LETTER else char == mark
