"""Owner: the user PostgreSQL runs as, because it refuses to run as root."""

import os
import pwd
from pathlib import Path

from tratativa.config.trouble import Trouble

User = tuple[int, int]  # uid and gid


def of(folder: Path) -> User | None:
    """None when it is us; for root the owner of the data so far, else postgres, else nobody."""
    if os.geteuid() != 0:
        _have_a_name(os.geteuid())
        return None
    if folder.exists() and folder.stat().st_uid != 0:
        return folder.stat().st_uid, folder.stat().st_gid
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    return 65534, 65534


def give(folder: Path, user: User | None) -> None:
    """Hands a folder of ours to that user."""
    if user:
        os.chown(folder, *user)


def _have_a_name(uid: int) -> None:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        raise Trouble(
            f"O PostgreSQL não roda sob um usuário sem nome, e o de número {uid} não está em /etc/passwd. Crie-o, "
            "ou defina DATABASE_URL."
        ) from None
