"""The probe: what a confined child could still reach, tried from inside."""

import os
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tratativa.bounded.process import Process

SECRETS = ("DATABASE_URL", "TRATATIVA_SECRET_KEY", "TRATATIVA_SMTP_PASSWORD")


def look(asked: Mapping[str, Any]) -> dict[str, bool]:
    """By what it is: whether it could be reached. `asked` names a `file` to read, a `folder` to write, a `port`."""
    tries: dict[str, Callable[[], object]] = {
        "network": lambda: socket.create_connection(("127.0.0.1", int(asked["port"])), 1).close(),
        "sockets": lambda: socket.socket(socket.AF_UNIX).close(),
        "files": lambda: os.close(os.open(str(asked["file"]), os.O_RDONLY)),
        "folders": lambda: list(Path(str(asked["folder"])).iterdir()),
        "writing": lambda: os.close(os.open(f"{asked['folder']}/written", os.O_WRONLY | os.O_CREAT)),
        "programs": lambda: os.posix_spawn("/bin/true", ["true"], {}),
        "processes": _fork,
        "secrets": lambda: next(name for name in SECRETS if name in os.environ),
    }
    return {name: _reached(attempt) for name, attempt in tries.items()}


def reached(folder: Path) -> set[str]:
    """Starts a child as letters and pictures have it, and says what it reached; `folder` is one with data in it."""
    probe = Process("tratativa.bounded.probe:look", patience=20.0, memory=1024**3)
    file = folder / ".probed"
    try:
        with socket.create_server(("127.0.0.1", 0)) as door:
            file.write_bytes(b"data")
            asked = {"port": door.getsockname()[1], "file": str(file), "folder": str(folder)}
            return {name for name, could in probe.ask(asked).items() if could}
    finally:
        probe.close()
        file.unlink(missing_ok=True)
        (folder / "written").unlink(missing_ok=True)


def _fork() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _reached(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except (OSError, StopIteration):
        return False
    return True
