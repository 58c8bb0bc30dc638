"""What moves on by itself in the change that moved it: procedures waiting for an answer, a call, a moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tratativa.cases.changing import Change

# Each looks at the entries recorded since it last looked and may change the case: it runs behind the door, before
# clocks are planned. Registered by the apps above, which this one may not import.
FOLLOWERS: list[Callable[[Change], None]] = []


def follow(change: Change) -> None:
    """Lets everything that waits for these entries go on."""
    for one in FOLLOWERS:
        one(change)
