"""Guarded reading: a letter is read in a child process with a time and a memory it cannot exceed.

A letter that makes the child hang or die takes that child with it; the next letter gets a new one.
"""

import contextlib
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import Any

from tratativa.mail.reading import child
from tratativa.mail.reading.letter import Letter
from tratativa.mail.reading.mime.parts import Unreadable
from tratativa.mail.reading.senders.triage import Correspondence

MEMORY = 1024**3  # bytes of address space; a letter with a file of 39 MB takes half of it
PATIENCE = 20.0  # seconds; the slowest honest letter takes one
# A child that has read this many letters makes room for a fresh one: what leaked leaks no further.
_LETTERS = 2_000
_DIED = "died"


class Reader:
    """One child and its pipes. Letters wait for one another: each takes milliseconds."""

    def __init__(self, *, patience: float = PATIENCE, memory: int = MEMORY) -> None:
        """No child runs yet."""
        self._memory = memory
        self._patience = patience
        self._turn = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._read = 0

    def read(self, raw: bytes, parents: Sequence[str] = (), known: Correspondence | None = None) -> Letter:
        """The letter, read. Raises Unreadable with the bound it passed: size, depth, parts, time, memory."""
        asked = (raw, list(parents), known or Correspondence())
        with self._turn:
            answer = self._ask(asked)
            if answer == _DIED:  # by somebody else's hand, perhaps: a letter is not put aside for that
                answer = self._ask(asked)
        if isinstance(answer, Letter):
            return answer
        raise Unreadable(str(answer))

    def close(self) -> None:
        """Lets the child go."""
        with self._turn:
            self._end()

    def _ask(self, asked: Any) -> Any:
        running = self._running()
        alarm = threading.Timer(self._patience, running.kill)
        alarm.start()
        try:
            child.write_frame(running.stdin, asked)  # type: ignore[arg-type]
            answer = child.read_frame(running.stdout)  # type: ignore[arg-type]
        except (OSError, EOFError, ValueError):
            answer = None
        finally:
            late = not alarm.is_alive()
            alarm.cancel()
        self._read += 1
        if answer is None or self._read >= _LETTERS:
            self._end()
        return answer if answer is not None else ("time" if late else _DIED)

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._child is None or self._child.poll() is not None:
            command = [sys.executable, "-m", "tratativa.mail.reading.child", str(self._memory)]
            self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
            self._read = 0
        return self._child

    def _end(self) -> None:
        if self._child is not None:
            self._child.kill()
            for pipe in (self._child.stdin, self._child.stdout):
                with contextlib.suppress(OSError):  # closing writes what the dead child never read
                    if pipe:
                        pipe.close()
            self._child.wait()
            self._child = None


READER = Reader()
