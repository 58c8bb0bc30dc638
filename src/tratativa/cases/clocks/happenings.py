"""What clocks are planned by: what happened to a case, and the case it happened to, kept in rows or in memory.

A change behind the door is one; a history that is replayed under other rules is another, and plans by the same code.
"""

import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Protocol

from tratativa.cases import events
from tratativa.cases.models import Case, Deadline
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.facts import Facts


class Happening(Protocol):
    """One thing that happened, as the ledger has it."""

    @property
    def event(self) -> str: ...
    @property
    def data(self) -> Mapping[str, Any]: ...
    @property
    def party(self) -> str: ...
    @property
    def actor_id(self) -> uuid.UUID | None: ...
    @property
    def audience(self) -> int: ...
    @property
    def at(self) -> datetime: ...


class Clocked(Protocol):
    """A case whose clocks are planned: its rules, the moment, what is known, and where a clock is kept."""

    clocks: list[Deadline]

    @property
    def case(self) -> Case: ...
    @property
    def book(self) -> Rulebook: ...
    @property
    def at(self) -> datetime: ...
    @property
    def acted_at(self) -> datetime | None: ...

    def known(self, at: datetime | None = None) -> Facts: ...

    def keep(self, clock: Deadline) -> None: ...

    def news(self, reader: str) -> Iterator[Happening]: ...

    def record(self, event: events.Event, *, to: int, at: datetime | None = None) -> object: ...
