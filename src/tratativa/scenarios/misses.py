"""A miss: one expectation that was not met."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Miss:
    """What was expected and what came; `path` leads to the expectation inside its `expect`.

    `gives` is the moment a story would have to say there, where it says another; empty for everything else.
    """

    path: tuple[str | int, ...]
    what: str
    expected: str
    actual: str
    gives: str = ""


def show(value: Any) -> str:
    """A value as a scenario would write it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(str(one) for one in value) or "[]"
    return str(value)


def told(key: str, wanted: Any, found: Iterable[str]) -> Iterable[Miss]:
    """For keys that name who heard of something: at least these parties, `[]` nobody."""
    parties = wanted if isinstance(wanted, list) else [wanted]
    heard = sorted(found)
    if (not parties and heard) or not set(parties) <= set(heard):
        yield Miss((key,), f"`{key}`: outros foram avisados", show(parties), show(heard))
