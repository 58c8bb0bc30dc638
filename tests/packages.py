"""Packages of the system that tests use: installed where the user may do so without being asked for anything."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# A network that swallows everything must not hold the tests up: apt itself would wait two minutes for each source.
_HASTE = ["-o", "Acquire::http::Timeout=20", "-o", "Acquire::https::Timeout=20", "-o", "Acquire::Retries=0"]
_LONGEST = 600.0  # seconds


def install(package: str, what_for: str) -> None:
    """Installs a Debian package as root, or by a sudo that asks no password; elsewhere nothing happens."""
    before = _rights()
    if before is None or not shutil.which("apt-get"):
        return
    print(f"Instalando {package} para {what_for}…", file=sys.stderr)
    for arguments in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", package]):
        command = [*before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *_HASTE, *arguments]
        try:
            subprocess.run(command, stdout=subprocess.DEVNULL, timeout=_LONGEST)
        except subprocess.TimeoutExpired:
            print(f"{package} não foi instalado: o apt passou de {_LONGEST:.0f} s.", file=sys.stderr)
            return


def _rights() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


def found(program: str) -> Path | None:
    """Where a program is, in the administrator's folders too."""
    path = shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/local/sbin")
    return Path(path) if path else None
