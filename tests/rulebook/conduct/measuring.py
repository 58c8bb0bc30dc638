"""Measuring conduct: precision and recall over the labelled messages, per kind, and per what a rulebook forbids."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from tratativa.rulebook.conduct import findings, links

FILE = Path(__file__).parent / "messages.yaml"
# What `messages.yaml` is labelled with: it is older than the finding of other places to talk.
KINDS = tuple(kind for kind in findings.KINDS if kind != "elsewhere")
AWAY = tuple(kind for kind in findings.KINDS if kind != "charge")
HOSTS = links.TRACKING_HOSTS | {"americanas.com.br", "casasbahia.com.br", "madeiramadeira.com.br"}


NAMES = ("Americanas", "Casas Bahia", "MadeiraMadeira", "Madeira Madeira", "Madeira")


@dataclass
class Labelled:
    """One message and the kinds it contains."""

    text: str
    finds: frozenset[str]

    @cached_property
    def found(self) -> frozenset[str]:
        """What the desk finds in it."""
        return frozenset(one.kind for one in findings.find(self.text, findings.KINDS, HOSTS, NAMES))


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
    return _score(pairs)


def table(part: str) -> str:
    """The table of docs/conduct.md for one part of the messages."""
    labelled = messages(part)
    lines = ["| kind | messages | precision | recall |", "|---|---|---|---|"]
    for name, kinds in [*((f"`{kind}`", (kind,)) for kind in KINDS), ("all", KINDS)]:
        one = score(labelled, *kinds)
        lines.append(f"| {name} | {one.right + one.missed} | {one.precision:.2f} | {one.recall:.2f} |")
    return "\n".join(lines)


@dataclass
class Half:
    """One half of the later messages, each a charge, a contact outside, or neither."""

    charges: Score
    contacts: Score

    def table(self) -> str:
        """The table of docs/conduct.md for this half."""
        lines = ["| what | messages | precision | recall |", "|---|---|---|---|"]
        for name, one in (("charge", self.charges), ("led away", self.contacts)):
            lines.append(f"| {name} | {one.right + one.missed} | {one.precision:.2f} | {one.recall:.2f} |")
        return "\n".join(lines)


def half(name: str) -> Half:
    """How one half of a set comes out: a message is led away where anything but a charge is found in it."""
    told = yaml.safe_load((FILE.parent / f"{name}.yaml").read_text(encoding="utf-8"))
    found = [({one["label"], one.get("also")}, Labelled(one["text"], frozenset()).found) for one in told]
    charges = [("charge" in labels, "charge" in kinds) for labels, kinds in found]
    contacts = [("contact" in labels, bool(kinds & set(AWAY))) for labels, kinds in found]
    return Half(_score(charges), _score(contacts))


def practice() -> Half:
    """How the sentences of `practice.yaml` come out."""
    told = yaml.safe_load((FILE.parent / "practice.yaml").read_text(encoding="utf-8"))
    lines = [(label, Labelled(line, frozenset()).found) for label in told for line in told[label].splitlines()]
    # A charge may lead away, too, and the other way round: only the innocent are accused wrongly here.
    charges = [(label == "charge", "charge" in kinds) for label, kinds in lines if label != "contact"]
    contacts = [(label == "contact", bool(kinds & set(AWAY))) for label, kinds in lines if label != "charge"]
    return Half(_score(charges), _score(contacts))


def _score(pairs: list[tuple[bool, bool]]) -> Score:
    return Score(pairs.count((True, True)), pairs.count((False, True)), pairs.count((True, False)))


def _read(part: str) -> Iterator[Labelled]:
    for group in yaml.safe_load(FILE.read_text(encoding="utf-8"))[part]:
        for line in group["messages"].splitlines():
            yield Labelled(line, frozenset(group["finds"]))
