"""Turns: pages that wait for a server somebody named; few at a time, and not for long, or no page is left for others.

A server that says one byte just before each patience ends is slow for ever: what is counted here is the whole.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from tratativa.outward import guard

AT_ONCE = 3  # of the eight threads a process has for pages
PATIENCE = 1.0  # seconds for somebody else's turn to end

BUSY = _("A mesa já espera por outros servidores agora. Tente de novo em instantes.")

_FREE = threading.BoundedSemaphore(AT_ONCE)


class Busy(OSError):
    """As many pages as may wait for others' servers already do."""


@contextmanager
def taken(seconds: float) -> Iterator[None]:
    """Speaks to whoever is connected to inside, for so long in all. Raises Busy, and TimeoutError when it is over."""
    if not _FREE.acquire(timeout=PATIENCE):
        raise Busy("too many pages wait for others' servers")
    try:
        with guard.no_longer_than(seconds):
            yield
    finally:
        _FREE.release()
