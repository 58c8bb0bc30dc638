"""The retailer beside its case, on a wide screen and on a telephone: looked up, pushed, asked about, enlarged."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests import retail
from tests.browser.conftest import PHONE, Window, unsound
from tests.chromium import RESULTS
from tests.retail import Retail
from tratativa.cases.core import protocols
from tratativa.cases.models import Case
from tratativa.cases.orders import command_outcomes
from tratativa.cases.queues import receita
from tratativa.orders.models import Command, Lookup

pytestmark = pytest.mark.browser


@pytest.fixture
def agora(transactional_db: None, server: str, settings: Settings) -> Retail:
    settings.REGISTRY = "tratativa.demo.recorded:Recorded"
    return retail.gather(at=timezone.now())


@pytest.fixture
def case(agora: Retail) -> Case:
    return agora.case(at=timezone.now())


def address(case: Case) -> str:
    return f"/cases/{protocols.show(case.protocol)}/"


def unfold(page: Page, name: str) -> None:
    page.locator("#retailer summary", has_text=name).click()


def test_an_agent_looks_the_retailer_up_without_leaving_the_case(agora: Retail, case: Case, window: Window) -> None:
    page = window(agora.agent, address(case))
    panel = page.locator("#retailer")

    unfold(page, "Últimos pedidos")
    unfold(page, "100021")
    expect(panel.get_by_text("Faturamento: com ruptura")).to_be_visible()
    expect(panel.get_by_text("faltam 2 de 10: Óleo de soja 900 ml")).to_be_visible()
    unfold(page, "Crédito")
    expect(panel.get_by_text("R$ 5.500,00")).to_be_visible()

    panel.get_by_role("link", name="Ampliar").click()
    expect(page.get_by_role("heading", name="Mercadinho Flor de Maio", level=1)).to_be_visible()
    page.get_by_label("Número do pedido (Increment Id)").fill("100007")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nenhuma ruptura nestes pedidos.")).to_be_visible()


def test_a_step_is_pushed_and_the_panel_hears_of_it_by_itself(agora: Retail, case: Case, window: Window) -> None:
    page = window(agora.agent, address(case))
    panel = page.locator("#retailer")
    unfold(page, "Etapas do cadastro")
    panel.get_by_role("button", name="Empurrar etapa").click()
    expect(page.get_by_text("Etapa empurrada.")).to_be_visible()
    unfold(page, "Etapas do cadastro")
    expect(panel.get_by_text("empurrada, esperando o sistema")).to_be_visible()

    command_outcomes.deliver(Command.objects.get().pk, at=timezone.now())

    expect(panel.get_by_text("empurrada por Iara")).to_be_visible()  # unfolded still


def test_the_receita_is_asked_and_answers_where_the_agent_looks(agora: Retail, case: Case, window: Window) -> None:
    page = window(agora.agent, address(case))
    panel = page.locator("#retailer")
    unfold(page, "Receita")
    panel.get_by_role("button", name="Consultar Receita").click()
    expect(page.get_by_text("A Receita está sendo consultada.")).to_be_visible()
    unfold(page, "Receita")
    expect(panel.get_by_text("Consultando a Receita")).to_be_visible()

    receita.carry(Lookup.objects.get().pk, at=timezone.now())

    expect(panel.get_by_text("Situação na Receita:")).to_be_visible()
    expect(panel.get_by_role("row", name="E-mail (difere)")).to_contain_text("contato@flordemaio.example")
    expect(panel.get_by_role("button", name="Consultar de novo")).to_be_visible()


def test_it_is_sound_wide_narrow_light_and_dark(agora: Retail, case: Case, window: Window) -> None:
    RESULTS.mkdir(exist_ok=True)
    found: list[str] = []
    for scheme in ("light", "dark"):
        page = window(agora.agent, address(case), color_scheme=scheme, heard=False)
        expect(page.locator("#retailer").get_by_text("48.291.375/0001-84")).to_be_visible()
        for summary in page.locator("#retailer > div > details > summary").all():
            summary.click()
        page.screenshot(path=RESULTS / f"retailer-panel-{scheme}.png", full_page=True)
        found += unsound(page)
        page.goto(f"/retailers/{agora.retailer.pk}/?case={case.protocol}")
        found += unsound(page)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            page.screenshot(path=RESULTS / f"retailer-{scheme}-{width}.png", full_page=True)

    assert found == []


def test_on_a_telephone_it_comes_up_as_a_sheet(agora: Retail, case: Case, window: Window) -> None:
    page = window(agora.agent, address(case), heard=False, **PHONE)
    expect(page.locator("#retailer")).to_be_hidden()

    page.get_by_role("link", name="Varejista", exact=True).click()

    sheet = page.locator("dialog[open]")
    expect(sheet.get_by_role("heading", name="Mercadinho Flor de Maio", level=1)).to_be_visible()
    RESULTS.mkdir(exist_ok=True)
    page.screenshot(path=RESULTS / "retailer-sheet.png")
    sheet.get_by_role("button", name="Fechar").click()
    expect(sheet).to_have_count(0)
