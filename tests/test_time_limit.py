"""No test waits for ever: one that hangs fails, and says where every thread stood."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

HANGS = """
import threading

def wait_for_nobody():
    threading.Event().wait()

def test_waits():
    threading.Thread(target=wait_for_nobody, daemon=True).start()
    threading.Event().wait()
"""
ROOT = Path(__file__).parent.parent


def test_every_test_has_a_limit() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]

    assert 0 < asked["timeout"] <= 300


def test_a_test_that_hangs_fails_and_shows_every_thread(tmp_path: Path) -> None:
    (tmp_path / "test_hangs.py").write_text(HANGS)
    alone = [
        "-p",
        "no:django",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(tmp_path),
        "-o",
        "addopts=",
        "-c",
        os.devnull,
    ]

    done = subprocess.run(
        [sys.executable, "-m", "pytest", *alone, "--timeout", "1", str(tmp_path)],
        capture_output=True, text=True, timeout=100, cwd=tmp_path,
    )  # fmt: skip

    assert done.returncode == 1
    assert "Timeout (>1.0s)" in done.stdout
    assert "wait_for_nobody" in done.stdout + done.stderr
