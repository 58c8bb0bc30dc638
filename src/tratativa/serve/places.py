"""Places: where an installation keeps its data, and whether it may."""

import contextlib
import os
import pwd
import secrets
from pathlib import Path

from tratativa.config import reasons
from tratativa.config.saying import gettext as _
from tratativa.config.trouble import Trouble

# What an installation keeps in its folder, the demonstration's own apart.
OURS = ("postgres", "files", "static", "arriving", "keys", "ledger", "reserve", "lock", "address", "secret", "site")
DEMO = "demo"


def data_home() -> Path:
    """`TRATATIVA_DATA`, else `/var/lib/tratativa` for root, else `~/.local/share/tratativa`.

    An empty or missing HOME is looked up in the user database, as the shell does at login.
    """
    named = os.environ.get("TRATATIVA_DATA", "")
    if named:
        return Path(named).absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/tratativa")
    return _user_home() / ".local" / "share" / "tratativa"


def _user_home() -> Path:
    home = os.environ.get("HOME", "")
    if not home:
        try:
            home = pwd.getpwuid(os.geteuid()).pw_dir
        except KeyError:
            home = ""
    if not home or not Path(home).is_absolute():
        raise Trouble(
            "Não encontrei a sua pasta pessoal (HOME está vazia). Diga onde guardar os dados com "
            "--data PASTA ou TRATATIVA_DATA=PASTA."
        )
    return Path(home)


def make(folder: Path) -> Path:
    """The folder, made if missing; others' folders are never given another mode.

    Raises Trouble when it cannot be made or written.
    """
    try:
        missing = [part for part in (folder, *folder.parents) if not part.exists()]
        for part in reversed(missing):
            part.mkdir(mode=0o755, exist_ok=True)
            part.chmod(0o755)  # whatever the umask: the database's own user must get through
        probe = folder / f".probe-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as problem:
        raise Trouble(_cannot_write(folder, problem)) from problem
    return folder


def _cannot_write(folder: Path, problem: OSError) -> str:
    reason = reasons.system(problem)
    said = _(
        "Não consigo gravar em %(place)s (%(why)s). Libere espaço ou permissão, ou escolha outra pasta com --data "
        "PASTA ou TRATATIVA_DATA=PASTA."
    )
    return said % {"place": folder, "why": reason}


def secret(home: Path) -> str:
    """The installation's secret key, made once and kept in `<home>/secret`, readable by its owner only."""
    file = home / "secret"
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    except OSError as problem:
        raise Trouble(_cannot_write(home, problem)) from problem
    key = file.read_text().strip()
    if not key:
        said = _("O arquivo %(file)s está vazio. Apague-o e comece de novo: uma chave nova será criada.")
        raise Trouble(said % {"file": file})
    return key


def remember_site(home: Path, url: str) -> None:
    """Keeps the address people use, for the commands that write links; where nothing can be kept, so be it."""
    with contextlib.suppress(OSError):
        new = home / f"site.{os.getpid()}"
        new.write_text(url)
        new.rename(home / "site")


def site(home: Path) -> str:
    """The address people used last, or nothing: no desk has served these data yet."""
    try:
        return (home / "site").read_text().strip()
    except OSError:
        return ""
