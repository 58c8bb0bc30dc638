"""Tallies: what differs between what was and what would be, counted so that any number of cases takes little room.

Ten examples of each kind are kept to be opened; two tallies of different cases add up to one of both.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

EXAMPLES = 10

# What becomes of a clock that comes out otherwise.
BECOMES_MISSED, BECOMES_MET, OTHER_DUE, APPEARS, GONE, OTHERWISE = (
    "becomes_missed", "becomes_met", "other_due", "appears", "gone", "otherwise",
)  # fmt: skip
# What conduct would have made of a message that fared otherwise.
CONDUCT = ("conduct_block", "conduct_hold", "conduct_warn", "conduct_free")
KINDS = (BECOMES_MISSED, BECOMES_MET, APPEARS, GONE, OTHERWISE, OTHER_DUE)


@dataclass(frozen=True, slots=True)
class Example:
    """One case to open, and what of it: moments are RFC 3339, `name` the rule's or the action's id."""

    case: str
    protocol: str
    name: str
    was: str = ""
    would: str = ""
    party: str = ""


@dataclass
class Score:
    """How often one metric counted for a seller, a day at a time: as it was, as it would be."""

    was: Counter[str] = field(default_factory=Counter)
    would: Counter[str] = field(default_factory=Counter)


@dataclass
class Tally:
    """What some cases come to.

    `was` and `would` are `rule → state → how many`; `clocks` are `kind → rule → how many`; `refused` is
    `(action, party, why) → how many`; `scores` are by seller and metric. `inexact` are cases whose own rules do not
    give what was: they are counted in nothing else. `unknown` are fields newly demanded of which nobody knows
    whether they were filled in, by action and field; `erased` messages that conduct could not be asked about.
    """

    cases: int = 0
    inexact: int = 0
    changed: int = 0
    was: dict[str, Counter[str]] = field(default_factory=dict)
    would: dict[str, Counter[str]] = field(default_factory=dict)
    clocks: dict[str, Counter[str]] = field(default_factory=dict)
    asked: int = 0
    refused: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    scores: dict[tuple[str, str], Score] = field(default_factory=dict)
    examples: dict[str, list[Example]] = field(default_factory=dict)
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)
    erased: int = 0

    def clock(self, states: dict[str, Counter[str]], rule: str, state: str) -> None:
        """Counts a clock of this rule in this state."""
        states.setdefault(rule, Counter())[state] += 1

    def differs(self, kind: str, rule: str, example: Example) -> None:
        """Counts a clock that comes out otherwise."""
        self.clocks.setdefault(kind, Counter())[rule] += 1
        self.show(kind, example)

    def show(self, kind: str, example: Example) -> None:
        """Keeps an example, as long as there are fewer than ten, one a case."""
        kept = self.examples.setdefault(kind, [])
        if len(kept) < EXAMPLES and all(one.case != example.case for one in kept):
            kept.append(example)

    def score(self, seller: str, metric: str) -> Score:
        """The counts of a seller under a metric."""
        return self.scores.setdefault((seller, metric), Score())

    def add(self, other: "Tally") -> None:
        """Adds what other cases came to."""
        self.cases += other.cases
        self.inexact += other.inexact
        self.changed += other.changed
        self.asked += other.asked
        self.erased += other.erased
        self.refused.update(other.refused)
        self.unknown.update(other.unknown)
        for mine, theirs in ((self.was, other.was), (self.would, other.would), (self.clocks, other.clocks)):
            for name, counts in theirs.items():
                mine.setdefault(name, Counter()).update(counts)
        for key, score in other.scores.items():
            own = self.score(*key)
            own.was.update(score.was)
            own.would.update(score.would)
        for kind, examples in other.examples.items():
            for one in examples:
                self.show(kind, one)

    def as_json(self) -> dict[str, Any]:
        """The tally as it is stored."""
        return {
            "cases": self.cases, "inexact": self.inexact, "changed": self.changed, "asked": self.asked,
            "erased": self.erased, "unknown": [[*key, count] for key, count in self.unknown.most_common()],
            "was": self.was, "would": self.would, "clocks": self.clocks,
            "refused": [[*key, count] for key, count in self.refused.most_common()],
            "scores": [[*key, score.was, score.would] for key, score in self.scores.items()],
            "examples": {kind: [_plain(one) for one in kept] for kind, kept in self.examples.items()},
        }  # fmt: skip

    @classmethod
    def of_json(cls, said: Mapping[str, Any]) -> "Tally":
        """A tally that was stored."""
        found = cls(said["cases"], said["inexact"], said["changed"])
        found.asked, found.erased = said["asked"], said.get("erased", 0)
        found.unknown = Counter({(action, name): count for action, name, count in said.get("unknown", ())})
        found.was, found.would, found.clocks = (
            {name: Counter(counts) for name, counts in said[key].items()} for key in ("was", "would", "clocks")
        )
        found.refused = Counter({(action, party, why): count for action, party, why, count in said["refused"]})
        found.scores = {
            (seller, metric): Score(Counter(was), Counter(would)) for seller, metric, was, would in said["scores"]
        }
        found.examples = {kind: [Example(**one) for one in kept] for kind, kept in said["examples"].items()}
        return found


def _plain(example: Example) -> dict[str, str]:
    return {name: getattr(example, name) for name in Example.__slots__}


def within(counts: Mapping[str, int], since: date) -> int:
    """How many of these, counted by day, fall after a day."""
    return sum(count for day, count in counts.items() if date.fromisoformat(day) > since)


def total(counts: Iterable[Counter[str]], state: str) -> int:
    """How many clocks are in this state, whatever their rule."""
    return sum(one[state] for one in counts)
