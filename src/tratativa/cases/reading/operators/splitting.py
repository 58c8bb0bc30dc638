"""Splitting: a line somebody typed, taken apart into operators with their values and the words that are left."""

import re
from collections.abc import Container
from dataclasses import dataclass

from tratativa.rulebook.terms.ids import slug

_QUOTES = str.maketrans({"“": '"', "”": '"', "«": '"', "»": '"', "„": '"'})
_PIECE = re.compile(
    r"""(?P<not>-)?(?P<name>[^\W\d_]+(?:-[^\W\d_]+)*):(?P<value>(?:"[^"]*"?|[^\s"])*)"""
    r"""|(?P<words>"[^"]*"?|[^\s"]+)""",
    re.VERBOSE,
)
_SIGN = re.compile(r"[<>=≤≥]+")
# What is written with a colon and is nobody's operator.
_ADDRESSES = frozenset({"http", "https", "mailto", "sip", "sips", "tel"})


@dataclass(frozen=True)
class Term:
    """One operator as it was typed: `name` without accents, its `value` with its quotes, and whether it is denied."""

    name: str
    typed: str
    value: str
    denied: bool = False


@dataclass(frozen=True)
class Line:
    """What was typed: the terms, and the words beside them."""

    terms: tuple[Term, ...]
    words: str


def split(raw: str, known: Container[str]) -> Line:
    """Takes a line apart. The value may stand after a blank (`status: aberto`) where the name is a `known` one; a name
    nobody knows, with a value right behind it, is a term too, so that it can be said to be none."""
    terms: list[Term] = []
    words: list[str] = []
    pieces = list(_PIECE.finditer(raw.translate(_QUOTES)))
    place = 0
    while place < len(pieces):
        piece = pieces[place]
        name, value = slug(piece["name"] or ""), piece["value"] or ""
        place += 1
        if not name or not _is_term(name, value, known):
            words.append(piece[0])
            continue
        while (not value or _SIGN.fullmatch(value)) and place < len(pieces) and pieces[place]["words"]:
            value += pieces[place]["words"]
            place += 1
        terms.append(Term(name, piece["name"], value, bool(piece["not"])))
    return Line(tuple(terms), " ".join(words))


def several(value: str) -> list[str]:
    """The values between commas, without quotes; a comma inside quotes is part of its value."""
    parts = (plain(part) for part in re.findall(r'(?:"[^"]*"?|[^,"])+', value))
    return [part for part in parts if part]


def plain(value: str) -> str:
    """A value without its quotes."""
    return value.replace('"', "").strip()


def written(name: str, value: str) -> str:
    """An operator as one would type it: quoted where its value has blanks."""
    return f'{name}:"{value}"' if re.search(r'[\s,":]', value) else f"{name}:{value}"


def _is_term(name: str, value: str, known: Container[str]) -> bool:
    if name in known:
        return True
    return bool(value) and not value.startswith("//") and name not in _ADDRESSES
