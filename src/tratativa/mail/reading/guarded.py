"""Guarded reading: a letter is read in a child process with a time and a memory it cannot exceed.

A letter that makes the child hang or die takes that child with it; the next letter gets a new one.
"""

from collections.abc import Sequence

from tratativa.bounded import values
from tratativa.bounded.process import Failed, Process
from tratativa.mail.reading.letter import Letter
from tratativa.mail.reading.mime.parts import Unreadable
from tratativa.mail.reading.senders.triage import Correspondence

MEMORY = 1024**3  # bytes of address space; a letter with a file of 39 MB takes half of it
PATIENCE = 20.0  # seconds; the slowest honest letter takes one
_WORK = "tratativa.mail.reading.child:read"


class Reader:
    """One child that reads letters. They wait for one another: each takes milliseconds."""

    def __init__(self, *, patience: float = PATIENCE, memory: int = MEMORY) -> None:
        """No child runs yet."""
        self.process = Process(_WORK, patience=patience, memory=memory)

    def read(self, raw: bytes, parents: Sequence[str] = (), known: Correspondence | None = None) -> Letter:
        """The letter, read. Raises Unreadable with the bound it passed: size, depth, parts, time, memory."""
        asked = {"raw": raw, "parents": list(parents), "known": values.plain(known or Correspondence())}
        try:
            return values.built(Letter, self.process.ask(asked))
        except Failed as failed:
            raise Unreadable(failed.why if failed.reason == Unreadable.__name__ else failed.reason) from failed
        except ValueError as forged:  # what came back is no letter: somebody else speaks out of the child
            raise Unreadable(type(forged).__name__) from forged

    def close(self) -> None:
        """Lets the child go."""
        self.process.close()


READER = Reader()
