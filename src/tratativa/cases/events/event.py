"""What can happen to a case: typed, past tense, ids and numbers only. Types are superseded, never renamed."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class Event:
    """One thing that happened."""

    name: ClassVar[str]

    def data(self) -> dict[str, Any]:
        """The event's fields, as the ledger keeps them."""
        return asdict(self)


REGISTRY: dict[str, type[Event]] = {}


def happening(kind: type[Event]) -> type[Event]:
    """Enters a kind of event in the registry."""
    REGISTRY[kind.name] = kind
    return kind
