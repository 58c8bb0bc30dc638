"""The recipe for an effect in CONTRIBUTING, followed to the letter in a copy of the package."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import tratativa

ROOT = Path(__file__).resolve().parents[1]
SOURCE = Path(tratativa.__file__).parent
ACTION = """
- label: Agradecer
  by: seller
  do:
    - thank: Nós é que agradecemos.
"""


def blocks() -> dict[str, str]:
    """The code of the recipe, by the file it belongs into."""
    text = (ROOT / "CONTRIBUTING.md").read_text()
    return dict(re.findall(r"```\w+ ([\w/.]+)\n(.*?)```", text, re.DOTALL))


def test_an_effect_is_added_as_contributing_says_and_its_story_passes(tmp_path: Path) -> None:
    package = tmp_path / "src" / "tratativa"
    shutil.copytree(SOURCE, package, ignore=shutil.ignore_patterns("__pycache__", "static"))
    rulebook = tmp_path / "agradecida"
    shutil.copytree(SOURCE / "rulebooks" / "americanas", rulebook, ignore=shutil.ignore_patterns("scenarios"))
    with (rulebook / "actions.yaml").open("a") as actions:
        actions.write(ACTION)

    for path, code in blocks().items():
        file = rulebook / path if path.startswith("scenarios/") else package / path
        file.parent.mkdir(exist_ok=True)
        with file.open("a") as opened:
            opened.write("\n\n" + code)

    env = {**os.environ, "PYTHONPATH": str(tmp_path / "src")}
    command = [sys.executable, "-m", "tratativa.cli", "rulebook", "test", str(rulebook)]
    played = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, timeout=180)

    assert played.returncode == 0, played.stdout + played.stderr
    assert "1 passed, 0 failed" in played.stdout
