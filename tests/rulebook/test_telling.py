"""Texts that could be told with a hole in them: the linter names the place, the gap and what would prove it."""

import shutil
from pathlib import Path

import pytest

from tratativa.rulebook import reading, shipped
from tratativa.rulebook.lint import linting

RUPTURE = "playbooks/04-ruptura-do-pedido.yaml"
SURE = 'cases: {"0": sem-valor, unknown: sem-pedido, else: criar-voucher}'


def problems(tmp_path: Path, book: str, *changes: tuple[str, str, str]) -> list[str]:
    """What is wrong with a shipped rulebook after each change: file, old text, new text (no old text: added)."""
    folder = tmp_path / book
    shutil.copytree(shipped.FOLDER / book, folder)
    for file, old, new in changes:
        page = folder / file
        text = page.read_text() if page.exists() else ""
        assert old in text, old
        page.write_text(text.replace(old, new, 1) if old else text + new)
    return [str(problem) for problem in linting.lint(reading.load(folder))]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (SURE, "cases: {unknown: sem-pedido, else: criar-voucher}"),  # nought is no amount
        (SURE, 'cases: {"0": sem-valor, else: criar-voucher}'),  # an agent may answer what the desk does not know
        ("silence: voucher}\n  pagamento", "silence: criar-voucher}\n  pagamento"),  # one way past the check is enough
        ("check: order.shortage_cents", "check: order.total_cents"),
    ],
)
def test_an_amount_that_may_be_unknown_is_heard(tmp_path: Path, old: str, new: str) -> None:
    found = problems(tmp_path, "compra-agora", (RUPTURE, old, new))

    assert any(
        f"{Path(RUPTURE).name}:" in one and "diz `voucher`, que aqui pode não ser conhecido" in one for one in found
    )


def test_a_check_of_the_order_proves_the_order(tmp_path: Path) -> None:
    without = problems(tmp_path, "compra-agora", (RUPTURE, '"false": conta-sem-pedido', '"false": financeiro'),
                       (RUPTURE, "Já informei: conta,", "Já informei: financeiro,"))  # fmt: skip

    assert any("retorno-do-financeiro.md diz `order`" in one for one in without)
    assert not any("voucher-criado" in one for one in without)


def test_an_action_proves_what_its_when_asks_for(tmp_path: Path) -> None:
    action = """
- label: Avisar do pedido
  by: marketplace
  when: {case.status: open%s}
  otherwise: O chamado está encerrado.
  do: [{tell: {customer: sobre-o-pedido}}]
"""
    text = ("templates/sobre-o-pedido.md", "", "Olá, {{ customer }}: é sobre o pedido {{ order }}.")

    bare = problems(tmp_path / "a", "compra-agora", ("actions.yaml", "", action % ""), text)
    asked = problems(tmp_path / "b", "compra-agora", ("actions.yaml", "", action % ", order.known: true"), text)
    staged = problems(
        tmp_path / "c", "compra-agora", ("actions.yaml", "", action % ", order.stage: {before: delivered}"), text
    )

    assert any("sobre-o-pedido.md diz `order`" in one for one in bare)
    assert not any("`customer`" in one for one in bare)
    assert asked == staged == []


def test_where_every_case_has_an_order_a_text_may_speak_of_it(tmp_path: Path) -> None:
    optional = problems(tmp_path, "americanas", ("rulebook.yaml", "order: required", "order: optional"))

    assert any("parceiro-nao-respondeu.md diz `order`" in one and "deadlines.yaml:" in one for one in optional)


def test_a_field_that_nobody_fills_in_there_and_a_gap_that_does_not_exist_are_heard(tmp_path: Path) -> None:
    found = problems(
        tmp_path, "madeiramadeira",
        ("templates/lojista-nao-respondeu.md", "", "\nPrazo: {{ campo.prazo }}"),
        ("templates/data-da-coleta.md", "", "\nAté {{ due }}"),
    )  # fmt: skip

    assert any("lojista-nao-respondeu.md usa `campo.prazo`, que aqui ninguém preenche" in one for one in found)
    assert any("data-da-coleta.md usa `due`" in one for one in found)


def test_a_text_of_which_nothing_might_be_left_is_heard(tmp_path: Path) -> None:
    found = problems(
        tmp_path, "madeiramadeira",
        ("templates/resposta.md", "{{ customer }}, {{ seller }} respondeu ao protocolo {{ protocol }}, sobre o pedido "
                                  "{{ order }}. O protocolo foi finalizado; escreva para reabri-lo.", ""),
    )  # fmt: skip

    assert any("resposta.md ficaria vazio" in one for one in found)
