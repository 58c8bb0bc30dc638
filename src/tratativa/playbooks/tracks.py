"""Tracks: what a run leaves behind at every stop it is answered at, so that a step can be taken back."""

from datetime import datetime
from typing import Any

from tratativa.playbooks.models import Run

# As many steps back as anybody means; a run that goes in circles must not grow without end.
LONGEST = 50


def leave(run: Run, at: datetime) -> None:
    """Keeps where the run stands, as it is about to be answered."""
    track: dict[str, Any] = {
        "playbook": run.at_playbook, "step": run.step, "back": run.back, "path": len(run.path), "shown": run.shown,
        "calls": run.calls, "request": str(run.request_id or ""), "child": str(run.child_id or ""),
        "at": at.isoformat(), "did": [],
    }  # fmt: skip
    run.trail = [*run.trail, track][-LONGEST:]


def did(run: Run, label: str) -> None:
    """Remembers that something left the desk on the way to the next stop: that step is not taken back."""
    if run.trail:
        last = run.trail[-1]
        run.trail = [*run.trail[:-1], {**last, "did": [*last["did"], label]}]


def last(run: Run) -> dict[str, Any] | None:
    """The stop the run came from, or None at the first."""
    return run.trail[-1] if run.trail else None


def restore(run: Run) -> dict[str, Any]:
    """Puts the run where it stood before its last answer; what that stop waited for is the caller's to begin again."""
    track: dict[str, Any] = run.trail[-1]
    run.trail = run.trail[:-1]
    run.at_playbook, run.step, run.back = track["playbook"], track["step"], track["back"]
    run.path, run.shown, run.calls = run.path[: track["path"]], track["shown"], track["calls"]
    return track
