"""Thanks: words that, alone, thank and ask for nothing more, by language."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from tratativa.rulebook.terms.folding import fold

FILE = Path(__file__).with_suffix(".yaml")


@cache
def _told() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return told


@cache
def _languages() -> tuple[tuple[frozenset[str], frozenset[str], frozenset[str]], ...]:
    """Of each language the words that thank, what may stand beside them, and pairs of words that may together."""
    return tuple(
        (frozenset(one["thank"].split()), frozenset(one["beside"].split()), frozenset(one["pairs"]))
        for one in _told()["languages"].values()
    )


def alone(words: str, names: Iterable[str] = ()) -> bool:
    """Whether the words say thanks and nothing else, beside the `names` of who is spoken to; no, in a language whose
    words nobody listed."""
    plain = unicodedata.normalize("NFKC", words)
    if "?" in plain or any(unicodedata.category(one) == "So" and one not in _told()["signs"] for one in plain):
        return False
    said = re.findall(r"\w+", fold(plain))
    called = {part for name in names for part in re.findall(r"\w+", fold(name))} - _paired()
    around = [f"{one} {other}" for one, other in pairwise(["", *said, ""])]
    return any(
        any(word in thank for word in said)
        and all(
            word in thank | beside | called or before in pairs or behind in pairs
            for word, (before, behind) in zip(said, pairwise(around), strict=True)
        )
        for thank, beside, pairs in _languages()
    )


def _paired() -> frozenset[str]:
    """Words that only pairs make harmless: nobody's name makes them so."""
    return frozenset(word for _thank, _beside, pairs in _languages() for pair in pairs for word in pair.split())
