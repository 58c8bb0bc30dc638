"""Listeners: what the rooms and apps above do about a change. They register in `ready()`; nothing here imports them."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from tratativa.cases.core.change import Change
from tratativa.cases.models import Case

Listener = TypeVar("Listener")
# Procedures waiting for an answer, a call, a moment: each looks at the entries it has not seen and may change the
# case, behind the door and before clocks are planned.
FOLLOWERS: list[Callable[[Change], None]] = []
# What else follows, in the same transaction, once the case is saved (letters, jobs). Each may run twice for one
# change, and writes rows with unique keys.
REACTIONS: list[Callable[[Change], None]] = []
# What may have happened in time although nobody has seen it yet: whether something of a case, come by a moment, is
# still unopened.
UNOPENED: list[Callable[[Case, datetime], bool]] = []


def register(listener: Listener, where: list[Listener]) -> None:
    """Adds a listener once: an app may become ready more than once in one process."""
    if listener not in where:
        where.append(listener)


def follow(change: Change) -> None:
    """Lets everything that waits for these entries go on."""
    for one in FOLLOWERS:
        one(change)


def react(change: Change) -> None:
    """Tells everyone who does something about a change that it happened."""
    for one in REACTIONS:
        one(change)


def unopened(case: Case, by: datetime) -> bool:
    """Whether something that reached the case by this moment is still unopened."""
    return any(one(case, by) for one in UNOPENED)
