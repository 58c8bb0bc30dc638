"""The drill, small: letters handed over while the listener and the workers are killed."""

import os
import subprocess
import sys


def test_no_letter_is_lost_or_doubled_while_processes_die() -> None:
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [
        sys.executable,
        "-m",
        "tratativa.config",
        "drill",
        "--letters",
        "60",
        "--every",
        "1.5",
        "--patience",
        "120",
    ]

    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=170)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "perdidas 0, dobradas 0, fora do lugar 0, alteradas 0" in done.stdout
