"""Dictated numbers: telephones half or wholly in words, in look-alike letters, or broken over lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tratativa.rulebook.terms.folding import Span

_UNITS = {"zero": "0", "um": "1", "uma": "1", "dois": "2", "duas": "2", "tres": "3", "quatro": "4", "cinco": "5",
          "meia": "6", "seis": "6", "sete": "7", "oito": "8", "nove": "9"}  # fmt: skip
_TEENS = {"dez": "10", "onze": "11", "doze": "12", "treze": "13", "quatorze": "14", "catorze": "14", "quinze": "15",
          "dezesseis": "16", "dezessete": "17", "dezoito": "18", "dezenove": "19", "trezentos": "300",
          "oitocentos": "800", "novecentos": "900"}  # fmt: skip
_TENS = {"vinte": "2", "trinta": "3", "quarenta": "4", "cinquenta": "5", "sessenta": "6", "setenta": "7",
         "oitenta": "8", "noventa": "9"}  # fmt: skip
_LOOK = {"o": "0", "l": "1", "i": "1"}
_WORD = "|".join(sorted((*_UNITS, *_TEENS, *_TENS), key=len, reverse=True))
_GLUED = re.compile(f"(?:{_WORD}){{1,14}}")
_ONE = re.compile(_WORD)
_TOKEN = re.compile(r"[a-z]{1,80}|\d")
_BETWEEN = re.compile(r"[^a-z0-9]{0,5}")
_FILLERS = frozenset({"e", "traco", "tracinho", "hifen", "ponto", "barra", "espaco", "ddd", "depois", "ai", "x"})
LONGEST = 30


@dataclass(frozen=True)
class Run:
    """Digits said one after another: what they are, how many were words, and whether they were tens."""

    span: Span
    digits: str
    words: int
    looks: int
    tens: int
    lines: int


def runs(folded: str) -> Iterator[Run]:
    """Every run of digits, however said, that holds a word, a look-alike or a break of the line."""
    said: list[tuple[Span, str, str]] = []
    for match in _TOKEN.finditer(folded):
        kind, digits = _meaning(folded, match)
        joined = said and _BETWEEN.fullmatch(folded, said[-1][0][1], match.start())
        if said and (not joined or not kind):
            yield from _closed(folded, said)
            said = []
        if kind and (said or kind != "filler"):
            said.append((match.span(), digits, kind))
    yield from _closed(folded, said)


def _meaning(folded: str, match: re.Match[str]) -> tuple[str, str]:
    token = match[0]
    if token.isdigit():
        return "digit", token
    if _GLUED.fullmatch(token):
        words = _ONE.findall(token)
        return ("tens" if len(words) == 1 and words[0] in _TENS else "word"), _join(words)
    if len(token) == 1 and token in _LOOK and _beside_digit(folded, *match.span()):
        return "look", _LOOK[token]
    return ("filler", "") if token in _FILLERS else ("", "")


def _beside_digit(folded: str, start: int, end: int) -> bool:
    return folded[max(start - 1, 0) : start].isdigit() or folded[end : end + 1].isdigit()


def _join(words: list[str]) -> str:
    return "".join(_UNITS.get(word) or _TEENS.get(word) or f"{_TENS[word]}0" for word in words)


def _closed(folded: str, said: list[tuple[Span, str, str]]) -> Iterator[Run]:
    while said and said[-1][2] == "filler":
        said.pop()
    if not said:
        return
    digits, tens = "", 0
    for place, (_span, spoken, kind) in enumerate(said):
        after = next((one for one in said[place + 1 :] if one[2] != "filler"), None) if kind == "tens" else None
        unit = bool(after and after[2] == "word" and len(after[1]) == 1)
        digits += spoken[:1] if unit else spoken  # «sessenta e dois» is 62
        tens += kind == "tens"
    start, end = said[0][0][0], said[-1][0][1]
    kinds = [kind for _span, _digits, kind in said]
    glued = sum(kind == "word" and _beside_digit(folded, *span) for span, _digits, kind in said)
    words = sum(len(spoken) for _span, spoken, kind in said if kind in {"word", "tens"})
    lines = folded.count("\n", start, end)
    if len(digits) <= LONGEST and (words or lines or "look" in kinds):
        yield Run((start, end), digits, words, kinds.count("look") + glued, tens, lines)
