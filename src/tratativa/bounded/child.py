"""The child: does one kind of work on strangers' bytes, asked and answered in frames on its standard pipes.

`python -m tratativa.bounded.child MODULE:FUNCTION MEMORY`; it ends when its parent does, for then its input ends.
"""

import importlib
import sys
from collections.abc import Callable
from typing import Any

from tratativa.bounded import confinement, frames


def main() -> None:
    """Answers every question with what the function says, or with the name of what it raised."""
    module, _colon, name = sys.argv[1].partition(":")
    work: Callable[[Any], Any] = getattr(importlib.import_module(module), name)
    answers, questions = sys.stdout.buffer, sys.stdin.buffer
    sys.stdout = sys.stderr  # whatever a library prints must not stand between two frames
    confinement.enter(int(sys.argv[2]))
    while (asked := frames.read(questions)) is not None:
        frames.write(answers, _answer(work, asked))


def _answer(work: Callable[[Any], Any], asked: Any) -> Any:
    try:
        return {"answer": work(asked)}
    except Exception as problem:  # whatever a stranger's bytes make a parser raise is the answer
        return {"failed": type(problem).__name__, "why": str(problem)[:200].encode("ascii", "replace").decode()}


if __name__ == "__main__":
    main()
