"""Conduct's patterns: the files beside this one."""

from pathlib import Path

from tratativa.rulebook.terms import pattern_files
from tratativa.rulebook.terms.pattern_files import Sheet

FOLDER = Path(__file__).parent


def sheet(name: str) -> Sheet:
    """The patterns of `name.yaml`. Raises BadPatterns."""
    return pattern_files.read(FOLDER / f"{name}.yaml")


def names() -> list[str]:
    """Every file of patterns there is."""
    return sorted(file.stem for file in FOLDER.glob("*.yaml") if file.stem != "carriers")
