"""The linter knows groups that lead nowhere, words nobody can look for, and stages nobody opens at."""

from pathlib import Path

import pytest

from tests.rulebook.test_reading import folder, spoil
from tratativa.rulebook import reading
from tratativa.rulebook.lint import linting
from tratativa.rulebook.reading import BadRulebook

__all__ = ["folder"]


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("reasons.yaml", "  group: Nota fiscal\n", "  group: Notas\n", "fala do grupo `notas`, que não existe"),
        ("groups.yaml", "- label: Nota fiscal\n", "- label: Sem ninguém\n- label: Nota fiscal\n", "nenhum motivo diz"),
        ("groups.yaml", "- label: Nota fiscal\n", "- {label: Nota fiscal}\n- label: Nota fiscal\n", "já foi usado"),
        ("reasons.yaml", "said_as: [nota errada,", "said_as: [Nota Errada, nota errada,", "está escrito duas vezes"),
        ("reasons.yaml", "said_as: [nota errada,", "said_as: ['!?', nota errada,", "não tem letras"),
        ("reasons.yaml", "order_stages: [paid, ", "order_stages: [received, paid, ", "nenhum caso se abre"),
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_named_with_its_line(folder: Path, name: str, old: str, new: str, words: str) -> None:
    spoil(folder, name, old, new)

    found = linting.lint(reading.load(folder))

    assert any(words in problem.text and problem.file.endswith(name) for problem in found), found


def test_a_stage_that_is_none_is_named_with_the_nearest(folder: Path) -> None:
    spoil(folder, "reasons.yaml", "order_stages: [paid, ", "order_stages: [payed, ")

    with pytest.raises(BadRulebook) as bad:
        reading.load(folder)

    assert "você quis dizer `paid`?" in str(bad.value)


def test_a_rulebook_that_never_had_groups_keeps_its_digest(folder: Path) -> None:
    (folder / "groups.yaml").write_text("[]\n")

    assert "groups" not in reading.load(folder).data
