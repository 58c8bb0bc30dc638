"""What can happen to a case: typed, past tense, ids and numbers only. Types are superseded, never renamed."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from tratativa.rulebook.terms import registered


@dataclass(frozen=True)
class Event:
    """One thing that happened."""

    name: ClassVar[str]

    def data(self) -> dict[str, Any]:
        """The event's fields, as the ledger keeps them."""
        return asdict(self)


REGISTRY: dict[str, type[Event]] = {}


def happening(kind: type[Event]) -> type[Event]:
    """Enters a kind of event in the registry. Raises Twice for a name that another kind has."""
    registered.once(REGISTRY, kind.name, kind)
    return kind
