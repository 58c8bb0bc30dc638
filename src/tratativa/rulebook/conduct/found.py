"""Found: where something stands in a folded text, and what it is, said to a person."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tratativa.rulebook.terms.folding import Span


class Found(NamedTuple):
    """Characters `start` to `end` (half open) and what they are: «uma rede social»."""

    start: int
    end: int
    says: str


def apart(found: Iterable[Found]) -> Iterator[Found]:
    """What was found, in order, what overlaps an earlier one left out."""
    end = -1
    for one in sorted(found):
        if one.start >= end:
            end = one.end
            yield one


def named(spans: Iterable[Span], says: str) -> Iterator[Found]:
    """Spans that are all the same thing."""
    return (Found(start, end, says) for start, end in spans)
