"""Folding: Portuguese without accents and capitals, character for character, so that places stay true."""

import unicodedata
from collections.abc import Iterable, Iterator

Span = tuple[int, int]


def fold(text: str) -> str:
    """The text in plain lower case, of the same length: `Não é` → `nao e`, `１` → `1`."""
    return "".join(map(_plain, text))


def apart(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans in order, those that overlap an earlier one left out."""
    end = -1
    for span in sorted(spans):
        if span[0] >= end:
            end = span[1]
            yield span


def outside(spans: Iterable[Span], others: Iterable[Span]) -> Iterator[Span]:
    """The spans that touch none of the others; both in order, neither overlapping within itself."""
    rest = iter(others)
    other = next(rest, None)
    for span in spans:
        while other and other[1] <= span[0]:
            other = next(rest, None)
        if not (other and other[0] < span[1]):
            yield span


def _plain(char: str) -> str:
    if char.isascii():
        return char.lower()
    base = unicodedata.normalize("NFKD", char)[:1].lower()
    return base if len(base) == 1 and base.isascii() else char
