"""A problem in a rulebook's or a scenario's file: where it stands and what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """`file:line: text`; `line` counts from 1, `text` is a sentence for whoever wrote the file."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"
