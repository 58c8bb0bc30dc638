"""Stepping down: root opens the port and becomes the user the data belong to, for good.

Where that user cannot read the program or reach the data (a checkout or a Python under /root) nothing is half
started: `serve` goes on as root and says so, with the remedy; where TRATATIVA_USER names the user, it does not begin.
"""

import os
import pwd
import sys
from importlib.util import find_spec
from pathlib import Path

from tratativa.config.trouble import Trouble
from tratativa.serve import binaries, owner, places
from tratativa.serve.owner import User

OWN = "tratativa"  # the user a site makes for the desk
ROOT = "root"  # TRATATIVA_USER=root: somebody decided
_OURS = frozenset({*places.OURS, places.DEMO})


def step_down(home: Path) -> str:
    """Makes this process, if it is root's, the data's owner's. Returns what there is to tell, if there is anything.

    Raises Trouble where TRATATIVA_USER names a user that is not there, or that cannot serve these data.
    """
    named = os.environ.get("TRATATIVA_USER", "")
    if os.geteuid() != 0 or named == ROOT:
        return ""
    user = _named(named) if named else _likely(home)
    if hidden := _hidden(user, home):
        if named:
            raise Trouble(_cannot(user, hidden))
        return f"Continuo como root, o que não se deve fazer num site: {_cannot(user, hidden)}"
    _give(home, user)
    _become(user, home)
    return ""


def join(home: Path) -> None:
    """Makes this process, if it is root's, that of whoever the data belong to: what it writes is theirs."""
    if os.geteuid() != 0 or os.environ.get("TRATATIVA_USER") == ROOT or not home.exists():
        return
    found = home.stat()
    user = (found.st_uid, found.st_gid)
    if found.st_uid != 0 and not _hidden(user, home):
        _become(user, home)


def _likely(home: Path) -> User:
    """Whoever owns the data so far; else the desk's own user, else whom PostgreSQL would run as."""
    for folder in (home / "postgres", home):
        if folder.exists() and folder.stat().st_uid != 0:
            return folder.stat().st_uid, folder.stat().st_gid
    try:
        return _named(OWN)
    except Trouble:
        return owner.of(home / "postgres") or (os.geteuid(), os.getegid())


def _named(name: str) -> User:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        raise Trouble(f"Não há usuário «{name}» nesta máquina. Crie-o, ou mude TRATATIVA_USER.") from None
    return entry.pw_uid, entry.pw_gid


def _hidden(user: User, home: Path) -> Path | None:
    """What this user would have to read and cannot: the program's folders, or those above the data."""
    package = find_spec("tratativa")
    django = find_spec("django")
    program = [Path(sys.executable), Path(os.__file__).parent]
    program += [Path(found.origin).parent for found in (package, django) if found and found.origin]
    for path in program:
        if not binaries.reachable(path, user):
            return path.resolve()  # an environment's Python is a link: what is out of reach is where it leads
    above = next(folder for folder in home.absolute().parents if folder.exists())
    if not binaries.reachable(above, user):
        return home
    others = [entry for entry in home.iterdir() if entry.name not in _OURS] if home.exists() else []
    foreign = home.exists() and home.stat().st_uid == 0 and others
    return others[0] if foreign else None


def _cannot(user: User, hidden: Path) -> str:
    name = pwd.getpwuid(user[0]).pw_name
    return (
        f"o usuário {name}, que serviria, não alcança {hidden}. Instale o programa e guarde os dados onde ele leia "
        "(uma pasta só da mesa, fora de /root), ou diga outro com TRATATIVA_USER=usuário; TRATATIVA_USER=root serve "
        "como root assim mesmo."
    )


def _give(home: Path, user: User) -> None:
    """What root made there before belongs to whoever serves now; nothing else in the world changes hands."""
    home.mkdir(mode=0o755, parents=True, exist_ok=True)
    if home.stat().st_uid == 0:
        os.chown(home, *user)
    for entry in home.iterdir():
        if entry.name in _OURS and entry.lstat().st_uid == 0:
            for path in (entry, *(entry.rglob("*") if entry.is_dir() and not entry.is_symlink() else ())):
                os.chown(path, *user, follow_symlinks=False)


def _become(user: User, home: Path) -> None:
    os.setgroups([user[1]])
    os.setgid(user[1])
    os.setuid(user[0])
    os.environ["HOME"] = str(home)  # root's own is nobody else's to read
