"""Beginning the demonstration anew: what runs is stopped, and only what we made is removed."""

import fcntl
import os
import shutil
import signal
import time
from pathlib import Path

from tratativa.config.trouble import Trouble
from tratativa.serve import places

PATIENCE = 60.0  # seconds for the running demonstration to stop


def reset(home: Path) -> str:
    """Stops whatever runs on `home`, removes its data, and says so. Raises Trouble when it does not stop."""
    if not (home / "lock").exists():
        return f"Não há dados da demonstração em {home}. Nada a apagar."
    with (home / "lock").open("r+") as lock:
        _wait_for(lock.fileno(), home)
        for name in places.OURS:
            path = home / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    if not any(home.iterdir()):
        home.rmdir()
    return f"Dados da demonstração apagados de {home}."


def _wait_for(lock: int, home: Path) -> None:
    end = time.monotonic() + PATIENCE
    asked = False
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = (home / "lock").read_text().strip()
            if time.monotonic() > end or not holder.isdigit():
                raise Trouble(
                    f"A demonstração em {home} não parou (processo {holder}). Pare-a e tente de novo."
                ) from None
            if not asked:
                os.kill(int(holder), signal.SIGTERM)
                asked = True
            time.sleep(0.1)
        else:
            return
