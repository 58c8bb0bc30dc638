"""What registers itself does so once: a second one of the same name would silently take the first one's place."""

from typing import TypeVar

One = TypeVar("One")


class Twice(Exception):
    """Two things registered under one name; raised where the second is imported."""


def once(registry: dict[str, One], name: str, one: One) -> None:
    """Enters `one` under its name. Raises Twice where the name is taken."""
    if name in registry:
        raise Twice(f"`{name}` is registered already, as {registry[name]!r}; this is {one!r}")
    registry[name] = one
