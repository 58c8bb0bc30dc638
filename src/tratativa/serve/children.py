"""Children: processes that hear when their parent dies, however it dies."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1


def start(
    command: Sequence[str],
    *,
    dying: signal.Signals,
    env: Mapping[str, str],
    user: tuple[int, int] | None = None,
    fds: Sequence[int] = (),
    output: IO[bytes] | None = None,
    cwd: Path | None = None,
) -> "subprocess.Popen[bytes]":
    """Starts a process that is sent `dying` if this one is killed; `user` is a uid and gid to become.

    It gets a session of its own, so Ctrl-C reaches only the parent, which then stops its children in order.
    Call it from a thread that lives as long as the process should: Linux watches the thread, not the process.
    """
    identity = {"user": user[0], "group": user[1], "extra_groups": [user[1]]} if user else {}
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]  # noqa: S603 – our own programs
        list(command),
        env=dict(env),
        pass_fds=tuple(fds),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        cwd=cwd,
        start_new_session=True,
        preexec_fn=_watch(os.getpid(), dying),
        **identity,
    )


def _watch(parent: int, dying: signal.Signals) -> Callable[[], None] | None:
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl

    def watch() -> None:
        prctl(PR_SET_PDEATHSIG, int(dying))
        if os.getppid() != parent:  # it died between the fork and the line above
            os._exit(1)

    return watch
