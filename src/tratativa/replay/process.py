"""A process of a replay: started fresh, it makes itself ready, judges batches, and ends with whoever started it."""

import signal
import uuid
from typing import TYPE_CHECKING

import django

from tratativa.replay.asked import Asked

if TYPE_CHECKING:
    from tratativa.replay.batches import Judge
    from tratativa.replay.tallies import Tally

_JUDGES: "list[Judge]" = []


def begin(asked: Asked) -> None:
    """Makes this process ready. Who asked says when it ends: the terminal's Ctrl-C is theirs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    django.setup()
    from tratativa.replay.batches import Judge

    _JUDGES[:] = [Judge(asked)]


def judged(batch: list[uuid.UUID]) -> "Tally":
    """A batch, in a process that has begun."""
    return _JUDGES[0].judge(batch)
