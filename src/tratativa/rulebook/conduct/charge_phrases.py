"""Charge phrases: set phrases that ask the customer for money («segue o boleto da diferença»), and what undoes them."""

import re
from collections.abc import Iterator

from tratativa.rulebook.conduct import patterns
from tratativa.rulebook.conduct.found import Found

_BESIDE = 50
_SHEET = patterns.sheet("charge_phrases")
_PHRASES = [(_SHEET.any_of(family.name), family.says) for family in _SHEET.families]
_BEFORE, _WITHIN, _AFTER, _PAGE = (_SHEET.any_of(name) for name in ("before", "within", "after", "a-page"))


def find(folded: str) -> Iterator[Found]:
    """Where a folded text asks for money in set phrases."""
    for phrase, says in _PHRASES:
        for match in phrase.finditer(folded):
            if not _undone(folded, match):
                yield Found(*match.span(), says)


def without_pages(folded: str) -> str:
    """The text, of the same length, with pages of the site struck out: «Minha Conta» keeps no money."""
    return _PAGE.sub(lambda match: "#" * len(match[0]), folded)


def _undone(folded: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    before = folded[max(start - _BESIDE, 0) : start]
    return bool(_BEFORE.search(before) or _WITHIN.search(match[0]) or _AFTER.match(folded, end, end + _BESIDE))
