"""Scenarios as they were written: a stage, steps, and the file and line each of them stands in."""

import difflib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tratativa.rulebook.terms.problems import Problem
from tratativa.rulebook.terms.yaml_source import Loc, Source

PARTIES = ("customer", "seller", "marketplace")
HEAD = (
    "scenario", "rulebook", "rows", "language", "now", "order", "customer", "seller", "calendar", "includes", "steps",
)  # fmt: skip
MOVES = (*PARTIES, "partner", "at", "after", "order", "return", "mail", "expect")
BESIDE = ("refused", "case")


class BadScenario(Exception):
    """A scenario file nobody could play; `problems` name each file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True)
class Step:
    """One mapping of `steps:`: its move (`seller`, `at`, `expect`…), what it says, and what stands beside it."""

    move: str
    says: Any
    refused: Any
    case: str
    path: Loc


@dataclass(frozen=True)
class Scenario:
    """One story: the stage it plays on and its steps, told in a `language`, or else in the rulebook's own.

    `folder` is its rulebook's; `includes` are the folders of what is added to it: laws are proven on somebody's rules.
    """

    name: str
    folder: Path
    rows: tuple[str, ...]
    language: str
    now: str
    order: Mapping[str, Any] | None
    customer: Mapping[str, Any]
    seller: Mapping[str, Any]
    calendar: Mapping[str, Any] | None
    includes: tuple[Path, ...]
    steps: tuple[Step, ...]
    source: Source
    path: Loc

    @property
    def file(self) -> str:
        """The file's name as problems show it."""
        return self.source.name

    def line(self, path: Loc = ()) -> int:
        """The line of what lies at this path of the scenario."""
        return self.source.line_of((*self.path, *path))


def nearest(name: object, known: Collection[str]) -> str:
    """`; você quis dizer X?`, where something known is near."""
    near = difflib.get_close_matches(str(name), [one for one in known if one != str(name)], 1)
    return f"; você quis dizer `{near[0]}`?" if near else ""
