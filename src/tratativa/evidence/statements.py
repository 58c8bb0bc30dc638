"""Statements: what an anchor says, read as strictly as it is written: who may add one may write anything there."""

import json
import re
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from tratativa.evidence.faults import ODD

_NAME = re.compile(r"[-a-zA-Z0-9_]{1,50}")
_DIGEST = re.compile(r"(?:[0-9a-f]{64})?")


@dataclass(frozen=True)
class Statement:
    """What was signed: that a chain of this name came to `root` on a day. Those of old name no chain."""

    marketplace: str
    chain: uuid.UUID | None
    day: date
    at: datetime
    root: str
    previous: str


class Carried(NamedTuple):
    """An anchor as it is carried outside: the text that was signed, the signature and the key, both in base64."""

    statement: str
    signature: str
    key: str

    def line(self) -> str:
        """As it is shown and sent: one line of JSON that a stranger can check with the key in it."""
        return json.dumps(self._asdict())


def read(text: str) -> Statement | None:
    """What a statement says; None where it is none that we write."""
    try:
        said = json.loads(text)
        chain = uuid.UUID(said["chain"]) if "chain" in said else None
        day, at = date.fromisoformat(said["day"]), datetime.fromisoformat(said["at"])
        name, root, previous = said["marketplace"], said["root"], said["previous"]
        right = _NAME.fullmatch(name) and _DIGEST.fullmatch(root) and _DIGEST.fullmatch(previous)
    except ODD:
        return None
    return Statement(name, chain, day, at, root, previous) if right and at.tzinfo else None


def carried(line: str) -> Carried | None:
    """The anchor of a line somebody kept; None where it is none."""
    try:
        said: dict[str, Any] = json.loads(line)
        found = Carried(said["statement"], said["signature"], said["key"])
    except ODD:
        return None
    return found if all(isinstance(one, str) for one in found) else None
