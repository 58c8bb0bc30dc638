"""The words that tell machines from people stand in files: each pattern finds its examples, whatever the case."""

import re
from pathlib import Path

import pytest

from tratativa.mail.reading import senders
from tratativa.rulebook.terms import pattern_files

FILES = sorted(Path(senders.__path__[0]).glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_pattern_finds_its_examples_and_spares_what_people_write(file: Path) -> None:
    sheet = pattern_files.read(file)

    for _place, family, pattern in sheet.walk():
        expression = re.compile(sheet.filled(pattern.source), re.IGNORECASE | re.MULTILINE)
        assert all(expression.search(example) for example in pattern.matches), family.name
        assert not any(expression.search(example) for example in pattern.spares), family.name


def test_the_files_are_there() -> None:
    assert [file.stem for file in FILES] == ["systems", "titles"]
