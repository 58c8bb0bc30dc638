"""Ruptura and Crédito from the first word to the last: retailer, agent and partner, each on a page of its own."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests import retail
from tests.browser.conftest import PHONE, Window, unsound
from tests.browser.test_procedures import answer, finish
from tests.cast import rewrite
from tests.chromium import RESULTS
from tests.retail import Retail
from tratativa.accounts.actors import Actor
from tratativa.cases.core import protocols
from tratativa.cases.models import Case
from tratativa.cases.queues import child_reports

pytestmark = pytest.mark.browser


@pytest.fixture
def agora(transactional_db: None, server: str) -> Retail:
    return retail.gather(at=timezone.now())


def opens(agora: Retail, window: Window, reason: str, words: str) -> tuple[Page, Case]:
    """The retailer opens a case about its order, on a telephone."""
    phone = window(agora.customer, "/my/orders/100021/open", **PHONE)
    choice = phone.get_by_label(reason)
    group = phone.locator("details.group:not([open])").filter(has=choice)
    if group.count():
        group.locator("summary").click()
    choice.check()
    phone.get_by_label("Conte o que houve").fill(words)
    phone.get_by_role("button", name="Enviar").click()
    expect(phone.get_by_role("heading", name=reason)).to_be_visible()
    return phone, Case.objects.get(queue="")


def starts(agora: Retail, case: Case, window: Window) -> Page:
    """The agent begins the procedure of the case's reason, by keyboard."""
    page = window(agora.agent, address(case), heard=False)  # axe styles what it measures
    page.get_by_label("Roteiro").focus()
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return page


def address(case: Case) -> str:
    return f"/cases/{protocols.show(case.protocol)}/"


def asked(page: Page, question: str) -> Locator:
    """The question the procedure stands at."""
    return page.locator("#run strong").filter(has_text=question)


def child_of(case: Case, queue: str) -> Case:
    return Case.objects.get(parent=case, queue=queue)


def opened_by(partner: Actor, child: Case, window: Window) -> Page:
    """The partner's page of its child case, reached from its list."""
    page = window(partner, "/partner/")
    page.get_by_role("link", name=protocols.show(child.protocol)).click()
    return page


def test_a_rupture_is_refunded_to_the_stores_own_account(agora: Retail, window: Window) -> None:
    phone, case = opens(agora, window, "Ruptura do pedido", "Comprei 10 e só vieram 8.")
    page = starts(agora, case, window)
    expect(asked(page, "O cliente entrou em contato?")).to_be_visible()
    answer(page)  # Sim: paid by Pix, so the retailer is asked how it wants its money
    expect(page.locator("#run").get_by_text("O roteiro espera a resposta")).to_be_visible()

    phone.reload()
    phone.get_by_role("link", name="Opção de estorno").click()
    expect(phone.get_by_label("CNPJ do titular")).to_be_hidden()
    phone.get_by_label("Conta", exact=True).first.check()
    phone.get_by_label("Conta", exact=True).last.fill("88123-4")
    phone.get_by_label("Agência").fill("0731")
    phone.get_by_label("CNPJ do titular").fill(retail.DISTRIBUTOR)
    phone.get_by_role("button", name="Enviar resposta").click()
    expect(phone.get_by_text("A conta precisa ser do mesmo CNPJ da loja")).to_be_visible()
    phone.get_by_label("CNPJ do titular").fill("48.291.375/0001-84")
    phone.get_by_role("button", name="Enviar resposta").click()
    expect(phone.get_by_text("Resposta enviada. Obrigado!")).to_be_visible()

    child = child_of(case, "financeiro")
    expect(page.get_by_role("region", name="Chamados filhos").get_by_text("Financeiro")).to_be_visible()
    expect(page.get_by_text("88123-4")).to_have_count(0)
    pays = opened_by(agora.partner, child, window)
    pays.get_by_role("button", name="Mostrar os dados bancários").click()
    expect(pays.get_by_text("88123-4").first).to_be_visible()
    expect(pays.get_by_text("Comprei 10 e só vieram 8.")).to_have_count(0)
    pays.get_by_role("link", name="Confirmar pagamento").click()
    pays.get_by_label("Comprovante ou observação").fill("Pago, comprovante 5512.")
    pays.get_by_role("button", name="Confirmar pagamento").click()
    child_reports.report(child.pk)

    expect(asked(page, "Tudo resolvido?")).to_be_visible()
    pays.reload()
    expect(pays.get_by_text("88123-4")).to_have_count(0)
    assert unsound(page) == []
    finish(page)
    expect(page.locator("#state").get_by_text("Finalizado")).to_be_visible()


