"""A stale server: what a killed supervisor or server leaves in a data folder, and how it is made to go."""

import contextlib
import os
import signal
import time
from pathlib import Path

PROC = Path("/proc")
WAIT = 0.05  # seconds between two looks


def clear(data: Path, socket_lock: Path) -> None:
    """Waits for orphaned servers of `data` to leave, and removes lock files that name strangers.

    The caller holds the folder's lock, so whoever still works in it is an orphan on its way out.
    """
    if not PROC.exists():
        return  # no way to tell a stranger: PostgreSQL decides by itself
    chief_file = data / "postmaster.pid"
    while orphans := _servers_in(data):
        chief = _first_line(chief_file)
        # A fast stop for a whole server; if only the processes of single connections are left, they quit.
        stop, whom = (signal.SIGINT, [int(chief)]) if chief in map(str, orphans) else (signal.SIGQUIT, orphans)
        for pid in whom:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, stop)
        time.sleep(WAIT)
    for lock in (chief_file, socket_lock):
        if (PROC / (_first_line(lock) or "none")).exists():  # a reused number: PostgreSQL would refuse to start
            lock.unlink(missing_ok=True)


def _servers_in(folder: Path) -> list[int]:
    """Every PostgreSQL process that stands in this folder, as a server and its children do in their data."""
    found = []
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                there = (entry / "cwd").readlink() == folder.resolve()
                if there and (entry / "comm").read_text().strip() == "postgres":
                    found.append(int(entry.name))
    return found


def _first_line(file: Path) -> str:
    try:
        return file.read_text().splitlines()[0].strip().lstrip("-")
    except (OSError, IndexError):
        return ""
