"""The child's part: a letter read where it can reach nothing and exceed little (`bounded.child` calls it)."""

from typing import Any

from tratativa.bounded import values
from tratativa.mail.reading import letter
from tratativa.mail.reading.senders.triage import Correspondence


def read(asked: dict[str, Any]) -> Any:
    """The letter of `raw`, in plain values. Raises Unreadable, and whatever a stranger's bytes make a parser raise."""
    known = values.built(Correspondence, asked["known"])
    return values.plain(letter.read(asked["raw"], asked["parents"], known))
