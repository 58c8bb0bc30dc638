"""Small disks: a file system of a few megabytes in memory, for what happens when a disk is full."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def mounted(mebibytes: int) -> Iterator[Path]:
    """A folder on a disk of its own of that size; where nobody may mount one, the test says so and is skipped."""
    folder = Path(tempfile.mkdtemp(prefix="tratativa-disk-"))
    asked = ["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m,mode=755", "tmpfs", str(folder)]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=20)
    if done.returncode != 0:
        folder.rmdir()
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], timeout=20, check=True)
        folder.rmdir()


def fill(place: Path, leave: int) -> Path:
    """Fills its disk until so many bytes are free; gives the file to delete."""
    filler = place / "filler"
    with filler.open("ab") as file:
        while (much := room_at(place) - leave) > 0:
            file.write(b"\0" * min(much, 1024**2))
            file.flush()
    return filler


def room_at(place: Path) -> int:
    """Bytes free."""
    import shutil

    return shutil.disk_usage(place).free
