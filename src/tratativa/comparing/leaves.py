"""Leaves: where two versions read in one language differ, by place; what differs in one language alone shows so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from tratativa.comparing.sameness import alike
from tratativa.rulebook.language.effects import Effect

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Leaf:
    """A value that differs: its place by keys, the names of what it belongs to, as it was and as it is."""

    place: Place
    names: tuple[str, ...]
    before: Any
    after: Any

    @property
    def key(self) -> str:
        """The last key that is a word: of a list, the list's."""
        return next((part for part in reversed(self.place) if isinstance(part, str)), "")


def leaves(before: Any, after: Any, place: Place = (), names: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """Every leaf in which they differ; lists of other lengths are leaves themselves."""
    if alike(before, after):
        return
    inside = _inside(before, after)
    if inside is None:
        yield Leaf(place, names, before, after)
        return
    name = called(after)
    for key, old, new in inside:
        yield from leaves(old, new, (*place, key), (*names, name) if name else names)


def called(one: Any) -> str:
    """What something is called; empty for what has no name, and for the rulebook itself."""
    said = (getattr(one, key, "") for key in ("label", "playbook", "id"))
    return next((name for name in said if name and isinstance(name, str)), "")


def _inside(before: Any, after: Any) -> list[tuple[str | int, Any, Any]] | None:
    """What two values of one shape are made of, side by side; None for what is looked at whole."""
    if isinstance(before, Effect) and isinstance(after, Effect):
        before, after = before.argument, after.argument
    if isinstance(before, BaseModel) and type(before) is type(after):
        return [(name, getattr(before, name), getattr(after, name)) for name in type(after).model_fields]
    if isinstance(before, Mapping) and isinstance(after, Mapping) and list(before) == list(after):
        return [(str(name), before[name], after[name]) for name in before]
    if isinstance(before, tuple | list) and isinstance(after, tuple | list) and len(before) == len(after):
        return [(index, old, new) for index, (old, new) in enumerate(zip(before, after, strict=True))]
    return None
