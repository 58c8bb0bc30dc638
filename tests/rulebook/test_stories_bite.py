"""Stories that prove something: spoil one rule of a rulebook, and a story about it fails."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.rulebook.test_reading import spoil
from tratativa.rulebook import reading, shipped
from tratativa.scenarios import running, script_reading

SPOILED = [
    ("americanas/abertura", "rulebook.yaml", "order: required", "order: optional"),
    ("americanas/abertura", "rulebook.yaml", "order_stage_from: paid", "order_stage_from: received"),
    ("americanas/abertura", "rulebook.yaml", "when: {seller.delivery: own}", "when: {}"),
    (
        "americanas/abertura",
        "rulebook.yaml",
        "opened_by: [customer, seller, marketplace]",
        "opened_by: [customer, seller]",
    ),
    ("americanas/abertura", "deadlines.yaml", "within: 1 business day", "within: 24 hours"),
    ("americanas/conversas", "rulebook.yaml", "customer_reads: ask", "customer_reads: always"),
    ("americanas/conversas", "rulebook.yaml", "max_size: 2 MiB", "max_size: 3 MiB"),
    ("americanas/conversas", "rulebook.yaml", "seller: {to: [customer, marketplace]", "seller: {to: [customer]"),
    ("americanas/conversas", "actions.yaml", "- note: {field: texto}", "- write: {field: texto, to: customer}"),
    (
        "americanas/prazos",
        "deadlines.yaml",
        "first_of: [12 business hours, 24 hours]",
        "first_of: [12 business hours, 25 hours]",
    ),
    (
        "americanas/prazos",
        "deadlines.yaml",
        "first_of: [12 business hours, 24 hours]",
        "last_of: [12 business hours, 24 hours]",
    ),
    ("americanas/prazos", "deadlines.yaml", "    - count: resposta-perdida\n", ""),
    ("americanas/prazos", "deadlines.yaml", "warn_at: 75%", "warn_at: 99%"),
    ("americanas/prazos", "deadlines.yaml", "case.mediation: {not: asked}", "case.mediation: asked"),
    ("americanas/mediacao", "deadlines.yaml", "    - offer: Falar com a Americanas\n", ""),
    (
        "americanas/mediacao",
        "deadlines.yaml",
        ", when: {case.mediation: {not: asked}, history.customer_waiting: false}",
        "",
    ),
    ("americanas/mediacao", "actions.yaml", "  when: {history.offered: Falar com a Americanas}\n", ""),
    ("americanas/mediacao", "actions.yaml", "    - mediate\n", ""),
    ("americanas/mediacao", "actions.yaml", ", if_field: cancelar-o-pedido", ""),
    ("americanas/mediacao", "actions.yaml", "    - close: A mediação foi decidida\n", ""),
    ("americanas/encerramento", "rulebook.yaml", "after: 120 hours", "after: 96 hours"),
    ("americanas/encerramento", "rulebook.yaml", "after: 120 hours", "after: 121 hours"),
    (
        "americanas/encerramento",
        "rulebook.yaml",
        ", when: {history.customer_answered: true, history.customer_waiting: false}}",
        "}",
    ),
    ("americanas/encerramento", "rulebook.yaml", "within: 2160 hours", "within: 2208 hours"),
    ("americanas/encerramento", "rulebook.yaml", "within: 2160 hours", "within: 88 days"),
    ("americanas/filtros", "rulebook.yaml", "label: Aguardando parceiro", "label: Aguardando cliente"),
    ("casas-bahia/cancelamento", "actions.yaml", "order.regret_window: closed}", "order.stage: delivered}"),
    (
        "casas-bahia/cancelamento",
        "actions.yaml",
        ", any: [{order.stage: {before: delivered}}, {order.regret_window: open}]",
        "",
    ),
    ("casas-bahia/cancelamento", "actions.yaml", "    - count: cancelamento-pelo-lojista\n", ""),
    (
        "casas-bahia/cancelamento",
        "actions.yaml",
        "    - cancel_order: {asked_by: customer}\n    - refund: full\n",
        "",
    ),
    ("casas-bahia/cancelamento", "actions.yaml", "    - Verifiquei se o pedido já foi despachado\n", ""),
    ("casas-bahia/entrega", "actions.yaml", "    - reschedule_delivery: {field: nova-data-de-entrega}\n", ""),
    (
        "casas-bahia/entrega",
        "actions.yaml",
        "    - {label: Nova data de entrega, type: date, not_before: today}",
        "    - {label: Nova data de entrega, type: date}",
    ),
    ("casas-bahia/entrega", "actions.yaml", "type: tracking, required: false", "type: tracking"),
    ("casas-bahia/devolucao", "actions.yaml", ", history.photos_received: true", ""),
    ("casas-bahia/devolucao", "actions.yaml", "history.photos_received: true", "history.asked: fotos"),
    ("casas-bahia/devolucao", "actions.yaml", "valid: 10 days", "valid: 9 days"),
    ("casas-bahia/devolucao", "rulebook.yaml", "[code_given, posted]", "[code_given]"),
    ("casas-bahia/devolucao", "rulebook.yaml", "[code_given, posted]", "[code_given, posted, received]"),
    ("casas-bahia/protocolo", "actions.yaml", "    - count: pedido-de-ajuda\n", ""),
    ("casas-bahia/entrega", "reasons.yaml", "  actions: [Confirmar endereço com cliente]\n", ""),
    ("casas-bahia/protocolo", "rulebook.yaml", "within: 720 hours", "within: 721 hours"),
    (
        "madeiramadeira/primeira-resposta",
        "rulebook.yaml",
        "critical: {case.channel: [Reclame Aqui, Redes sociais]}\n",
        "",
    ),
    ("madeiramadeira/primeira-resposta", "deadlines.yaml", "within: 24 hours", "within: 25 hours"),
    (
        "madeiramadeira/primeira-resposta",
        "deadlines.yaml",
        "within: 48 hours\n  when: {case.kind: protocolo, case.critical: false}",
        "within: 48 hours\n  when: {case.kind: protocolo}",
    ),
    (
        "madeiramadeira/primeira-resposta",
        "deadlines.yaml",
        "    - Responder ao cliente\n",
        "    - Responder ao cliente\n    - Anotar no histórico\n",
    ),
    (
        "madeiramadeira/primeira-resposta",
        "deadlines.yaml",
        "    - Responder ao cliente\n",
        "    - Responder ao cliente\n    - Registrar ligação\n",
    ),
    ("madeiramadeira/primeira-resposta", "actions.yaml", "    - mark_critical\n", "    - reopen\n"),
    ("madeiramadeira/primeira-resposta", "actions.yaml", "    - mediate\n    - count: mediacao\n", "    - mediate\n"),
    ("madeiramadeira/cancelamento", "deadlines.yaml", "within: 10 days", "within: 9 days"),
    ("madeiramadeira/cancelamento", "deadlines.yaml", "within: 15 days", "within: 15 business days"),
    ("madeiramadeira/cancelamento", "deadlines.yaml", "  when: {order.carrier: Correios}\n", ""),
    ("madeiramadeira/cancelamento", "actions.yaml", "    - hold_delivery\n", "    - reopen\n"),
    (
        "madeiramadeira/cancelamento",
        "actions.yaml",
        "    - confirm_return\n    - cancel_order: {asked_by: customer}\n",
        "    - confirm_return\n",
    ),
    ("madeiramadeira/canais", "deadlines.yaml", "within: 2 business days", "within: 48 hours"),
    (
        "madeiramadeira/canais",
        "actions.yaml",
        "    - log_call: {}\n",
        "    - write: {field: resultado, to: customer}\n",
    ),
    ("madeiramadeira/motivos", "actions.yaml", "    - close: O lojista respondeu ao cliente\n", ""),
    ("madeiramadeira/motivos", "actions.yaml", "    - tell: {customer: resposta}\n", ""),
    ("troque-e-devolva/atendimento", "rulebook.yaml", ", waits: ask", ""),
    ("troque-e-devolva/atendimento", "rulebook.yaml", "waits: ask", "waits: never"),
    ("troque-e-devolva/atendimento", "rulebook.yaml", "within: 43800 hours", "within: 90 days"),
    ("troque-e-devolva/atendimento", "rulebook.yaml", "visible_after_close: 90 days", "visible_after_close: 120 days"),
    ("troque-e-devolva/atendimento", "actions.yaml", "    - wait_for: marketplace\n", ""),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("story", "file", "old", "new"), SPOILED)
def test_a_spoiled_rule_fails_a_story(tmp_path: Path, story: str, file: str, old: str, new: str) -> None:
    rulebook, name = story.split("/")
    folder = Path(shutil.copytree(shipped.FOLDER / rulebook, tmp_path / rulebook))
    spoil(folder, file, old, new)
    reading.load(folder)  # spoiled, and still a rulebook

    stories = script_reading.read(folder / "scenarios" / f"{name}.yaml")

    assert any(running.play(replace(one, folder=folder)) for one in stories)
