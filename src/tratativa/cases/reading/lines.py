"""A line of the timeline: one thing that happened, as its reader may know it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tratativa.cases.models import Attachment
from tratativa.rulebook.terms.parties import Party


@dataclass(frozen=True)
class Line:
    """One thing that happened. `words` is None where the entry has none or they were erased; `rich` is the words
    with their marks, empty where there are none; `mine` says the reader's own party did it; `by_clock` that nobody
    did, only time passed. `noted_by` is whoever of the team took a customer's words down; others read the
    organisation's name."""

    number: int
    event: str
    data: Mapping[str, Any]
    party: Party
    who: str
    at: datetime
    words: str | None
    rich: str
    readers: tuple[Party, ...]
    files: tuple[Attachment, ...]
    mine: bool
    by_clock: bool
    noted_by: str = ""
