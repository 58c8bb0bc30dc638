"""The pictures of a procedure's step in a browser: small beside the words, large by a tap or by Enter (K01-14)."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import retail
from tests.browser.conftest import PHONE, Window, unsound
from tests.browser.test_retail_procedures import RESULTS, address
from tests.retail import Retail
from tratativa.cases.models import Case
from tratativa.playbooks import running

pytestmark = pytest.mark.browser
FIRST = "No menu do Admin, «Customers» abre a lista de clientes"


@pytest.fixture
def pictured(transactional_db: None, server: str) -> tuple[Retail, Case]:
    """A case whose procedure has just told the agent what to do in the Admin."""
    now = timezone.now()
    agora = retail.gather(at=now)
    case = agora.case("Alterar cadastro", at=now, words="O celular não é meu.")
    running.start(case, "Divergência de dados", by=agora.agent, at=now)
    running.choose(case, "Representante legal", by=agora.agent, at=now)
    running.verify(case, dict.fromkeys(("CNPJ", "E-mail", "Telefone"), True), by=agora.agent, at=now)
    return agora, case


def drawn(page: Page) -> int:
    """How many small pictures the browser has drawn."""
    whole = "one => one.complete && one.naturalWidth"
    return int(page.evaluate(f"[...document.querySelectorAll('.figure__small img')].filter({whole}).length"))


def test_a_picture_opens_large_by_enter_and_closes_by_escape(pictured: tuple[Retail, Case], window: Window) -> None:
    agora, case = pictured
    page = window(agora.agent, address(case), heard=False, viewport={"width": 1280, "height": 800})
    small = page.get_by_role("button", name=f"Ampliar: {FIRST}")
    small.scroll_into_view_if_needed()
    expect(page.locator(".figure__small img").first).not_to_have_js_property("naturalWidth", 0)
    page.screenshot(path=RESULTS / "pictures-1280.png")

    small.focus()
    page.keyboard.press("Enter")

    large = page.get_by_role("dialog", name=FIRST)
    expect(large).to_be_visible()
    expect(large.get_by_role("button", name="Fechar")).to_be_focused()
    expect(page.locator(".figure__large img").first).not_to_have_js_property("naturalWidth", 0)
    page.screenshot(path=RESULTS / "pictures-1280-large.png")
    page.keyboard.press("Escape")
    expect(large).to_be_hidden()
    expect(small).to_be_focused()
    assert unsound(page) == []


@pytest.mark.parametrize("given", [{}, {"java_script_enabled": False}], ids=["script", "no script"])
def test_on_a_telephone_a_tap_opens_it_over_the_sheet(
    pictured: tuple[Retail, Case], window: Window, given: dict[str, Any]
) -> None:
    agora, case = pictured
    page = window(agora.agent, address(case), heard=False, **PHONE, **given)
    page.locator(".run__bar").tap()
    sheet = page.get_by_role("region", name="Roteiro", exact=True)
    expect(sheet.get_by_role("button", name="Ampliar")).to_have_count(6)
    page.screenshot(path=RESULTS / "pictures-390.png")

    sheet.get_by_role("button", name="Ampliar").nth(1).tap()

    large = page.get_by_role("dialog", name="Acima da lista, o critério de busca: CNPJ ou e-mail, e «Search»")
    expect(large).to_be_in_viewport(ratio=1)
    page.screenshot(path=RESULTS / "pictures-390-large.png")
    large.get_by_role("button", name="Fechar").tap()
    expect(large).to_be_hidden()
    expect(sheet).to_be_visible()


def test_every_small_picture_is_drawn_on_a_wide_page(pictured: tuple[Retail, Case], window: Window) -> None:
    agora, case = pictured
    page = window(agora.agent, address(case), viewport={"width": 1280, "height": 1600})

    expect(page.locator(".figure__small img")).to_have_count(6)
    page.wait_for_load_state("networkidle")

    assert drawn(page) == 6
