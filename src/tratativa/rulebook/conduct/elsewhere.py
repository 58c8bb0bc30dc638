"""Elsewhere: leading the customer away without a number: networks, other apps, a search, a code, the own till."""

from collections.abc import Iterator

from tratativa.rulebook.conduct import contact_requests, found, networks, patterns
from tratativa.rulebook.conduct.found import Found

_BEFORE = 60
_SHEET = patterns.sheet("elsewhere")
_WAYS = [(_SHEET.any_of(family.name), family.says) for family in _SHEET.families]


def find(folded: str) -> Iterator[Found]:
    """Where a folded text leads the customer out of the marketplace without a number, an address or a link."""
    ways = (Found(*match.span(), says) for way, says in _WAYS for match in way.finditer(folded))
    yield from found.apart(one for one in (*ways, *contact_requests.handle(folded)) if _leads(folded, one))


def _leads(folded: str, one: Found) -> bool:
    clause = folded[max(one.start - _BEFORE, 0) : one.end].rsplit(".", 1)[-1].rsplit(",", 1)[-1]
    return not networks.refused(clause) and not networks.is_feature(folded, one.start, one.end)
