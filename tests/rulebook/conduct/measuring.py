"""Measuring conduct: precision and recall per kind over the labelled messages."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from tratativa.rulebook import conduct, links

FILE = Path(__file__).parent / "messages.yaml"


@dataclass(frozen=True)
class Labelled:
    """One message and the kinds it contains."""

    text: str
    finds: frozenset[str]

    @property
    def found(self) -> frozenset[str]:
        """What the desk finds in it."""
        return frozenset(one.kind for one in conduct.find(self.text, conduct.KINDS, links.TRACKING_HOSTS))


@dataclass(frozen=True)
class Score:
    """How often a kind was found rightly, found wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Of what was found, how much is there."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Of what is there, how much was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def messages(part: str) -> list[Labelled]:
    """The labelled messages of `tuned` or `aside`."""
    return list(_read(part))


def score(messages: list[Labelled], *kinds: str) -> Score:
    """Over these kinds together; each message counts once per kind."""
    pairs = [(kind in one.finds, kind in one.found) for one in messages for kind in kinds]
    return Score(pairs.count((True, True)), pairs.count((False, True)), pairs.count((True, False)))


def table(part: str) -> str:
    """The table of docs/conduct.md for one part of the messages."""
    labelled = messages(part)
    lines = ["| tipo | mensagens | precisão | cobertura |", "|---|---|---|---|"]
    for name, kinds in [*((f"`{kind}`", (kind,)) for kind in conduct.KINDS), ("todos", conduct.KINDS)]:
        one = score(labelled, *kinds)
        lines.append(f"| {name} | {one.right + one.missed} | {one.precision:.2f} | {one.recall:.2f} |")
    return "\n".join(lines)


def _read(part: str) -> Iterator[Labelled]:
    for group in yaml.safe_load(FILE.read_text(encoding="utf-8"))[part]:
        for line in group["messages"].splitlines():
            yield Labelled(line, frozenset(group["finds"]))
