"""Charge families: constructions that ask for money without the words «pague» or «Pix», and what undoes them.

Each family is a way of speaking: the customer is told to bear a cost, an extra is priced, goods wait for money, a
debt is threatened, a receipt is awaited, a card's data are asked for. A family speaks only where its sentence does
not give the money back, deny it, or warn of a swindle.
"""

import re
from collections.abc import Iterator

from tratativa.rulebook.conduct import patterns
from tratativa.rulebook.conduct.found import Found
from tratativa.rulebook.terms.pattern_files import Family

_BESIDE = 120
_NEAR = 110
_BUT = re.compile(r"\b(?:mas|porem|so que|entretanto|contudo)\b")
_STOP = re.compile(r"[!?\n;]|\.(?!\d)")
THEMES = ("charge_burdens", "charge_prices", "charge_payments", "charge_demands")
_AROUND = 250
_NEVER = r"(?!)"
_UNDOING = patterns.sheet("charge_words")
_DENIED, _WARNED, _BY_ITSELF = (_UNDOING.any_of(name) for name in ("denied", "warned", "by-itself"))
_SETTLED = [_UNDOING.any_of(name) for name in ("free", "back", "paid", "priced")]


def _compiled(theme: str) -> Iterator[tuple[Family, re.Pattern[str], re.Pattern[str], re.Pattern[str]]]:
    sheet = patterns.sheet(theme)
    for one in sheet.families:
        near, unless = re.compile(sheet.filled(one.near)), re.compile(sheet.filled(one.unless or _NEVER))
        yield one, sheet.any_of(one.name), near, unless


_FAMILIES = [family for theme in THEMES for family in _compiled(theme)]


def find(folded: str) -> Iterator[Found]:
    """Where a folded text asks for money in one of these ways."""
    for family, pattern, near, unless in _FAMILIES:
        for match in pattern.finditer(folded):
            start, end = match.span()
            beside = near.search(folded[max(start - _NEAR, 0) : end + _NEAR])
            around = unless.search(folded[max(start - _AROUND, 0) : end + _AROUND])
            if beside and not around and not _undone(family, folded, start, end):
                yield Found(start, end, family.says)


def _undone(family: Family, folded: str, start: int, end: int) -> bool:
    said = _sentence(folded, start, end)
    if _WARNED.search(folded[max(start - _BESIDE, 0) : end + _BESIDE]):
        return True
    if (_BY_ITSELF if family.denying else _DENIED).search(said):
        return True
    return not family.firm and any(one.search(said) for one in _SETTLED)


def _sentence(folded: str, start: int, end: int) -> str:
    """The sentence a match stands in, or its part after a «mas», as far as it reaches within bounds."""
    before, after = folded[max(start - _BESIDE, 0) : start], folded[end : end + _BESIDE]
    stops = [stop.end() for one in (_STOP, _BUT) for stop in one.finditer(before)]
    stop = _STOP.search(after)
    return before[max(stops, default=0) :] + folded[start:end] + (after[: stop.start()] if stop else after)
