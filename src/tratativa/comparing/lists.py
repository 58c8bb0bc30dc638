"""Lists: what of one list stands in the other, by id, by content, or in another order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tratativa.comparing.sameness import alike


@dataclass(frozen=True)
class Matched:
    """How two lists differ: what came, what went, what changed (as it was, as it is), and whether the order did."""

    added: tuple[Any, ...]
    removed: tuple[Any, ...]
    changed: tuple[tuple[Any, Any], ...]
    moved: bool


def by_id(before: Sequence[Any], after: Sequence[Any]) -> Matched:
    """Matched by `id`."""
    old, new = {one.id: one for one in before}, {one.id: one for one in after}
    both = [name for name in old if name in new]
    return Matched(
        tuple(one for name, one in new.items() if name not in old),
        tuple(one for name, one in old.items() if name not in new),
        tuple((old[name], new[name]) for name in both if not alike(old[name], new[name])),
        both != [name for name in new if name in old],
    )


def by_content(before: Sequence[Any], after: Sequence[Any]) -> Matched:
    """Matched by what they say; what is left on both sides is paired in order, as changed."""
    gone = list(range(len(before)))
    was: dict[int, int] = {}  # from a place in `after` to the place it had in `before`
    for place, one in enumerate(after):
        found = next((index for index in gone if alike(before[index], one)), None)
        if found is not None:
            gone.remove(found)
            was[place] = found
    come = [place for place in range(len(after)) if place not in was]
    paired = list(zip(gone, come, strict=False))
    was |= {place: index for index, place in paired}
    order = [was[place] for place in sorted(was)]
    return Matched(
        tuple(after[place] for place in come[len(paired) :]),
        tuple(before[index] for index in gone[len(paired) :]),
        tuple((before[index], after[place]) for index, place in paired),
        order != sorted(order),
    )
