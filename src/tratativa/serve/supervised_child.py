"""A supervised child: what dies is started again, ever more slowly while it keeps dying."""

import signal
import subprocess
import time
from collections.abc import Callable

LONGEST_PAUSE = 30.0  # seconds between two starts of what keeps dying
LOOK_EVERY = 0.05  # seconds
SOUND_AFTER = 30.0  # seconds alive after which the next death is the first again


class Kept:
    """One child: how it is started, and when it may be started next."""

    def __init__(self, name: str, start: Callable[[], "subprocess.Popen[bytes]"]) -> None:
        """`start` starts the process and returns at once."""
        self.name = name
        self._start = start
        self._pause = 0.0
        self._next = 0.0
        self._began = 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def tend(self, now: float) -> str | None:
        """Starts it if it is not there and may be; returns a sentence when it was found dead.

        `now` is in seconds of a monotonic clock.
        """
        if self.process is not None:
            status = self.process.poll()
            if status is None:
                return None
            self.process = None
            if now - self._began >= SOUND_AFTER:
                self._pause = 0.0
            self._slow_down(now)
            return f"{self.name} terminou ({_status(status)}) e será reiniciado."
        if now < self._next:
            return None
        self._began = now
        try:
            self.process = self._start()
        except OSError as problem:
            self._slow_down(now)
            return f"{self.name} não começou: {problem}."
        return None

    def ask_to_stop(self) -> None:
        """Sends SIGTERM."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def see_stop(self, patience: float, hurry: Callable[[], bool]) -> None:
        """Waits that many seconds, or until `hurry` says so, then kills."""
        if self.process is None:
            return
        end = time.monotonic() + patience
        while self.process.poll() is None:
            if time.monotonic() > end or hurry():
                self.process.kill()
                self.process.wait()
            time.sleep(LOOK_EVERY)

    def _slow_down(self, now: float) -> None:
        self._next = now + self._pause
        self._pause = min(LONGEST_PAUSE, self._pause * 2 or 0.5)


def _status(status: int) -> str:
    return f"sinal {-status}" if status < 0 else f"status {status}"
