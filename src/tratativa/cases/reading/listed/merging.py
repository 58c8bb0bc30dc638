"""Merging: the lists of several marketplaces as one, a query each, paged by where the last row stands in order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cmp_to_key, partial
from typing import Any

from tratativa.accounts import reach
from tratativa.accounts.actors import Actor
from tratativa.cases.models import Case
from tratativa.cases.reading import inbox, paging
from tratativa.cases.reading.filters import Filters


@dataclass(frozen=True)
class Merged:
    """Up to fifty cases, each with whoever knows it by its own marketplace; cursors as a list's."""

    cases: list[tuple[Actor, Case]]
    after: str
    before: str


def page(
    actors: Sequence[Actor],
    filters: Filters,
    select: Callable[[Actor], Any],
    *,
    after: str = "",
    before: str = "",
    size: int = paging.SIZE,
) -> Merged:
    """One page of what `select` gives of each of these actors of one party, in one order. One query an actor.

    A cursor holds a row's values, and no number of rows before it: the same one serves every marketplace.
    """
    order = inbox.order(filters, actors[0])
    found: list[tuple[Actor, Case]] = []
    further = False
    for actor in actors:
        with reach.within(*actor.owners):
            one = inbox.page_of(select(actor), actor, filters, after=after, before=before, size=size)
        found += [(actor, case) for case in one.cases]
        further |= bool(one.before if before else one.after)
    ordered = cmp_to_key(partial(_compare, order))
    found.sort(key=lambda pair: ordered(pair[1]))
    further |= len(found) > size
    kept = found[-size:] if before else found[:size]
    first, last = ([kept[0][1]], [kept[-1][1]]) if kept else ([], [])
    goes_on, goes_back = (True, further) if before else (further, bool(after))
    return Merged(
        kept,
        paging.cursor(last, order) if goes_on else "",
        paging.cursor(first, order) if goes_back else "",
    )


def _compare(order: tuple[str, ...], this: Case, that: Case) -> int:
    for name in order:
        mine, other = getattr(this, name.lstrip("-")), getattr(that, name.lstrip("-"))
        if mine != other:
            return (1 if mine > other else -1) * (-1 if name.startswith("-") else 1)
    return 0
