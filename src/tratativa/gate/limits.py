"""Limits: how much, how slowly and how many at once; each from the setting `GATE`."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Limits:
    """What one web process takes. Bytes, seconds, bytes a second, and counts."""

    # A request's line and headers, and how long somebody may take to send them.
    header_bytes: int = 64 * 1024
    header_patience: float = 10.0
    # A form without files; a route that takes files says so itself (`web.frame.bodies`).
    body_bytes: int = 2 * 1024 * 1024
    # A body arrives at this rate or faster, seen over the patience; nobody takes longer than the deadline.
    slowest: int = 1024
    patience: float = 10.0
    deadline: float = 600.0
    # Bodies under way at once, and what they may hold together, in memory and on the disk.
    bodies: int = 400
    spool_bytes: int = 512 * 1024 * 1024
    # Pages under way at once; those that wait for a thread are refused after the wait.
    threads: int = 8
    waiting: int = 200
    wait: float = 15.0
    # Connections at once. Beyond it whoever has asked for nothing the longest is let go.
    connections: int = 4_000
    # What a stopping process still gives to pages that have begun.
    farewell: float = 8.0


def of_settings() -> Limits:
    """The limits of this site. Raises AttributeError for a name in `GATE` that is none."""
    return Limits(**{name: type(getattr(Limits, name))(value) for name, value in settings.GATE.items()})


def spool_folder() -> Path:
    """Where bodies lie while they arrive: beside the files, so that what is kept need not be copied."""
    return Path(settings.FILE_UPLOAD_TEMP_DIR)
