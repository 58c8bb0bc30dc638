"""Memory: which lines repeat what was sent to the writer before, so that a history without any marks is still known."""

import re
from collections.abc import Sequence

from tratativa.mail.reading import bounds
from tratativa.mail.reading.lines import Line

_WORD = re.compile(r"\w+")
# Clients write the addresses behind links into what they quote.
_REACHED = re.compile(r"<[^<>\s]{1,500}>|\b(?:https?://|mailto:)\S{1,500}|\[(?:cid|image):[^\]]{0,200}\]", re.I)
_RUN = 4
# Of the words from the border down, this share must be ours, and at least this many.
_SHARE = 0.7
_WORDS = 8
_PARENT = 50_000

Shingles = frozenset[tuple[str, ...]]


def shingles(parents: Sequence[str]) -> Shingles:
    """Every run of four words of the letters sent before, whatever their line breaks and punctuation."""
    runs: set[tuple[str, ...]] = set()
    for parent in parents:
        words = _WORD.findall(parent[:_PARENT].casefold())
        runs.update(tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))
    return frozenset(runs)


def repeated(lines: Sequence[Line], own: Sequence[int], known: Shingles) -> set[int]:
    """Which of the `own` lines stand in a history that repeats what was sent; what somebody wrote into it does not."""
    if not known:
        return set()
    words: list[tuple[str, int]] = []
    for place, at in enumerate(own[: bounds.SEARCHED]):
        words += [(word, place) for word in _WORD.findall(lines[at].bare.casefold())]
    ours = _repeated([word for word, _ in words], known)
    best, mine = len(own), 0
    for count, at in enumerate(range(len(words) - 1, -1, -1), start=1):
        mine += ours[at]
        starts_line = at == 0 or words[at - 1][1] != words[at][1]
        # A border is where the repetition begins: its own line must be ours.
        if starts_line and ours[at] and mine >= _WORDS and mine >= _SHARE * count:
            best = words[at][1]
    if best == 0:
        return set()  # who begins with our words tells of them
    said = {place for _, place in words}
    repeats = {place for (_, place), is_ours in zip(words, ours, strict=True) if is_ours}
    return {own[place] for place in range(best, len(own)) if place in repeats or place not in said}


def repeats(said: Sequence[Line], known: Shingles) -> bool:
    """Whether any of these lines is from a letter that was sent."""
    return any(_repeated(_words(said), known))


def adds(said: Sequence[Line], known: Shingles) -> bool:
    """Whether these lines say a word more than the letters sent before: somebody may have written between them."""
    return not all(_repeated(_words(said), known))


def _words(said: Sequence[Line]) -> list[str]:
    return [word for line in said for word in _WORD.findall(_REACHED.sub(" ", line.bare).casefold())]


def _repeated(words: Sequence[str], known: Shingles) -> list[bool]:
    marks = [False] * len(words)
    for at in range(len(words) - _RUN + 1):
        if tuple(words[at : at + _RUN]) in known:
            marks[at : at + _RUN] = [True] * _RUN
    return marks
