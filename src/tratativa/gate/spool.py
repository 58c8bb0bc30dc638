"""A spool: bytes kept in memory while they are few, else in a file without a name, which nobody has to clean up."""

import os
import tempfile
from pathlib import Path
from typing import IO, cast

IN_MEMORY = 64 * 1024  # bytes


class Spool:
    """What was written, to be read once from its beginning."""

    def __init__(self, folder: Path, most_in_memory: int = IN_MEMORY) -> None:
        """Empty; `folder` is where the file lies if there must be one."""
        self._file = tempfile.SpooledTemporaryFile(most_in_memory, dir=str(folder))  # noqa: SIM115 - closed by `close`
        self.size = 0

    def write(self, data: bytes) -> None:
        """Adds to the end. Raises OSError when the disk takes no more."""
        self._file.write(data)
        self.size += len(data)

    def reader(self) -> IO[bytes]:
        """The bytes from the beginning. Raises OSError when the disk takes no more."""
        self._file.seek(0)
        return cast("IO[bytes]", self._file)

    @property
    def rolled(self) -> bool:
        """Whether it lies on the disk."""
        return bool(getattr(self._file, "_rolled", False))

    def close(self) -> None:
        """Lets the bytes go."""
        self._file.close()


def copy_of(file: IO[bytes]) -> IO[bytes] | None:
    """The rest of the file for somebody else to close, where it stands on a disk of this machine; else None."""
    try:
        stands, same = file.tell(), os.fdopen(os.dup(file.fileno()), "rb")
    except (AttributeError, OSError, ValueError):
        return None
    same.seek(stands)
    return same
