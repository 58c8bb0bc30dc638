"""Failures: what of a story went otherwise than it says."""

from dataclasses import dataclass

from tratativa.rulebook.terms.yaml_source import Loc


@dataclass(frozen=True)
class Failure:
    """What went otherwise than the scenario says: where it stands, what it wanted and what came.

    `loc` leads to it in the file; `gives` is the moment that would have to stand there for it to hold again.
    """

    file: str
    line: int
    what: str
    expected: str = ""
    actual: str = ""
    loc: Loc = ()
    gives: str = ""

    def __str__(self) -> str:
        told = f"{self.file}:{self.line}: {self.what}"
        if self.expected or self.actual:
            told += f"\n    esperado: {self.expected}\n    veio:     {self.actual}"
        return told
