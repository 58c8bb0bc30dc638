"""The files of what is held outside the database: in `ledger` of the data's folder, whole or not at all, their owner's.

`heads.json` is how far each chain had come, `anchors.jsonl` the anchors of late, `accepted.jsonl` what somebody took
for good although it did not fit. Each machine that runs a worker has its own.
"""

import fcntl
import json
import os
import re
import tempfile
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from tratativa.evidence.faults import ODD

HEADS, ANCHORS = "heads.json", "anchors.jsonl"
_HASH = re.compile(r"[0-9a-f]{64}")


class Unreadable(Exception):
    """A file of ours does not say what we write: somebody else wrote there, or a disk spoiled it."""


@dataclass(frozen=True)
class Mark:
    """How far a chain had come: its newest head's number and hash."""

    number: int
    hash: str


Marks = Mapping[uuid.UUID, Mark]


def folder() -> Path:
    """Where they lie."""
    return Path(settings.DATA) / "ledger"


def marks() -> Marks:
    """How far each chain had come, by its marketplace; nothing where nothing is held. Raises Unreadable, OSError."""
    file = folder() / HEADS
    try:
        said = json.loads(file.read_text())
        return {uuid.UUID(chain): _mark(one["number"], one["hash"]) for chain, one in said.items()}
    except FileNotFoundError:
        return {}
    except ODD as problem:
        raise Unreadable(file) from problem


def anchors() -> tuple[str, ...]:
    """The anchors that are held, each as it is carried; nothing where none is. Raises OSError."""
    try:
        lines = (folder() / ANCHORS).read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return ()
    return tuple(line for line in lines if line.strip())


def write_marks(marks: Marks) -> None:
    """In place of those that are held. Raises OSError."""
    _write(HEADS, json.dumps({str(chain): vars(mark) for chain, mark in sorted(marks.items())}))


def write_anchors(lines: Iterable[str]) -> None:
    """In place of those that are held. Raises OSError."""
    _write(ANCHORS, "".join(f"{line}\n" for line in lines))


def append_accepted(said: Mapping[str, Any]) -> None:
    """A line more of what was accepted. Raises OSError."""
    place = os.open(folder() / "accepted.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(place, "w") as file:
        file.write(json.dumps(said, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def locked() -> Iterator[None]:
    """One process of this machine at a time. Raises OSError."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(folder() / "lock", os.O_RDWR | os.O_CREAT, 0o600)) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def put_aside(name: str, *, at: datetime) -> str:
    """Keeps a file that does not read beside the one to come; its new name. Raises OSError."""
    aside = f"{name}.{at.astimezone(UTC):%Y%m%dT%H%M%S%f}"
    (folder() / name).replace(folder() / aside)
    return aside


def _mark(number: object, hash_: object) -> Mark:
    """As strictly as it is written: what stands there is kept and shown elsewhere. Raises ValueError."""
    if type(number) is not int or not 0 < number < 2**63 or not isinstance(hash_, str) or not _HASH.fullmatch(hash_):
        raise ValueError(number, hash_)
    return Mark(number, hash_)


def _write(name: str, text: str) -> None:
    descriptor, new = tempfile.mkstemp(dir=folder(), prefix=f".{name}-")  # 0600
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(new).replace(folder() / name)
    except BaseException:
        Path(new).unlink(missing_ok=True)
        raise
