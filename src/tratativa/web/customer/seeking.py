"""Seeking: which of a few things answer to somebody's own words, by any beginning, with or without accents. Pure."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from tratativa.rulebook.terms.folding import fold

MOST = 12  # words that are looked at
SHORTEST = 4  # letters a word that begins nothing is cut down to: «quebrou» finds «quebrado»
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Sought:
    """What can be found: its `own` words count double those `around` it; the `first` go before the others."""

    own: Sequence[str]
    around: Sequence[str] = ()
    first: bool = True


def seek(words: str, things: Sequence[Sought]) -> list[int]:
    """The places of those that answer, the `first` before the others and the best before the good.

    Words that nobody has are passed over. What has all the others answers; where nothing has them all, what has the
    most telling ones: a word says the more the fewer things have it.
    """
    own = [_words(thing.own) for thing in things]
    around = [_words(thing.around) for thing in things]
    asked = [having for word in _words([words])[:MOST] if (having := _having(word, own, around))]
    if not asked:
        return []
    told = [math.log(1 + len(things) / len(having)) for having in asked]
    scores = {
        place: sum(weight * having.get(place, 0) for weight, having in zip(told, asked, strict=True))
        for place in {place for having in asked for place in having}
    }
    whole = [place for place in scores if all(place in having for having in asked)]
    most = max(scores.values())
    found = whole or [place for place, score in scores.items() if score * 2 > most]
    return sorted(found, key=lambda place: (not things[place].first, -scores[place], place))


def _words(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(_WORD.findall(fold(" ".join(texts)))))


def _having(word: str, own: Sequence[list[str]], around: Sequence[list[str]]) -> dict[int, int]:
    """The places of the things with a word that begins so, each with what it counts; a beginning of it, if it begins
    nothing."""
    for end in range(len(word), min(len(word), SHORTEST) - 1, -1):
        found = {}
        for place, both in enumerate(zip(own, around, strict=True)):
            counts = sum((2 - rank) * any(one.startswith(word[:end]) for one in told) for rank, told in enumerate(both))
            if counts:
                found[place] = counts
        if found:
            return found
    return {}
