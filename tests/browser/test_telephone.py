"""An agent with a retailer on the line finishes procedures in a browser; the retailer touches no page."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests import retail
from tests.browser.conftest import Window, unsound
from tests.chromium import RESULTS
from tests.retail import Retail
from tratativa.accounts.actors import Actor
from tratativa.cases.acting import replying
from tratativa.cases.core import protocols
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.cases.queues import children

pytestmark = pytest.mark.browser


@pytest.fixture
def agora(transactional_db: None, server: str) -> Retail:
    return retail.gather(at=timezone.now())


def takes_the_call(agora: Retail, window: Window, reason: str, words: str) -> Page:
    """The agent finds the caller by CNPJ, chooses the order, notes what they say and starts the procedure."""
    page = window(agora.agent, "/cases/open", heard=False)  # axe styles what it measures
    page.get_by_label("CPF ou CNPJ do cliente").fill(retail.FLOWER)
    page.get_by_role("button", name="Buscar").click()
    expect(page.get_by_role("listitem").filter(has_text="100021 · Distribuidora Aliança")).to_be_visible()
    page.locator("main").get_by_label("Pedido").fill("100021")
    page.get_by_label("Por onde o cliente entrou em contato").select_option("phone")
    page.get_by_label("Assunto").select_option(label=reason)
    page.get_by_label("O que a pessoa disse").fill(words)
    page.get_by_role("button", name="Abrir", exact=True).click()
    expect(page.get_by_text("telefone, anotado por Iara").first).to_be_visible()
    page.locator("#run").get_by_role("button", name="Iniciar").click()
    return page


def chooses(page: Page, answer: str) -> None:
    with page.expect_navigation():
        page.locator("#run").get_by_role("button", name=answer).click()


def notes(page: Page) -> Locator:
    """The form the customer was asked, for the agent to fill in."""
    page.locator("#run").get_by_role("link", name="Respondido por telefone").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("radio", name="telefone")).to_be_checked()
    return dialog


def finishes(page: Page, why: str = "") -> None:
    """«Finalizar» is asked once; where a queue's answer was only told, it asks why."""
    run = page.locator("#run")
    run.locator("summary", has_text="Finalizar").click()
    if why:
        run.get_by_label("não foi repassada ao cliente").fill(why)
    with page.expect_navigation():
        run.get_by_role("button", name="Sim: Finalizar").click()
    expect(page.locator("main .badge", has_text="Finalizado").first).to_be_visible()


def answers(agora: Retail, page: Page, words: str, by: Actor) -> None:
    """The queue answers, and the news comes to the agent's page."""
    child = Case.objects.exclude(queue="").latest("opened_at")
    replying.reply(child, Message(words), by=by, at=timezone.now())
    children.catch_up(agora.marketplace.pk, at=timezone.now())
    page.reload()


def case() -> Case:
    return Case.objects.get(queue="")


def test_credit_is_asked_for_and_answered_by_telephone(agora: Retail, window: Window) -> None:
    page = takes_the_call(agora, window, "Crédito", "Quero mais limite.")
    page.screenshot(path=RESULTS / "telephone-asked.png", full_page=True)
    form = notes(page)
    form.get_by_label("Valor desejado").fill("15.000,00")
    form.get_by_role("button", name="Anotar a resposta").click()
    chooses(page, "Distribuidor")
    answers(agora, page, "Aprovado até R$ 9.000,00.", agora.vera)

    page.locator("#run").get_by_role("button", name="Repassar a resposta").click()
    expect(page.locator("[data-composer] [contenteditable]")).to_have_text("Aprovado até R$ 9.000,00.")
    page.screenshot(path=RESULTS / "telephone-passed-on.png", full_page=True)
    page.locator("[data-composer]").get_by_role("button", name="Enviar ao").click()
    expect(page.get_by_text("Aprovado até R$ 9.000,00.").first).to_be_visible()
    page.reload()
    finishes(page)

    assert not case().is_open and case().customer_in


def test_bank_data_are_told_by_telephone_and_sealed(agora: Retail, window: Window) -> None:
    page = takes_the_call(agora, window, "Reembolso", "Paguei e não recebi.")
    chooses(page, "À vista")
    chooses(page, "Pix ou boleto antecipado")
    form = notes(page)
    form.get_by_label("Conta", exact=True).fill("98765-4")
    form.get_by_label("Agência").fill("0321")
    form.get_by_role("button", name="Anotar a resposta").click()
    expect(page.locator("#run").get_by_text("Financeiro").first).to_be_visible()
    assert "98765-4" not in page.content()
    answers(agora, page, "Pago hoje.", agora.partner)
    finishes(page, why="Dita por telefone")

    assert case().entries.get(event="answer.kept").said == "Dita por telefone"


def test_evidence_sent_by_another_way_is_put_up_by_the_agent(agora: Retail, window: Window, tmp_path: Path) -> None:
    picture = tmp_path / "tela.txt"
    picture.write_text("erro 500")
    page = takes_the_call(agora, window, "Problemas no Site", "O site não finaliza.")
    chooses(page, "Erro ao finalizar")
    form = notes(page)
    form.get_by_role("radio", name="WhatsApp").check()
    form.get_by_label("Evidência", exact=True).set_input_files(picture)
    expect(form.get_by_text("tela.txt").first).to_be_visible()
    form.get_by_role("button", name="Anotar a resposta").click()
    expect(page.get_by_text("WhatsApp, anotado por Iara").first).to_be_visible()
    page.locator("#run").get_by_text("Voltar, parar ou recomeçar").click()
    page.locator("#run").get_by_label("Por quê").fill("Era outra tela.")
    with page.expect_navigation():
        page.locator("#run").get_by_role("button", name="Voltar um passo").click()
    expect(page.locator("#run").get_by_role("link", name="Respondido por telefone")).to_be_visible()
    chooses(page, "Seguir sem a resposta")
    finishes(page)

    assert not case().is_open


def test_a_suspicion_of_fraud_is_worked_without_a_word_to_whom_it_is_about(agora: Retail, window: Window) -> None:
    page = window(agora.agent, "/cases/open", heard=False)
    page.get_by_label("CPF ou CNPJ do cliente").fill(retail.FLOWER)
    page.get_by_label("Por onde o cliente entrou em contato").select_option("phone")
    page.get_by_label("Assunto").select_option(label="Suspeita de fraude")
    expect(page.get_by_text("Assunto interno:")).to_be_hidden()
    page.get_by_label("Da equipe, sobre o cliente").check()
    expect(page.get_by_text("Assunto interno:")).to_be_visible()
    page.get_by_label("Comentário").fill("Ligou alguém que não é o dono.")
    page.screenshot(path=RESULTS / "telephone-internal.png", full_page=True)
    assert unsound(page) == []
    page.get_by_role("button", name="Abrir", exact=True).click()
    expect(page.get_by_text("O cliente não pode saber deste atendimento ainda")).to_be_visible()
    page.locator("#run").get_by_role("button", name="Iniciar").click()
    chooses(page, "Varejista")
    page.locator("#run summary", has_text="Fraude constatada").click()
    expect(page.locator("#run").get_by_text("Isto não tem volta: Bloquear o cadastro.")).to_be_visible()
    page.screenshot(path=RESULTS / "telephone-for-good.png", full_page=True)
    assert unsound(page) == []
    with page.expect_navigation():
        page.locator("#run").get_by_role("button", name="Sim: Fraude constatada").click()
    expect(page.locator(".run__words", has_text="nenhum cancelamento foi pedido")).to_be_visible()
    finishes(page)

    assert not case().customer_in and protocols.show(case().protocol)
