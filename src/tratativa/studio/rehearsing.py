"""Rehearsing: a draft's stories are played by a process of their own, on a passing database, within time and memory.

Stories move the clock and every deadline with it, so that they never meet an installation's own rows. What plays them
is `tratativa rulebook test`, the same that is typed.
"""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from tratativa.accounts.people.team import Doer
from tratativa.cases.core import work
from tratativa.rulebook.folders import Files
from tratativa.studio import drafts
from tratativa.studio.models import Draft, Rehearsal

SECONDS = 300
LOST = timedelta(hours=1)  # far beyond what any may take, waiting included
GRACE = 20  # seconds to take the passing database down
MEMORY = 4 * 1024 * 1024  # KiB of addresses, of each process
LINES = 300
WIDTH = 600  # letters of a line
FAILURES, BEFORE = "failures.json", "before.json"  # beside the draft's folder, while it is played
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "PYTHONPATH", "SYSTEMROOT")  # of our environment
_END = re.compile(r"Passaram: (\d+); falharam: (\d+)\.")


@dataclass(frozen=True)
class Outcome:
    """What came of playing stories: how many passed and failed, and what was said; `stopped` before they ended."""

    passed: int
    failed: int
    told: list[str]
    stopped: bool

    @property
    def proves(self) -> bool:
        """Whether there are stories and all of them passed."""
        return self.passed > 0 and not self.failed and not self.stopped


def prove(files: Files) -> Outcome:
    """Plays the stories among these files, of a rulebook that is no draft."""
    with drafts.laid_out(files) as folder:
        lines, late = run(folder)
    return _outcome(lines, folder, late)


def ask(draft: Draft, *, by: Doer, at: datetime) -> Rehearsal:
    """Asks for the stories to be played; the one that waits or plays already, where one does."""
    assert by.person is not None  # a page's
    lost = Rehearsal.objects.filter(draft=draft, state="plays", asked_at__lt=at - LOST)
    lost.update(state="stopped", ended_at=at)  # what played it is gone without a word
    try:
        with transaction.atomic():
            asked = Rehearsal.objects.create(draft=draft, revision=draft.revision, asked_by=by.person, asked_at=at)
            work.ask("studio.rehearse", lock=work.heavy(draft.marketplace_id), rehearsal_id=asked.pk)
    except IntegrityError:
        return Rehearsal.objects.filter(draft=draft, state__in=("waits", "plays")).latest("asked_at")
    return asked


def last(draft: Draft) -> Rehearsal | None:
    """The one asked for last."""
    return draft.rehearsals.select_related("asked_by").order_by("-asked_at", "-id").first()


def play(key: uuid.UUID, *, now: Callable[[], datetime]) -> None:
    """Plays them and keeps what came of it; done twice it plays twice, and the second is kept."""
    asked = (
        Rehearsal.objects.select_related("draft__marketplace", "draft__base")
        .filter(pk=key, state__in=("waits", "plays"))
        .first()
    )
    if asked is None:
        return  # the draft was thrown away, or it is done
    Rehearsal.objects.filter(pk=key).update(state="plays", revision=asked.draft.revision)
    try:
        with drafts.laid_out(drafts.files(asked.draft)) as folder:
            lines, stopped = run(folder, before=asked.draft.base.source if asked.draft.base else "")
            failures = _heard(folder)
    except Exception:  # no room, no memory, a fault of ours: it can be asked for again
        Rehearsal.objects.filter(pk=key).update(state="stopped", ended_at=now())
        raise
    came = _outcome(lines, folder, stopped)
    Rehearsal.objects.filter(pk=key).update(
        state="stopped" if came.stopped else "done", passed=came.passed, failed=came.failed,
        told=failures or came.told, ended_at=now(),
    )  # fmt: skip


def _outcome(lines: list[str], folder: Path, late: bool) -> Outcome:
    """What `tratativa rulebook test` said, read; without the folder's own name."""
    end = next((found for line in reversed(lines) if (found := _END.fullmatch(line.strip()))), None)
    told = [" ".join(line.split())[:WIDTH] for line in lines if not _END.fullmatch(line.strip())][:LINES]
    plain = [line.replace(f"{folder}/", "").replace(f"{drafts.HOME}/", "") for line in told]
    return Outcome(int(end[1]) if end else 0, int(end[2]) if end else 0, plain, late or end is None)


def _heard(folder: Path) -> list[Any]:
    """What failed, each as a row: the story, its file and line, what it says and what came."""
    try:
        rows = json.loads((folder.parent / FAILURES).read_text())
    except (OSError, ValueError):
        return []
    return [{**one, "file": str(one["file"]).removeprefix(f"{drafts.HOME}/")} for one in rows[:LINES]]


def run(folder: Path, seconds: float = SECONDS, before: str = "") -> tuple[list[str], bool]:
    """What playing the stories of a folder said, line by line, and whether it was stopped for taking too long.

    What failed stands beside the folder. `before` are the rules the stories were written for, as a version keeps them.
    """
    bounded = f'ulimit -v {MEMORY}; ulimit -t {2 * SECONDS}; exec "$@"'
    command = ["sh", "-c", bounded, "sh", sys.executable, "-m", "tratativa.cli", "rulebook", "test", str(folder)]
    command += ["--failures", str(folder.parent / FAILURES)]
    if before:
        (folder.parent / BEFORE).write_text(before)
        command += ["--before", str(folder.parent / BEFORE)]
    env = {name: os.environ[name] for name in KEPT if name in os.environ} | {"PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(  # noqa: S603 - our own command on a folder of our own
        command, env=env, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    ) as playing:
        try:
            said, _none = playing.communicate(timeout=seconds)
            return said.decode(errors="replace").splitlines(), False
        except subprocess.TimeoutExpired:
            return _stop(playing), True


def _stop(playing: "subprocess.Popen[bytes]") -> list[str]:
    """Asks it to end, so that it takes its database down; then ends all of it."""
    os.kill(playing.pid, signal.SIGINT)
    try:
        said, _none = playing.communicate(timeout=GRACE)
    except subprocess.TimeoutExpired:
        said = b""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(playing.pid, signal.SIGKILL)
    return said.decode(errors="replace").splitlines()
