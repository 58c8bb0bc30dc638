"""The linter finds what reads well and does not work, and says where."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.rulebook.test_reading import folder, spoil
from tratativa.rulebook import reading, shipped
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.lint import linting

__all__ = ["folder"]


@pytest.mark.parametrize("name", shipped.names())
def test_shipped_rulebooks_have_nothing_to_mend(name) -> None:
    assert linting.lint(reading.load(shipped.FOLDER / name)) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("deadlines.yaml", "offer: Falar com a Americanas", "offer: Falar com o gerente", "não está em actions.yaml"),
        ("deadlines.yaml", "customer: parceiro-nao-respondeu", "customer: aviso", "falta o texto templates/aviso.md"),
        ("actions.yaml", "history.offered: Falar com a Americanas", "history.offered: Chamar", "não existe em actions"),
        ("actions.yaml", "write: {field: mensagem", "write: {field: texto-livre", "lê o campo `texto-livre`"),
        ("actions.yaml", "if_field: cancelar-o-pedido", "if_field: cancela", "lê o campo `cancela`"),
        ("actions.yaml", "choices: {customer: Cliente, seller: Parceiro}", "choices: {}", "escolha sem `choices`"),
        ("actions.yaml", "label: A favor de", "label: Em benefício de", "lê o campo `a-favor-de`"),
        ("actions.yaml", "label: Decisão, type", "label: O que se decidiu, type", "lê o campo `decisao`"),
        ("actions.yaml", "cancels: cancelar-o-pedido, ", "", "diga `cancels: <campo>`"),
        ("actions.yaml", "benefits: a-favor-de, ", "", "não diz de que campo vem `benefits`"),
        ("actions.yaml", "{customer: Cliente, seller: Parceiro}", "{a: Cliente, b: Parceiro}", "escolha entre partes"),
        ("actions.yaml", "    - refund: {choice: reembolso, field: valor-do-reembolso}\n", "", "não devolve"),
        (
            "actions.yaml",
            "    - cancel_order: {asked_by: marketplace, if_field: cancelar-o-pedido}\n"
            "    - refund: {choice: reembolso, field: valor-do-reembolso}\n",
            "    - refund: {choice: reembolso, field: valor-do-reembolso}\n"
            "    - cancel_order: {asked_by: marketplace, if_field: cancelar-o-pedido}\n",
            "pede o reembolso antes do cancelamento",
        ),
        ("actions.yaml", "if_field: cancelar-o-pedido", "if_field: reembolso", "é um campo de tipo tick"),
        ("actions.yaml", "full: Tudo o que foi pago", "tudo: Tudo o que foi pago", "é uma escolha entre"),
        ("actions.yaml", ", field: valor-do-reembolso}", "}", "não diz em que campo"),
        ("deadlines.yaml", "- count: resposta-perdida", "- refund: {field: valor}", "ninguém preenche campos"),
        ("actions.yaml", "  otherwise: O atendimento já está aberto.\n", "", "não diz `otherwise`"),
        ("actions.yaml", "- label: Anotar", "- label: Encerrar atendimento", "já foi usado"),
        (
            "deadlines.yaml", "- label: Responder ao marketplace\n",
            "- {label: Ir, party: seller, starts: {mediated: true}, within: 9 days, stopped_by: [decidir-mediacao]}\n"
            "- label: Responder ao marketplace\n",
            "nenhuma ação de `stopped_by` é de `seller`",
        ),
        *(
            ("actions.yaml", "type: money, only_if", f"type: money, known_from: {source}, only_if", why)
            for source, why in (
                ("order.tracking", "enche um campo de tipo tracking ou text, e este é money"),
                ("order.totals", "não se conhece; talvez `order.total`"),
                ("cliente", "não se conhece"),
                ("action.Decidir mediação.Nada", "não é campo de um formulário"),
                ("action.Decidir mediação.Decisão", "não fica guardado"),
                ("action.Decidir mediação.Reembolso", "é de tipo choice, e este campo é money"),
            )
        ),
        ("reasons.yaml", "- label: Outros", "- do: [{count: nada}]\n  label: Outros", "conta `nada`"),
        ("reasons.yaml", "- label: Outros", "- do: [{note: {field: x}}]\n  label: Outros", "não preenche campos"),
        ("reasons.yaml", "- label: Outros", "- internal: true\n  label: Outros", "falta uma com `reveal`"),
        (
            "reasons.yaml", "- label: Outros",
            "- internal: true\n  do: [{tell: {customer: parceiro-nao-respondeu}}]\n  label: Outros",
            "não pode falar ao cliente",
        ),
        ("reasons.yaml", "- label: Devolução", "- label: Atraso na entrega", "já foi usado"),
        ("rulebook.yaml", "state: SP", "state: XX", "não conheço os feriados"),
        ("rulebook.yaml", '"08:00-18:00"', '"18:00-08:00"', "não entendi o horário"),
        ("rulebook.yaml", '["08:00-18:00"]', '["08:00-12:00", "11:00-18:00"]', "se sobrepõem"),
        ("rulebook.yaml", "America/Sao_Paulo", "America/Sao_Paolo", "fuso horário"),
        ("rulebook.yaml", "when: {case.waiting_on: customer}", "when: {case.critical: true}", "espera por `customer`"),
        ("rulebook.yaml", "    seller: {to: [customer, marketplace], customer_reads: ask}\n", "", "ninguém pode parar"),
        ("deadlines.yaml", "count: resposta-perdida", "count: atraso", "conta `atraso`, que não está em score.metrics"),
        ("deadlines.yaml", "    - count: resposta-perdida\n", "", "ninguém conta «Respostas perdidas»"),
        (
            "rulebook.yaml", "    opened_by:",
            "    channels: {seller: {only: [pagina], otherwise: Por aqui.}}\n    opened_by:", "`pagina` não é um canal",
        ),
        (
            "rulebook.yaml", "    opened_by:",
            "    channels: {partner: {only: [page], otherwise: Por aqui.}}\n    opened_by:", "`partner` não abre",
        ),
        ("rulebook.yaml", "    opened_by:", "    chat: true\n    opened_by:", "numa conversa o cliente lê tudo"),
        ("templates/parceiro-nao-respondeu.md", "{{ protocol }}", "{{ cpf }}", "usa `cpf`"),
    ],
)  # fmt: skip
def test_what_does_not_work_is_found(folder, name, old, new, words) -> None:
    spoil(folder, name, old, new)

    found = linting.lint(reading.load(folder))

    assert any(words in problem.text for problem in found), [str(problem) for problem in found]


@pytest.mark.parametrize(
    ("rulebook", "name", "old", "new", "words"),
    [
        ("casas-bahia", "rulebook.yaml", "refunds:\n", "refunds:\n  cancelled: by_itself\n", "já devolve ao cancelar"),
        ("compra-agora", "rulebook.yaml", "  cancelled: by_hand\n", "", "não devolve o dinheiro"),
        ("compra-agora", "deadlines.yaml", "public_reply", "public_reply\n  missed: [close]", "uma fila pode ainda"),
        ("compra-agora", "actions.yaml", "evidencias: evidencias", "evidencias: provas", "`share` fala de `provas`"),
        ("compra-agora", "actions.yaml", "valor: valor,", "quanto: valor,", "lê o campo `quanto`"),
        ("compra-agora", "actions.yaml", ", summary: resumo", "", "de que campo vem `summary`"),
        (
            "compra-agora", "playbooks/04-ruptura-do-pedido.yaml", "{refund: shortage}", "{refund: {field: valor}}",
            "um passo não tem formulário",
        ),
    ],
)  # fmt: skip
def test_what_does_not_work_elsewhere_is_found(tmp_path, rulebook, name, old, new, words) -> None:
    copy = tmp_path / rulebook
    shutil.copytree(shipped.FOLDER / rulebook, copy)
    spoil(copy, name, old, new)

    found = linting.lint(reading.load(copy))

    assert any(words in problem.text for problem in found), [str(problem) for problem in found]


def test_what_only_reports_count_is_counted(folder) -> None:
    spoil(folder, "deadlines.yaml", "    - count: resposta-perdida\n", "")
    spoil(folder, "rulebook.yaml", "  window: 60 days\n", "  window: 60 days\n  reports: resposta-perdida\n")

    assert not any("ninguém conta" in problem.text for problem in linting.lint(reading.load(folder)))


def test_a_legal_clock_that_pauses_is_found(folder) -> None:
    line = spoil(
        folder, "deadlines.yaml", "- label: Responder ao marketplace\n",
        "- label: Prazo legal\n  party: marketplace\n  starts: {opened: customer}\n  within: 5 days\n  legal: true\n"
        "  stopped_by: public_reply\n  pauses: {waiting_on: customer}\n\n- label: Responder ao marketplace\n",
    )  # fmt: skip

    (problem,) = linting.lint(reading.load(folder))

    assert (problem.file, problem.line) == ("americanas/deadlines.yaml", line)
    assert "prazo legal e não pausa" in problem.text


def test_a_condition_on_a_reason_that_does_not_exist_is_found_inside_unless_and_effects(folder) -> None:
    spoil(folder, "actions.yaml", "{case.mediation: ruled}", "{case.reason: Reembolso}")
    spoil(folder, "deadlines.yaml", "when: {case.mediation: asked}", "when: {case.reason: Garantia}")

    texts = [problem.text for problem in linting.lint(reading.load(folder))]

    assert any("`reembolso`" in text for text in texts)
    assert any("`garantia`" in text for text in texts)


def test_an_action_whose_reasons_its_condition_excludes_is_opened_by_none(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(shipped.FOLDER / "casas-bahia", tmp_path / "casas-bahia"))
    before = "- label: Recusar cancelamento\n  by: seller\n  when: {"
    line = spoil(folder, "actions.yaml", before, f"{before}case.reason: Dúvida, ")

    (problem,) = linting.lint(reading.load(folder))

    assert (problem.file, problem.line) == ("casas-bahia/actions.yaml", line)
    assert "nenhum motivo abre «Recusar cancelamento»" in problem.text


@pytest.mark.parametrize(
    ("law", "when", "told"),
    [
        (False, {}, "a exceção «Ouro» vale sempre"),
        (True, {"seller.tier": "ouro"}, "é um prazo legal, e a lei não tem exceções suas"),
        (False, {"case.reason": "nenhum"}, "fala de `nenhum`"),
    ],
)
def test_an_exception_that_is_none_is_told(law: bool, when: dict[str, str], told: str) -> None:
    loaded = reading.load(shipped.FOLDER / "essencial")
    rules = [dict(rule) for rule in loaded.data["deadlines"]]
    rules[0] |= {"legal": law, "for": [{"label": "Ouro", "when": when, "within": "4 hours"}]}
    book = Rulebook.model_validate({**loaded.data, "deadlines": rules})

    found = linting.lint(replace(loaded, book=book, data={**loaded.data, "deadlines": rules}))

    assert any(told in problem.text for problem in found)
