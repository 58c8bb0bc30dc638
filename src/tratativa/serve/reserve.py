"""The reserve: a file that holds nothing, given up when the disk is full, so that the database can go on."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

MEBIBYTE = 1024**2
SIZE = int(os.environ.get("TRATATIVA_RESERVE", "128")) * MEBIBYTE  # bytes
LOW = SIZE // 4  # bytes free below which it is given up
LOOK_EVERY = 2.0  # seconds


class Reserve:
    """The file beside the data, and the words about it."""

    def __init__(self, home: Path, say: Callable[[str], None]) -> None:
        """`say` takes a sentence for the operator."""
        self._file = home / "reserve"
        self._say = say
        self._next = 0.0

    def tend(self, now: float) -> None:
        """Gives it up when the disk is full, takes it again when there is room; `now` in monotonic seconds."""
        if now < self._next:
            return
        self._next = now + LOOK_EVERY
        free = shutil.disk_usage(self._file.parent).free
        there = self._file.exists()
        if there and free < LOW:
            self._file.unlink(missing_ok=True)
            self._say(
                f"O disco está cheio: a reserva de {SIZE // MEBIBYTE} MB foi liberada para o banco continuar, e nada "
                f"mais é aceito. Libere espaço em {self._file.parent}."
            )
        elif not there and free > 3 * SIZE:
            self._take()

    def _take(self) -> None:
        part = self._file.with_suffix(".part")
        try:
            with part.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, SIZE)
            part.rename(self._file)
        except OSError:  # somebody was quicker: later
            with suppress(OSError):
                part.unlink(missing_ok=True)
