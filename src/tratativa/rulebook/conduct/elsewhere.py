"""Elsewhere: leading the customer away without a number: networks, other apps, a search, a code, the own till."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from tratativa.rulebook.conduct import contact_requests, found, networks, patterns, sentences
from tratativa.rulebook.conduct.found import Found
from tratativa.rulebook.terms import folding

THEMES = ("other_channels", "own_shops")
_BEFORE = 60
_CLAUSE = re.compile(r"[.,]|\b(?:mas|porem|so que)\b")
_NEVER = r"(?!)"


def find(folded: str, names: Collection[str] = ()) -> Iterator[Found]:
    """Where a folded text leads the customer out of the marketplace without a number, an address or a link.

    `names` are what the marketplace is called, as people write it: who says «fora d…» it, leads away from it.
    """
    ways = (*_ways(folded, frozenset(names)), *contact_requests.handle(folded))
    yield from found.apart(one for one in ways if _leads(folded, one))


def _ways(folded: str, names: frozenset[str]) -> Iterator[Found]:
    for way, says, unless in _compiled(names):
        for match in way.finditer(folded):
            if not unless.search(sentences.around(folded, *match.span())):
                yield Found(*match.span(), says)


# A desk has a handful of rulebooks, and each a name or three.
@lru_cache(maxsize=64)
def _compiled(names: frozenset[str]) -> list[tuple[re.Pattern[str], str, re.Pattern[str]]]:
    """Every way of leading away from a marketplace of these names: what finds it, what it is, what takes it back."""
    sheets = [patterns.sheet(theme).knowing(marketplace=_called(names)) for theme in THEMES]
    return [
        (sheet.any_of(one.name), one.says, re.compile(sheet.filled(one.unless or _NEVER)))
        for sheet in sheets
        for one in sheet.families
    ]


def _called(names: frozenset[str]) -> str:
    """An expression that finds each name, its words together or apart: `Casas Bahia`, `casasbahia`."""
    spoken = [words for name in names if (words := re.findall(r"[^\W_]{1,99}", folding.fold(name)))]
    # The longest first, since the first that fits is taken.
    either = sorted((r"\W{0,3}".join(map(re.escape, words)) for words in spoken), key=len, reverse=True)
    return f"(?:{'|'.join(either)})" if either else _NEVER


def _leads(folded: str, one: Found) -> bool:
    clause = _CLAUSE.split(folded[max(one.start - _BEFORE, 0) : one.end])[-1]
    taken_back = networks.is_feature(folded, one.start, one.end) or networks.is_warning(folded, one.start, one.end)
    return not networks.refused(clause) and not taken_back
