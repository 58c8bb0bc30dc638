"""Stories that prove something: spoil one rule of a rulebook, and a story about it fails."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.rulebook.test_reading import spoil
from tratativa.rehearsal import running, scripts
from tratativa.rulebook import reading, shipped

SPOILED = [
    ("abertura", "rulebook.yaml", "order: required", "order: optional"),
    ("abertura", "rulebook.yaml", "order_stage_from: paid", "order_stage_from: received"),
    ("abertura", "rulebook.yaml", "when: {seller.delivery: own}", "when: {}"),
    ("abertura", "rulebook.yaml", "opened_by: [customer, seller, marketplace]", "opened_by: [customer, seller]"),
    ("abertura", "deadlines.yaml", "within: 1 business day", "within: 24 hours"),
    ("conversas", "rulebook.yaml", "customer_reads: ask", "customer_reads: always"),
    ("conversas", "rulebook.yaml", "max_size: 2 MiB", "max_size: 3 MiB"),
    ("conversas", "rulebook.yaml", "seller: {to: [customer, marketplace]", "seller: {to: [customer]"),
    ("conversas", "actions.yaml", "- note: {field: texto}", "- write: {field: texto, to: customer}"),
    ("prazos", "deadlines.yaml", "first_of: [12 business hours, 24 hours]", "first_of: [12 business hours, 25 hours]"),
    ("prazos", "deadlines.yaml", "first_of: [12 business hours, 24 hours]", "last_of: [12 business hours, 24 hours]"),
    ("prazos", "deadlines.yaml", "    - count: resposta-perdida\n", ""),
    ("prazos", "deadlines.yaml", "warn_at: 75%", "warn_at: 99%"),
    ("prazos", "deadlines.yaml", "case.mediation: {not: asked}", "case.mediation: asked"),
    ("mediacao", "deadlines.yaml", "    - offer: Falar com a Americanas\n", ""),
    ("mediacao", "deadlines.yaml", ", when: {case.mediation: {not: asked}}", ""),
    ("mediacao", "actions.yaml", "  when: {history.offered: Falar com a Americanas}\n", ""),
    ("mediacao", "actions.yaml", "    - mediate\n", ""),
    ("mediacao", "actions.yaml", ", if_field: cancelar-o-pedido", ""),
    ("mediacao", "actions.yaml", "    - close: A mediação foi decidida\n", ""),
    ("encerramento", "rulebook.yaml", "after: 120 hours", "after: 96 hours"),
    ("encerramento", "rulebook.yaml", "after: 120 hours", "after: 121 hours"),
    ("encerramento", "rulebook.yaml", ", when: {history.customer_answered: true}}", "}"),
    ("encerramento", "rulebook.yaml", "within: 2160 hours", "within: 2208 hours"),
    ("encerramento", "rulebook.yaml", "within: 2160 hours", "within: 88 days"),
    ("filtros", "rulebook.yaml", "label: Aguardando parceiro", "label: Aguardando cliente"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("story", "file", "old", "new"), SPOILED)
def test_a_spoiled_rule_fails_a_story(tmp_path: Path, story: str, file: str, old: str, new: str) -> None:
    folder = Path(shutil.copytree(shipped.FOLDER / "americanas", tmp_path / "americanas"))
    spoil(folder, file, old, new)
    reading.load(folder)  # spoiled, and still a rulebook

    stories = scripts.read(folder / "scenarios" / f"{story}.yaml")

    assert any(running.play(replace(one, folder=folder)) for one in stories)
