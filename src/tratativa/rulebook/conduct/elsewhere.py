"""Elsewhere: leading the customer away without a number: networks, other apps, a search, a code, the own till."""

import re
from collections.abc import Iterator

from tratativa.rulebook.conduct import contact_requests, found, networks, patterns, sentences
from tratativa.rulebook.conduct.found import Found

THEMES = ("other_channels", "own_shops")
_BEFORE = 60
_CLAUSE = re.compile(r"[.,]|\b(?:mas|porem|so que)\b")
_NEVER = r"(?!)"


def _compiled(theme: str) -> Iterator[tuple[re.Pattern[str], str, re.Pattern[str]]]:
    sheet = patterns.sheet(theme)
    for one in sheet.families:
        yield sheet.any_of(one.name), one.says, re.compile(sheet.filled(one.unless or _NEVER))


_WAYS = [way for theme in THEMES for way in _compiled(theme)]


def find(folded: str) -> Iterator[Found]:
    """Where a folded text leads the customer out of the marketplace without a number, an address or a link."""
    ways = (*_ways(folded), *contact_requests.handle(folded))
    yield from found.apart(one for one in ways if _leads(folded, one))


def _ways(folded: str) -> Iterator[Found]:
    for way, says, unless in _WAYS:
        for match in way.finditer(folded):
            if not unless.search(sentences.around(folded, *match.span())):
                yield Found(*match.span(), says)


def _leads(folded: str, one: Found) -> bool:
    clause = _CLAUSE.split(folded[max(one.start - _BEFORE, 0) : one.end])[-1]
    taken_back = networks.is_feature(folded, one.start, one.end) or networks.is_warning(folded, one.start, one.end)
    return not networks.refused(clause) and not taken_back
