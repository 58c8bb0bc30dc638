"""The process that reads for us: started when it is needed, ended when it takes too long, replaced when it dies."""

import contextlib
import os
import subprocess
import sys
import threading
from typing import Any

from tratativa.bounded import frames

# A child that has answered so often makes room for a fresh one: what leaked leaks no further.
_QUESTIONS = 2_000
# Nothing of ours is in its environment: no database, no key, no password. Where modules are found, and nothing else.
_KEPT = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH")


class Failed(Exception):
    """The work was not done: `reason` is «time», «died» or the name of what the work raised; its words are `why`."""

    def __init__(self, reason: str, why: str = "") -> None:
        """Either is a stranger's doing: for logs and tests, not for pages."""
        super().__init__(reason)
        self.reason = reason
        self.why = why


class Process:
    """One child for one kind of work. Questions wait for one another."""

    def __init__(self, work: str, *, patience: float, memory: int) -> None:
        """No child runs yet; `work` is `module:function`, `patience` in seconds, `memory` in bytes."""
        self._work = work
        self._memory = memory
        self._patience = patience
        self._turn = threading.Lock()
        self.child: subprocess.Popen[bytes] | None = None
        self._asked = 0

    def ask(self, question: Any) -> Any:
        """What the work answers, in plain values. Raises Failed."""
        with self._turn:
            answer = self._ask(question)
            if answer is None:  # by somebody else's hand, perhaps: nothing is put aside for that
                answer = self._ask(question)
        if answer is None:
            raise Failed("died")
        if "answer" not in answer:
            raise Failed(str(answer.get("failed")), str(answer.get("why")))
        return answer["answer"]

    def close(self) -> None:
        """Lets the child go."""
        with self._turn:
            self._end()

    def _ask(self, question: Any) -> dict[str, Any] | None:
        running = self._running()
        alarm = threading.Timer(self._patience, running.kill)
        alarm.start()
        answer = None
        try:
            frames.write(running.stdin, question)  # type: ignore[arg-type]
            answer = frames.read(running.stdout)  # type: ignore[arg-type]
        except (OSError, EOFError, ValueError, KeyError, TypeError, IndexError):
            answer = None
        finally:
            late = not alarm.is_alive()
            alarm.cancel()
        self._asked += 1
        if not isinstance(answer, dict) or self._asked >= _QUESTIONS:
            self._end()
        if isinstance(answer, dict):
            return answer
        return {"failed": "time"} if late else None

    def _running(self) -> "subprocess.Popen[bytes]":
        if self.child is None or self.child.poll() is not None:
            command = [sys.executable, "-m", "tratativa.bounded.child", self._work, str(self._memory)]
            env = {name: os.environ[name] for name in _KEPT if name in os.environ}
            self.child = subprocess.Popen(  # noqa: S603 - our own program
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, cwd="/", start_new_session=True
            )
            self._asked = 0
        return self.child

    def _end(self) -> None:
        if self.child is not None:
            self.child.kill()
            for pipe in (self.child.stdin, self.child.stdout):
                with contextlib.suppress(OSError):  # closing writes what the dead child never read
                    if pipe:
                        pipe.close()
            self.child.wait()
            self.child = None
