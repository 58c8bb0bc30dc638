"""Guided procedures: what the linter hears, how a run walks and replays, and the picture it draws of itself."""

import shutil
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tratativa.cli.rulebook_commands import rulebook
from tratativa.rulebook import reading, shipped
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.lint import linting
from tratativa.rulebook.procedures import diagram, walking
from tratativa.rulebook.procedures.walking import Position

FOLDER = shipped.FOLDER / "compra-agora"
BOOK = reading.load(FOLDER).book


def spoiled(tmp_path: Path, file: str, old: str, new: str) -> list[str]:
    folder = tmp_path / "compra-agora"
    shutil.copytree(FOLDER, folder)
    page = folder / "playbooks" / file
    text = page.read_text()
    assert old in text
    page.write_text(text.replace(old, new, 1))
    return [str(problem) for problem in linting.lint(reading.load(folder))]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("Não: fim}", "Não: lugar-nenhum}", "«Não» não tem caminho: o passo `lugar-nenhum` não existe"),
        ("answers: {Finalizar: encerrar}", "answers: {Finalizar: fim}", "`fim` é um beco sem saída"),
        ("goto: Alterar cadastro", "goto: Outro roteiro", "não existe o roteiro `Outro roteiro`"),
        ("to: KA,", "to: Ninguém,", "não existe a fila `Ninguém`"),
        ("    next: persiste", "    next: navegador", "`navegador` dá voltas sem parar"),
        ("Sim: ka, Não", "Sim: fim, Não", "ninguém chega ao passo `ka`"),
    ],
)
def test_the_linter_finds_where_a_procedure_leads_nowhere(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    found = spoiled(tmp_path, "13-senha.yaml", old, new)

    assert any(complaint in problem and "13-senha.yaml:" in problem for problem in found), found


def test_a_deadline_without_its_silence_and_a_check_without_all_its_values_are_heard(tmp_path: Path) -> None:
    ruptura = spoiled(tmp_path / "a", "04-ruptura-do-pedido.yaml", ", silence: voucher}", "}")
    pedidos = spoiled(tmp_path / "b", "05-pedidos.yaml", "paid: distribuidor-cancela, else: nao-receber}", "paid: fim}")

    assert any("falta `silence` em `then`" in problem for problem in ruptura)
    assert any("nem todo valor de `order.stage` tem caminho" in problem for problem in pedidos)


def test_who_waits_on_the_line_may_hang_up_and_the_step_says_what_then(tmp_path: Path) -> None:
    found = spoiled(tmp_path, "01-alterar-cadastro.yaml", "societario, silence: tarefa,", "societario,")

    assert any("não diz o que fazer se desligarem: falta `silence` em `then`" in problem for problem in found)


def test_withholding_the_reason_of_a_denial_is_warned_of_with_its_law() -> None:
    said = [str(warning) for warning in linting.warn(reading.load(FOLDER))]

    assert len(said) == 1
    assert "LGPD art. 20" in said[0]
    assert "CDC art. 43" in said[0]


def walk(book: Rulebook, name: str, answers: list[str], facts: Mapping[str, Any]) -> list[str]:
    """Answers a procedure's stops in turn; the steps it came through."""
    playbook = book.playbook(name)
    assert playbook is not None
    seen = []
    at = Position(playbook.id, playbook.start)
    walked = walking.begin(book, playbook, lambda: facts)
    for answer in [*answers, ""]:
        for passed in walked:
            at = passed.position
            seen.append(at.step)
        if answer:
            walked = walking.go_on(book, at, answer, lambda: facts)
    return seen


def test_a_procedure_jumps_to_another_and_comes_back_to_its_end() -> None:
    seen = walk(BOOK, "Senha", ["Recuperar senha", "Não", "Ambos", "Finalizar"], {})

    assert seen == ["problema", "acesso", "cadastro", "acesso", "pelo-site", "fim", "encerrar", "encerrar"]


@pytest.mark.parametrize(
    ("stage", "answers", "came"),
    [
        (
            "paid",
            ["Cancelamento", "answered", "Possível cancelar", "Finalizar"],
            ["pedido", "etapa", "distribuidor-cancela", "cancelar", "possivel", "cancelado", "fim", "encerrar"],
        ),
        ("shipped", ["Cancelamento", "Finalizar"], ["pedido", "etapa", "nao-receber", "fim", "encerrar"]),
    ],
)
def test_a_check_goes_the_way_its_fact_says(stage: str, answers: list[str], came: list[str]) -> None:
    assert walk(BOOK, "Pedidos", answers, {"order.stage": stage}) == came


@pytest.mark.parametrize("playbook", BOOK.playbooks, ids=lambda one: one.id)
def test_every_procedure_draws_itself_whole_inside_its_frame(playbook: Any) -> None:
    root = ET.fromstring(diagram.svg(playbook, current=playbook.start))  # noqa: S314 - our own drawing
    space = "{http://www.w3.org/2000/svg}"
    steps = [group for group in root.iter(f"{space}g") if "diagram__step" in group.get("class", "")]
    boxes = [group.find(f"{space}rect") for group in steps]
    frames = [
        {key: float(box.get(key, 0)) for key in ("x", "y", "width", "height")} for box in boxes if box is not None
    ]

    assert len(frames) == len(playbook.steps)
    assert all(group.find(f"{space}title") is not None and group.get("tabindex") == "0" for group in steps)
    assert sum(group.get("aria-current") == "step" for group in steps) == 1
    assert all(one["x"] >= 0 and one["x"] + one["width"] <= float(root.get("width", 0)) for one in frames)
    assert all(one["y"] + one["height"] <= float(root.get("height", 0)) for one in frames)
    assert not any(_overlap(one, other) for n, one in enumerate(frames) for other in frames[n + 1 :])


def _overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    return (
        one["x"] < other["x"] + other["width"]
        and other["x"] < one["x"] + one["width"]
        and one["y"] < other["y"] + other["height"]
        and other["y"] < one["y"] + one["height"]
    )


def test_the_command_draws_a_procedure_and_names_those_there_are() -> None:
    drawn = CliRunner().invoke(rulebook, ["diagram", "compra-agora", "Crédito", "--current", "valor"])
    unknown = CliRunner().invoke(rulebook, ["diagram", "compra-agora", "Nada"])

    assert drawn.exit_code == 0
    assert 'aria-current="step"' in drawn.output
    assert unknown.exit_code != 0
    assert "Ruptura do pedido" in str(unknown.exception)
