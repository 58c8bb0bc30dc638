"""A served desk for a drill: `tratativa serve` on a folder of its own, until the drill is over."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tratativa.config.trouble import Trouble

_PATIENCE = 120.0  # seconds for the desk to begin, or to stop


@contextmanager
def desk(home: Path, web: int) -> Iterator[int]:
    """The port of a desk with so many web processes. Raises Trouble where it does not begin."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = ["-m", "tratativa.cli", "serve", "--data", str(home), "--port", str(port), "--web", str(web)]
    desk = subprocess.Popen([sys.executable, *command], env=env, stdout=subprocess.PIPE, text=True)  # noqa: S603
    try:
        assert desk.stdout
        for line in desk.stdout:
            if line.startswith("Pronto"):
                break
        else:
            raise Trouble("A mesa não começou; o motivo está acima.")
        yield port
    finally:
        desk.terminate()
        desk.wait(_PATIENCE)
