"""The linter says where a rulebook would have a seller refuse what the law gives the customer."""

import shutil
from pathlib import Path

import pytest

from tests.rulebook.test_reading import spoil
from tratativa.rulebook import reading, shipped
from tratativa.rulebook.lint import linting

GUARD = "when: {case.status: open, order.regret_window: closed}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the Casas Bahia rulebook, whose sellers may refuse a cancellation."""
    return Path(shutil.copytree(shipped.FOLDER / "casas-bahia", tmp_path / "casas-bahia"))


WAYS = """withdrawal:
  before_arrival: {reason: Cancelamento da compra}
  after_arrival: {reason: Devolução do produto}
"""


def complaints(folder: Path) -> list[str]:
    return [str(one) for one in linting.lint(reading.load(folder)) if "art. 49" in one.text]


@pytest.mark.parametrize(
    "when",
    [
        "when: {case.status: open}",
        "when: {case.status: open, order.regret_window: [open, closed]}",
        "when: {any: [{order.regret_window: closed}, {order.stage: delivered}]}",
    ],
)
def test_a_refusal_inside_the_seven_days_of_regret_is_found_with_its_line(folder: Path, when: str) -> None:
    spoil(folder, "actions.yaml", GUARD, when)

    (complaint,) = complaints(folder)

    line = (folder / "actions.yaml").read_text("utf-8").splitlines().index("- label: Recusar cancelamento") + 1
    assert complaint.startswith(f"casas-bahia/actions.yaml:{line}:")
    assert "order.regret_window: closed" in complaint


def test_a_refusal_that_waits_for_the_window_in_every_alternative_is_fine(folder: Path) -> None:
    closed = "order.regret_window: closed"
    spoil(folder, "actions.yaml", GUARD, f"when: {{any: [{{{closed}, case.critical: true}}, {{{closed}}}]}}")

    assert complaints(folder) == []


def test_a_refusal_that_the_open_window_stands_in_the_way_of_is_fine(folder: Path) -> None:
    spoil(folder, "actions.yaml", GUARD, "when: {case.status: open}")
    stands = "    - {when: {order.regret_window: open}, why: O cliente ainda pode desistir.}\n"
    spoil(folder, "actions.yaml", "  help: Explique por que", f"{stands}  help: Explique por que")

    assert complaints(folder) == []


def test_between_companies_there_is_no_regret(folder: Path) -> None:
    spoil(folder, "actions.yaml", GUARD, "when: {case.status: open}")
    spoil(folder, "rulebook.yaml", "includes: [comercio-eletronico]\n", "")
    spoil(folder, "rulebook.yaml", WAYS, "")

    assert complaints(folder) == []


@pytest.mark.parametrize(
    ("ways", "says"),
    [
        ("withdrawal: {before_arrival: {reason: Nada}}\n", "`nada` não é um motivo que o cliente escolha"),
        ("withdrawal: {after_arrival: {reason: Dúvida, action: Nenhuma}}\n", "`nenhuma` não é uma ação do cliente"),
        (
            "withdrawal: {before_arrival: {reason: Dúvida, action: Recusar cancelamento}}\n",
            "`recusar-cancelamento` não é uma ação do cliente",
        ),
    ],
)
def test_a_way_to_withdraw_leads_to_what_a_customer_may_choose_and_do(ways: str, says: str, folder: Path) -> None:
    spoil(folder, "rulebook.yaml", WAYS, ways)

    assert [one.text for one in linting.lint(reading.load(folder))] == [says]


def test_a_condition_on_a_window_the_rulebook_does_not_give_is_told(folder: Path) -> None:
    spoil(folder, "rulebook.yaml", "includes: [comercio-eletronico]\n", "")
    spoil(folder, "rulebook.yaml", WAYS, "")

    said = {one.text for one in linting.lint(reading.load(folder))}

    assert "`order.regret_window` nunca está aberto aqui: diga o prazo em `withdrawal`" in said


def test_another_law_says_another_time(folder: Path) -> None:
    spoil(folder, "rulebook.yaml", WAYS, WAYS.replace("withdrawal:\n", "withdrawal:\n  within: 14 days\n"))

    rule = reading.load(folder).book.withdrawal

    assert rule is not None
    assert (str(rule.within), rule.source[:3]) == ("14 days", "CDC")
