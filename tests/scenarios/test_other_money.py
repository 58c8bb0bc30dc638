"""A story of a rulebook that is paid in another money: what is typed, told and written speaks of that one."""

import shutil
from pathlib import Path

import pytest

from tratativa.rulebook import shipped
from tratativa.scenarios import running, script_reading

pytestmark = pytest.mark.django_db

STORY = """scenario: Part of it comes back
order: {number: "9001", stage: delivered, total: 1500.00}
steps:
  - customer: {open: {reason: Produto com defeito, text: It came broken.}}
  - marketplace: {do: Devolver dinheiro ao cliente, with: {Quanto: Um valor, Valor: $40.00}}
  - expect: {customer: {sees: [Reembolso de $40.00 em andamento]}}
  - marketplace: {do: Devolver dinheiro ao cliente, with: {Quanto: Um valor, Valor: "1,500.00"}}
    refused: já foram devolvidos ou pedidos $40.00; restam $1,460.00
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copied = Path(shutil.copytree(shipped.FOLDER / "americanas", tmp_path / "americanas"))
    rules = copied / "rulebook.yaml"
    rules.write_text(
        rules.read_text("utf-8").replace("{currency: BRL, locale: pt_BR}", "{currency: USD, locale: en_US}")
    )
    return copied


def test_dollars_are_typed_and_told(folder: Path) -> None:
    story = folder / "scenarios" / "dollars.yaml"
    story.write_text(STORY, "utf-8")
    (scenario,) = script_reading.read(story)

    assert [str(failure) for failure in running.play(scenario)] == []
