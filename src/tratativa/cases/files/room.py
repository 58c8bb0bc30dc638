"""Room: whether the disk takes what is about to be kept, with something left for the database that keeps the rest."""

import errno
import shutil
from pathlib import Path

from django.conf import settings
from django.db import Error

_FULL = {errno.ENOSPC, errno.EDQUOT}
_DISK_FULL = "53100"  # PostgreSQL's SQLSTATE for it


class NoRoom(OSError):
    """The disk takes no more. An OSError with the errno of a full disk, because that is what it comes before."""

    def __init__(self) -> None:
        """As the system would have said it."""
        super().__init__(errno.ENOSPC, "no room is left beside what the database needs")


def takes(size: int) -> bool:
    """Whether so many bytes more leave `DISK_LEAST` free, on each disk that data of ours lie on."""
    return all(free(place) - size >= settings.DISK_LEAST for place in {settings.DATA, Path(settings.MEDIA_ROOT)})


def ask_for(size: int) -> None:
    """Raises NoRoom where the disk does not take so many bytes more."""
    if not takes(size):
        raise NoRoom


def free(place: Path) -> int:
    """Bytes that may still be written beside this place, which need not exist yet."""
    there = next(folder for folder in (place, *place.parents) if folder.exists())
    return shutil.disk_usage(there).free


def is_full(problem: BaseException | None) -> bool:
    """Whether this, or what it came from, says that a disk is full: ours or the database's."""
    while problem is not None:
        if isinstance(problem, OSError) and problem.errno in _FULL:
            return True
        if getattr(problem, "sqlstate", "") == _DISK_FULL:
            return True
        problem = problem.__cause__ if isinstance(problem, Error | OSError) else None
    return False