def always_open(book: dict[str, Any]) -> None:
    """Whatever day and hour the test is run at, the telephone may be used."""
    book["calendar"] = {"hours": {"mon-sun": ["00:00-24:00"]}, "holidays": {}}


def test_calls_count_on_other_days_and_times_and_the_desk_says_when(agora: Retail, window: Window) -> None:
    rewrite(agora.marketplace, always_open, at=timezone.now())
    case = agora.case(at=timezone.now())
    page = starts(agora, case, window)

    with page.expect_navigation():
        page.keyboard.press("2")  # the customer made no contact
    with page.expect_navigation():
        page.keyboard.press("2")  # nobody answered
    expect(page.get_by_text("1 de 3 tentativas.")).to_be_visible()
    expect(page.get_by_text("Próximo horário que conta:")).to_be_visible()
    with page.expect_navigation():
        page.keyboard.press("2")

    expect(page.get_by_text("Esta tentativa não conta")).to_be_visible()
    expect(page.get_by_text("1 de 3 tentativas.")).to_be_visible()


def test_credit_is_asked_of_the_distributor_and_its_answer_comes_back(agora: Retail, window: Window) -> None:
    phone, case = opens(agora, window, "Crédito", "Quero mais limite.")
    page = starts(agora, case, window)
    phone.reload()
    phone.get_by_role("link", name="Valor desejado").click()
    phone.get_by_label("Valor desejado").fill("12.000,00")
    phone.get_by_role("button", name="Enviar resposta").click()
    expect(phone.get_by_text("Resposta enviada. Obrigado!")).to_be_visible()

    expect(asked(page, "É crédito do distribuidor ou da Trademaster?")).to_be_visible()
    expect(page.locator("#run").get_by_text("R$ 12.000,00")).to_be_visible()
    answer(page)  # Distribuidor
    child = child_of(case, "distribuidor")
    sells = opened_by(agora.vera, child, window)
    expect(sells.get_by_text("R$ 12.000,00").first).to_be_visible()
    sells.get_by_label("Sua resposta").fill("Aprovado até 9 mil.")
    sells.get_by_role("button", name="Enviar resposta").click()
    expect(sells.get_by_role("log")).to_contain_text("Aprovado até 9 mil.")
    child_reports.report(child.pk)

    expect(
        page.locator("#run").get_by_role("paragraph").filter(has_text="Passe a resposta ao varejista.")
    ).to_be_visible()
    expect(page.locator("#retailer").get_by_text("48.291.375/0001-84")).to_be_visible()
    RESULTS.mkdir(exist_ok=True)
    page.screenshot(path=RESULTS / "credit.png", full_page=True)
    page.get_by_label("Mensagem").last.fill("Seu limite agora é de 9 mil.")
    page.get_by_role("button", name="Enviar ao").click()
    expect(page.get_by_role("log")).to_contain_text("Seu limite agora é de 9 mil.")
    page.locator("h1").click()
    finish(page)

    expect(page.locator("#state").get_by_text("Finalizado")).to_be_visible()
    phone.goto(f"/my/cases/{protocols.show(case.protocol)}/")
    expect(phone.get_by_role("log")).to_contain_text("Seu limite agora é de 9 mil.")
    expect(phone.get_by_text("Aprovado até 9 mil.")).to_have_count(0)
