"""Thanks: words that, alone, thank and ask for nothing more, by language."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import yaml

from tratativa.rulebook.terms.folding import fold

FILE = Path(__file__).with_suffix(".yaml")


@cache
def _told() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Of each language the words that thank, and what may stand beside them."""
    told = yaml.safe_load(FILE.read_text(encoding="utf-8")).values()
    return tuple((frozenset(one["thank"].split()), frozenset(one["beside"].split())) for one in told)


def alone(words: str, names: Iterable[str] = ()) -> bool:
    """Whether the words say thanks and nothing else, beside the `names` of who is spoken to; no, in a language whose
    words nobody listed."""
    said = re.findall(r"\w+", fold(words))
    called = {part for name in names for part in re.findall(r"\w+", fold(name))}
    return any(
        any(word in thank for word in said) and all(word in thank | beside | called for word in said)
        for thank, beside in _told()
    )
