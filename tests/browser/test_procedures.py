"""A procedure followed with one key per answer, from the first word to the last, on a real page."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import Window, unsound
from tests.chromium import RESULTS
from tratativa.accounts.actors import Actor
from tratativa.cases.acting import opening
from tratativa.cases.acting.opening import Opening
from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.rulebook import reading, shipped
from tratativa.rulebook.terms.parties import Party
from tratativa.scenarios import cast as playing

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(transactional_db: None, server: str) -> tuple[Case, Actor]:
    """A case about a password, and the agent of Compra Agora who has it."""
    at = timezone.now()
    market = playing.marketplace("Compra Agora", "compra-agora")
    rulebook_versions.adopt(market, reading.load(shipped.FOLDER / "compra-agora"), at=at)
    seller, customer = playing.seller(market, {}), playing.customer(market, {})
    order = playing.order({}, seller=seller, customer=customer, at=at)
    agent = playing.member("agent", Party.MARKETPLACE, market, seller)
    return opening.open_case(Opening(order, reason="Senha", message=Message("Perdi a senha.")), by=agent, at=at), agent


def answer(page: Page) -> None:
    """Presses the first answer's key, and waits for the page that hears the next one."""
    with page.expect_navigation():
        page.keyboard.press("1")


def finish(page: Page) -> None:
    """Finishes by its key; what is for good is asked once more, with the yes under the next Enter."""
    page.keyboard.press("1")
    expect(page.get_by_role("button", name="Sim: Finalizar")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_password_is_recovered_with_the_keyboard_alone(opened: tuple[Case, Actor], window: Window) -> None:
    case, agent = opened
    page = window(agent, f"/cases/{protocols.show(case.protocol)}/", heard=False)  # axe styles what it measures
    with page.expect_navigation():
        page.get_by_role("button", name="Iniciar").click()
    expect(page.get_by_text("Qual é o problema?").first).to_be_visible()

    answer(page)
    expect(page.get_by_text("O cliente tem acesso ao e-mail e ao telefone").first).to_be_visible()
    answer(page)
    expect(page.get_by_text("Oriente o cliente a clicar").first).to_be_visible()
    page.get_by_text("Ver o roteiro inteiro").click()
    assert unsound(page) == []
    RESULTS.mkdir(exist_ok=True)
    page.screenshot(path=RESULTS / "procedure.png", full_page=True)
    finish(page)

    expect(page.locator("#state").get_by_text("Finalizado")).to_be_visible()
