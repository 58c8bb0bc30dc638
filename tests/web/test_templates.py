"""How templates are written: no line too wide to read, and no blank where a reader would see it."""

import re
from pathlib import Path

import pytest

import tratativa

SOURCES = Path(tratativa.__file__).parent
TEMPLATES = sorted(SOURCES.glob("*/templates/**/*.html"))
WIDEST = 120  # columns
# A sheet's `.words { white-space: pre-wrap }` shows every blank there is.
SHOWS_BLANKS = re.compile(r"^\.([\w-]+) \{[^}]*white-space: pre", re.MULTILINE)
WITHIN = {"prose", "piece__words"}  # what `.mark__said p` and `.piece p` find


def _name(path: Path) -> str:
    return path.relative_to(SOURCES).as_posix()


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_no_line_is_too_wide(path: Path) -> None:
    wide = [number for number, line in enumerate(path.read_text().splitlines(), 1) if len(line) > WIDEST]

    assert wide == []


def test_words_that_keep_their_blanks_get_none_from_the_template() -> None:
    sheets = "".join(path.read_text() for path in SOURCES.glob("*/styles/**/*.css"))
    names = set(SHOWS_BLANKS.findall(sheets)) | WITHIN
    element = re.compile(rf'<(\w+)[^<>]*class="[^"]*\b(?:{"|".join(names)})\b[^"]*"[^<>]*>(.*?)</\1>', re.DOTALL)

    found = [(_name(path), words) for path in TEMPLATES for _, words in element.findall(path.read_text())]

    assert names >= {"message__text", "bubble__text", "marked", "letter__text"}
    assert len(found) > 10
    assert [one for one in found if one[1] != one[1].strip()] == []
