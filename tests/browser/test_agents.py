"""The day of an agent: the next case taken with a key, several open at once, handed over, and nothing typed is lost."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Window, unsound
from tests.cast import Cast, ask, gather
from tratativa.cases import messages, opening, protocols
from tratativa.cases.models import Case

pytestmark = pytest.mark.browser
RESULTS = Path(__file__).resolve().parents[2] / "test-results"


@pytest.fixture
def cast(transactional_db: None, server: str) -> Cast:
    return gather("compra-agora")


def opened(cast: Cast, reason: str = "Senha") -> Case:
    return opening.open_case(cast.order, reason=reason, words="Preciso de ajuda.", by=cast.cliente, at=timezone.now())


def shown(case: Case) -> str:
    return protocols.show(case.protocol)


def test_an_agent_takes_the_next_case_of_a_queue_with_keys_alone(cast: Cast, window: Window) -> None:
    ask(opened(cast), "ka", cast.marta, at=timezone.now())
    case = opened(cast, "Crédito")
    page = window(cast.marta, "/cases/")

    page.keyboard.press("g")
    with page.expect_navigation(url="**/queues/"):
        page.keyboard.press("f")
    page.keyboard.press("j")
    with page.expect_navigation(url="**/queues/_team/"):
        page.keyboard.press("Enter")
    with page.expect_navigation(url=f"**/cases/{shown(case)}/"):
        page.keyboard.press("p")

    expect(page.get_by_text(f"O atendimento {shown(case)} agora é seu.")).to_be_visible()


def test_queues_and_my_cases_are_sound_in_light_and_dark(cast: Cast, window: Window) -> None:
    ask(opened(cast), "ka", cast.marta, at=timezone.now())
    ask(opened(cast, "Crédito"), "distribuidor", cast.marta, at=timezone.now())
    opened(cast, "Cashback")
    RESULTS.mkdir(exist_ok=True)
    for theme in ("light", "dark"):
        page = window(cast.marta, "/queues/", heard=False, color_scheme=theme)
        for name, path in (("queues", "/queues/"), ("queue", "/queues/ka/"), ("mine", "/mine/")):
            page.goto(path)
            assert unsound(page) == []
            for width in (390, 1280):
                page.set_viewport_size({"width": width, "height": 844})
                page.screenshot(path=RESULTS / f"{name}-{theme}-{width}.png", full_page=True)


def test_several_cases_are_open_at_once_and_switched_by_keys_with_their_drafts(cast: Cast, window: Window) -> None:
    first, second = opened(cast), opened(cast, "Crédito")
    page = window(cast.marta, f"/cases/{shown(first)}/")
    page.goto(f"/cases/{shown(second)}/")
    composer = page.get_by_role("textbox", name="Mensagem")
    composer.fill("Vou ver o seu limite.")
    composer.press("Escape")

    page.keyboard.press("[")
    page.wait_for_url(f"**/cases/{shown(first)}/")
    expect(page.locator("body[data-hears=stream]")).to_be_attached()
    messages.reply(second, "É urgente.", by=cast.cliente, at=timezone.now())

    tab = page.locator(f".strip__tabs [data-open-case='{second.pk}']")
    expect(tab.get_by_text("novidade")).to_be_visible()
    page.keyboard.press("]")
    page.wait_for_url(f"**/cases/{shown(second)}/")
    expect(composer).to_have_text("Vou ver o seu limite.")
    expect(tab.get_by_text("novidade")).to_be_hidden()
    page.keyboard.press("w")
    page.wait_for_url(f"**/cases/{shown(first)}/")
    expect(page.locator(".strip__tabs [data-open-case]")).to_have_count(1)


def test_on_a_phone_the_open_cases_are_a_sheet(cast: Cast, window: Window) -> None:
    first, second = opened(cast), opened(cast, "Crédito")
    page = window(cast.marta, f"/cases/{shown(first)}/", heard=False, **PHONE)
    page.goto(f"/cases/{shown(second)}/")
    assert unsound(page) == []
    page.set_viewport_size({"width": 390, "height": 844})

    page.locator(".strip summary").click()
    RESULTS.mkdir(exist_ok=True)
    page.screenshot(path=RESULTS / "strip-390.png")
    page.locator(f".menu__list--sheet [data-open-case='{first.pk}'] a").click()

    page.wait_for_url(f"**/cases/{shown(first)}/")


def test_another_case_is_put_away_without_leaving_the_page(cast: Cast, window: Window) -> None:
    first, second = opened(cast), opened(cast, "Crédito")
    page = window(cast.marta, f"/cases/{shown(first)}/", color_scheme="dark")
    page.goto(f"/cases/{shown(second)}/")
    RESULTS.mkdir(exist_ok=True)
    page.screenshot(path=RESULTS / "strip-dark-1280.png")

    page.get_by_role("button", name=f"Fechar {shown(first)}").click()

    expect(page.locator(".strip__tabs [data-open-case]")).to_have_count(1)
    assert page.url.endswith(f"/cases/{shown(second)}/")
    page.goto("/cases/")
    expect(page.locator(".strip__tabs [data-open-case]")).to_have_count(1)
