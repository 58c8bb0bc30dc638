"""Identity papers: which entries may say that a file is one, and until when its bytes have to be there.

The answer to a form says it of its bytes, wherever they stand in its case; any other entry of a copy it brings, and of
nothing else. What says otherwise takes no bytes away.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tratativa.cases import events
from tratativa.cases.core import audience
from tratativa.rulebook.terms.parties import Party

# Ninety days from the answer (`identity_documents.KEPT`); some days may lie between the answer and its entry. The
# database asks for as much (cases, migration 0043).
LEAST = timedelta(days=60)


@dataclass
class Said:
    """What the entries of one case have said of papers so far: until when, by the digest of the bytes, and by key."""

    of_bytes: dict[str, datetime] = field(default_factory=dict)
    of_file: dict[str, datetime] = field(default_factory=dict)
    newest: datetime | None = None  # moment of its entries

    def hear(self, event: str, readers: int, at: datetime, told: list[dict[str, Any]]) -> bool:
        """Hears an entry out; whether what it says of papers is what such an entry may say.

        Raises ValueError and TypeError where it says what we never write.
        """
        self.newest = max(at, self.newest or at)
        papers = {one["id"]: (one["sha256"], datetime.fromisoformat(one["until"])) for one in told if "until" in one}
        if any(until.tzinfo is None for _digest, until in papers.values()):
            return False
        self.of_file |= {key: until for key, (_digest, until) in papers.items()}
        if event != events.Answered.name:
            return True
        for digest, until in papers.values():
            if until < self.newest + LEAST or not audience.holds(readers, Party.MARKETPLACE):
                return False
            self.of_bytes[digest] = min(until, self.of_bytes.get(digest, until))  # brought twice, gone once
        return True

    def until(self, key: str, digest: str) -> datetime | None:
        """Until when the bytes of this file have to be there; None for ever."""
        return min(filter(None, (self.of_file.get(key), self.of_bytes.get(digest))), default=None)
