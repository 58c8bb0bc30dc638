"""The handbook says what the code does: its generated pages are fresh, and the paths it names are there."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.handbook import handbook_pages
from tratativa.config.variables import VARIABLES

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "tratativa"
RULEBOOK = SOURCE / "rulebooks" / "americanas"  # a rulebook's folder, for the files every rulebook has
PAGES = sorted(
    str(page.relative_to(ROOT)) for page in (*ROOT.glob("docs/*.md"), *ROOT.glob("docs/adr/*.md"), *ROOT.glob("*.md"))
)
# A code of docs/rows.md, as K04-07 or M-R14.
ROW = re.compile(r"\b(?:[ACLMPT]-|M-R|K\d\d-)\d\d\b")


@pytest.mark.parametrize("path", ["docs/reference.md", "docs/map.md", "docs/map.svg"])
def test_a_generated_page_says_what_the_code_says(path: str) -> None:
    assert handbook_pages.holds(ROOT / path, handbook_pages.all_pages(ROOT)[path]), "run `python -m tools.handbook`"


@pytest.mark.parametrize("page", PAGES)
def test_every_path_a_page_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text()
    named = set(re.findall(r"`((?:[a-z_-]+/)+[a-z_]*\.\w+|(?:[a-z_]+/){2,})`", text))
    linked = {link.partition("#")[0] for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)\s]+)\)", text)}

    assert {path for path in named if not any((base / path).exists() for base in (SOURCE, ROOT, RULEBOOK))} == set()
    assert {link for link in linked if not ((ROOT / page).parent / link).exists()} == set()


def test_every_row_that_is_cited_is_told_and_no_other() -> None:
    told = re.findall(r"^\| (\S+) \|", (ROOT / "docs" / "rows.md").read_text(), re.MULTILINE)
    codes = [code for code in told if ROW.fullmatch(code)]
    cited = {code for file in _written() for code in ROW.findall(file.read_text(errors="replace"))}

    assert len(codes) == len(set(codes))
    assert set(codes) == cited


def _written() -> Iterator[Path]:
    """What people write of the project, but the page of the rows itself."""
    yield from (ROOT / page for page in PAGES if page != "docs/rows.md")
    for folder in ("src", "tests", "tools", "examples"):
        for kind in ("py", "yaml", "html", "css"):
            yield from (file for file in (ROOT / folder).rglob(f"*.{kind}") if "static" not in file.parts)


def test_every_environment_variable_the_code_reads_is_described_and_no_other() -> None:
    read = set()
    for file in SOURCE.rglob("*.py"):
        read |= set(re.findall(r'(?:environ\.get|flag)\(\s*"((?:TRATATIVA|DATABASE)_\w+)"', file.read_text()))

    assert read == set(VARIABLES)
    assert not {name for name in os.environ if name.startswith("TRATATIVA_") and name not in VARIABLES}
