"""What registers itself does so once: a second one of the same name would silently take the first one's place."""

from collections.abc import MutableMapping
from typing import Any


class Twice(Exception):
    """Two things registered under one name; raised where the second is imported."""


def once(registry: MutableMapping[str, Any], name: str, one: object) -> None:
    """Enters `one` under its name. Raises Twice where the name is taken."""
    if name in registry:
        raise Twice(f"`{name}` is registered already, as {registry[name]!r}; this is {one!r}")
    registry[name] = one
