"""The recipe for an effect in CONTRIBUTING, followed to the letter in a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ADOPTED = "src/tratativa/rulebooks/americanas"  # the rulebook the recipe names


def blocks() -> Iterator[tuple[str, str, bool]]:
    """The code of the recipe: the file it belongs into, the code, and whether that is among the file's imports."""
    text = (ROOT / "CONTRIBUTING.md").read_text()
    for path, where, code in re.findall(r"```\w+ ([\w/.]+)( imports)?\n(.*?)```", text, re.DOTALL):
        yield path, code, bool(where)


def put(file: Path, code: str, *, among_imports: bool) -> None:
    """Code where the recipe says it belongs: before the file's first import, or at its end."""
    file.parent.mkdir(exist_ok=True)
    there = file.read_text() if file.exists() else ""
    if among_imports:
        file.write_text(re.sub(r"^(?=from |import )", code.replace("\\", r"\\"), there, count=1, flags=re.MULTILINE))
    else:
        file.write_text(there + code)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project, with the recipe's code in it and nothing else done."""
    unread = shutil.ignore_patterns("__pycache__", "static")
    for folder in ("src", "docs", "tools"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=unread)
    for name in ("pyproject.toml", "README.md", "CONTRIBUTING.md"):
        shutil.copy(ROOT / name, tmp_path / name)
    for path, code, among_imports in blocks():
        of_rulebook = path.endswith(".yaml")
        file = tmp_path / (ADOPTED if of_rulebook else "src/tratativa") / path
        put(file, code, among_imports=among_imports)
    return tmp_path


def run(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A Python module run on the copy."""
    env = {**os.environ, "PYTHONPATH": f"{project / 'src'}{os.pathsep}{project}"}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-m", *command], env=env, cwd=project, capture_output=True, text=True, timeout=180
    )


def passes(project: Path, *command: str) -> None:
    done = run(project, *command)

    assert done.returncode == 0, done.stdout + done.stderr


def test_an_effect_is_added_as_contributing_says_and_its_story_passes(project: Path) -> None:
    story = project / ADOPTED / "scenarios" / "obrigado.yaml"
    others = [file for file in story.parent.iterdir() if file != story]
    for file in others:
        file.unlink() if file.is_file() else shutil.rmtree(file)

    played = run(project, "tratativa.cli", "rulebook", "test", ADOPTED)

    assert played.returncode == 0, played.stdout + played.stderr
    assert "Passaram: 1; falharam: 0." in played.stdout


def test_what_contributing_says_is_formatted_linted_and_in_the_reference(project: Path) -> None:
    assert run(project, "tools.handbook", "--check").returncode == 1
    assert "`thank`" not in (project / "docs" / "reference.md").read_text()

    passes(project, "ruff", "format", "src")  # the three of `make lint-fix` that read Python
    passes(project, "ruff", "check", "--fix", "src")
    passes(project, "tools.handbook")

    passes(project, "ruff", "format", "--check", "src")
    passes(project, "ruff", "check", "src")
    passes(project, "tools.handbook", "--check")
    assert "`thank`" in (project / "docs" / "reference.md").read_text()
