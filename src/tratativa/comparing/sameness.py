"""Sameness: whether two pieces of a rulebook say the same, whatever they remember of how they were read."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from tratativa.rulebook.language.effects import Effect


def alike(one: Any, other: Any) -> bool:
    """Whether both say the same. Models are not compared by `==`: that asks what they privately remember, too."""
    if isinstance(one, Effect) and isinstance(other, Effect):
        return (one.name, one.when) == (other.name, other.when) and alike(one.argument, other.argument)
    if isinstance(one, BaseModel) and isinstance(other, BaseModel):
        return type(one) is type(other) and not any(True for _name in changed(one, other))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return list(one) == list(other) and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        return len(one) == len(other) and all(map(alike, one, other))
    return bool(one == other)


def changed(one: BaseModel, other: BaseModel) -> Iterator[str]:
    """The names of the fields in which two models of one kind differ."""
    return (name for name in type(one).model_fields if not alike(getattr(one, name), getattr(other, name)))
