"""The handbook says what the code does: its generated pages are fresh, and the paths it names are there."""

import os
import re
from pathlib import Path

import pytest

from tools.handbook import handbook_pages
from tratativa.config.variables import VARIABLES

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "tratativa"


@pytest.mark.parametrize("path", ["docs/reference.md", "docs/map.md", "docs/map.svg"])
def test_a_generated_page_says_what_the_code_says(path: str) -> None:
    assert handbook_pages.holds(ROOT / path, handbook_pages.all_pages(ROOT)[path]), "run `python -m tools.handbook`"


@pytest.mark.parametrize("page", ["docs/where.md", "CONTRIBUTING.md"])
def test_every_path_a_page_names_is_there(page: str) -> None:
    named = set(re.findall(r"`((?:[a-z_]+/)+[a-z_]*\.\w+|(?:[a-z_]+/){2,})`", (ROOT / page).read_text()))

    missing = {path for path in named if not any((base / path).exists() for base in (SOURCE, ROOT))}
    assert named
    assert not missing


def test_every_environment_variable_the_code_reads_is_described_and_no_other() -> None:
    read = set()
    for file in SOURCE.rglob("*.py"):
        read |= set(re.findall(r'(?:environ\.get|flag)\(\s*"((?:TRATATIVA|DATABASE)_\w+)"', file.read_text()))

    assert read == set(VARIABLES)
    assert not {name for name in os.environ if name.startswith("TRATATIVA_") and name not in VARIABLES}
