"""The patterns of conduct: each finds its own examples, and whoever adds one wrongly is told where and why."""

import re

import pytest
import yaml

from tratativa.rulebook.conduct import patterns
from tratativa.rulebook.terms import folding, yaml_source
from tratativa.rulebook.terms.pattern_files import BadPatterns, parse

FILE = patterns.FOLDER / "x.yaml"
GOOD = """
words:
  money: [reais, conto, 'r\\$']
families:
- name: some-money
  says: fala-se de dinheiro
  patterns:
  - find: '\\d{1,4} <money>'
    matches: [30 reais, Só 20 CONTO]
"""


def test_every_pattern_finds_its_examples_and_spares_what_it_must_spare() -> None:
    walked = [(name, patterns.sheet(name), *one) for name in patterns.names() for one in patterns.sheet(name).walk()]

    assert len(walked) > 250
    for name, sheet, place, family, pattern in walked:
        expression = sheet.compiled(pattern)
        here = f"{name}.yaml, {family.name}, {place[-1]}"
        for example in pattern.matches:
            assert expression.search(folding.fold(example)), f"{here}: does not find «{example}»"
        for example in pattern.spares:
            assert not expression.search(folding.fold(example)), f"{here}: finds «{example}»"


def test_every_family_says_what_it_is_and_has_a_name_of_its_own() -> None:
    for name in patterns.names():
        sheet = patterns.sheet(name)
        families = [*sheet.families, *sheet.undoing]

        assert all(family.says for family in families), name
        assert len({family.name for family in families}) == len(families), name


def test_any_reader_of_yaml_reads_the_files_alike() -> None:
    for name in patterns.names():
        raw = (patterns.FOLDER / f"{name}.yaml").read_bytes()

        assert yaml.safe_load(raw) == yaml_source.read(raw, name).data


def test_a_file_that_is_right_is_read() -> None:
    sheet = parse(GOOD.encode(), FILE)

    assert sheet.any_of("some-money").search("so 20 conto")


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("<money>", "<mony>", 8, "`<mony>` não está em words"),
        ("{1,4}", "+", 8, "uma repetição sem fim"),
        ("{1,4}", "{2,}", 8, "uma repetição sem fim"),
        ("'r\\$'", "'(r'", 3, "não é uma expressão regular"),
        (", Só 20 CONTO", "", 9, "matches"),
        ("says:", "say:", 6, "você quis dizer `says`?"),
        ("some-money", "Some Money", 5, "name"),
        ("words:", "words_of: nowhere\nwords:", 2, "não há `nowhere.yaml`"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, line: int, words: str) -> None:
    with pytest.raises(BadPatterns) as raised:
        parse(GOOD.replace(old, new).encode(), FILE)

    told = str(raised.value)
    assert re.search(rf"^x\.yaml:{line}\b", told, re.MULTILINE), told
    assert words in told


def test_a_star_that_is_only_a_character_is_no_repetition() -> None:
    starred = GOOD.replace("'\\d{1,4} <money>'", "'[*+]\\+ ?\\*'")

    assert parse(starred.encode(), FILE)
