"""The drill, small: letters come in by both ways while those who take them are killed."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(("way", "letters"), [("imap", "80"), ("smtp", "40")])
def test_no_letter_is_lost_or_doubled_while_processes_die(
    way: str, letters: str, capsys: pytest.CaptureFixture[str]
) -> None:
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    options = ["--by", way, "--letters", letters, "--every", "2.5", "--patience", "150"]

    done = subprocess.run(
        [sys.executable, "-m", "tools.drill", *options],
        env=env, capture_output=True, text=True, timeout=200,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    assert "perdidas 0, dobradas 0, fora do lugar 0, alteradas 0" in done.stdout
    with capsys.disabled():
        print(f" [{done.stdout.splitlines()[0].partition(' por ')[2].partition(';')[0]}]", end="")
