"""Standings: whose counts within the score's window would be others, and what would be proposed of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from tratativa.replay import tallies
from tratativa.replay.tallies import Score, Tally
from tratativa.rulebook.language.scoring import Score as Scoring


@dataclass(frozen=True)
class Counts:
    """A seller's counts within either version's window as of the replay's end, by metric; what would newly be proposed,
    and what no longer."""

    seller: str
    was: Mapping[str, int]
    would: Mapping[str, int]
    proposed: tuple[str, ...]
    spared: tuple[str, ...]


def of(tally: Tally, draft: Scoring | None, applies: Scoring | None, until: datetime) -> list[Counts]:
    """Sellers whose counts, or what follows from them, would be others, those of most consequence first."""
    return sorted(_changed(tally, draft, applies, until), key=_by_change)


def _changed(tally: Tally, draft: Scoring | None, applies: Scoring | None, until: datetime) -> Iterator[Counts]:
    by_seller: dict[str, dict[str, Score]] = {}
    for (seller, metric), score in tally.scores.items():
        by_seller.setdefault(seller, {})[metric] = score
    for seller, scores in by_seller.items():
        was = _within(applies, {name: score.was for name, score in scores.items()}, until)
        would = _within(draft, {name: score.would for name, score in scores.items()}, until)
        before, after = _reached(applies, was), _reached(draft, would)
        if was != would or before != after:
            new, spared = (tuple(one for one in a if one not in b) for a, b in ((after, before), (before, after)))
            yield Counts(seller, was, would, new, spared)


def _within(rules: Scoring | None, counts: Mapping[str, Mapping[str, int]], until: datetime) -> dict[str, int]:
    if rules is None:
        return {}
    since = (until - rules.span).date()
    found = {name: tallies.within(days, since) for name, days in counts.items()}
    return {name: count for name, count in found.items() if count}


def _reached(rules: Scoring | None, counts: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(one.text for one in rules.consequences if one.reached(counts)) if rules else ()


def _by_change(one: Counts) -> tuple[int, int, str]:
    moved = sum(abs(one.would.get(name, 0) - one.was.get(name, 0)) for name in {*one.was, *one.would})
    return -len(one.proposed) - len(one.spared), -moved, one.seller
