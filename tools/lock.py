"""The lock: every package that is installed, by version and by the sha256 of its files, for all platforms.

    python -m tools.lock             # writes locked/*.txt anew where pyproject.toml asks for something else
    python -m tools.lock --upgrade   # newer versions of what pyproject.toml leaves open
    python -m tools.lock --stale     # says which lock is not of this pyproject.toml; needs neither uv nor network

`scripts/install` asks the last before anything is installed: this file needs Python alone.
"""

import hashlib
import json
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "locked"
OLDEST = "3.11"
_HEAD = "# Written by `python -m tools.lock` from what pyproject.toml asks for; digest of that: "


def asked(project: Path = ROOT) -> Mapping[str, Sequence[str]]:
    """What pyproject.toml asks for, by the name of the lock: to run the desk, to work on it, to build it."""
    said = tomllib.loads((project / "pyproject.toml").read_text())
    desk = said["project"]["dependencies"]
    dev = [*desk, *said["project"]["optional-dependencies"]["dev"]]
    return {"dev": dev, "desk": desk, "build": said["build-system"]["requires"]}


def stale(project: Path = ROOT) -> list[str]:
    """The locks that are not there, or were made for something else than this pyproject.toml asks for."""
    return [name for name, wanted in asked(project).items() if _made_for(project, name) != _head(wanted)]


def write(extra: Sequence[str] = ()) -> None:
    """Asks the package index, by uv; versions already locked stay. Raises CalledProcessError with uv's words told."""
    FOLDER.mkdir(exist_ok=True)
    for name, wanted in asked().items():
        lock = FOLDER / f"{name}.txt"
        # One version of a package in all three: the widest lock comes first, the others keep to it.
        within = [] if name == "dev" else ["--constraints", str(FOLDER / "dev.txt")]
        command = [
            sys.executable, "-m", "uv", "pip", "compile", "-", "--universal", "--python-version", OLDEST,
            "--generate-hashes", "--no-header", "--no-annotate", "--quiet", "--output-file", str(lock), *within, *extra,
        ]  # fmt: skip
        asking = "\n".join(wanted)
        subprocess.run(command, input=asking, text=True, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603
        lock.write_text(f"{_head(wanted)}\n{lock.read_text()}")


def _made_for(project: Path, name: str) -> str:
    lock = project / "locked" / f"{name}.txt"
    return lock.read_text().partition("\n")[0] if lock.exists() else ""


def _head(wanted: Sequence[str]) -> str:
    return _HEAD + hashlib.sha256(json.dumps([OLDEST, *wanted]).encode()).hexdigest()


def main(arguments: Sequence[str]) -> int:
    """The command; `--stale` ends with 1 where a lock is."""
    if "--stale" in arguments:
        if old := stale():
            print(f"pyproject.toml asks for something else than locked: {', '.join(old)}. Run python -m tools.lock.")
        return 1 if old else 0
    if stale() or arguments:
        write(arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
