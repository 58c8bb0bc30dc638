"""Asked: what is to be replayed. A process that has not begun reads it, so nothing here needs Django."""

import uuid
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Asked:
    """The draft's source, as a version keeps it, and the marketplace's cases opened between two moments; what is still
    open is judged as of `until`."""

    marketplace_id: uuid.UUID
    source: str
    since: datetime
    until: datetime
