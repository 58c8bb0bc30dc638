"""The list in a browser: operators completed by keyboard and by thumb; rows that come and go under one's hand."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Window, unsound
from tests.cast import Cast
from tratativa.cases.acting import opening, replying
from tratativa.cases.acting.opening import Opening
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case

pytestmark = pytest.mark.browser
RESULTS = Path(__file__).resolve().parents[2] / "test-results"


def open_another(cast: Cast, words: str) -> Case:
    """A case the customer opens now."""
    matter = Opening(cast.order, reason="Atraso na entrega", message=Message(words))
    return opening.open_case(matter, by=cast.cliente, at=timezone.now())


def test_an_operator_and_its_value_are_completed_by_keyboard_alone(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, "/cases/?tab=all")
    page.keyboard.press("/")
    page.keyboard.type("sta")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("status:")
    page.keyboard.press("Tab")
    box = page.get_by_role("combobox", name="Procurar atendimentos")
    expect(box).to_have_value("status:")
    expect(options.filter(has_text="Aguardando parceiro")).to_be_visible()
    page.keyboard.type("parc")
    expect(options).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.screenshot(path=RESULTS / "list-completing.png")
    page.keyboard.press("Enter")
    expect(box).to_have_value('status:"Aguardando parceiro" ')
    page.keyboard.press("Enter")

    page.wait_for_url("**q=status**")
    expect(page.locator(f'[data-row="{case.protocol}"]')).to_be_visible()


def test_escape_puts_the_offers_away_and_leaves_what_was_typed(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, "/find/")
    box = page.get_by_role("combobox")
    box.fill("canal:")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("option")).to_have_count(0)
    expect(box).to_have_value("canal:")


def test_a_thumb_completes_it_too(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, "/cases/?tab=all", **PHONE)
    box = page.get_by_role("combobox", name="Procurar atendimentos")
    box.tap()
    box.press_sequentially("respon")
    page.get_by_role("option").filter(has_text="responsavel:").tap()
    page.get_by_role("option", name="ninguém").tap()
    page.screenshot(path=RESULTS / "list-completing-390.png")

    expect(box).to_have_value("responsavel:ninguém ")


def test_the_palette_completes_operators(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.marta, "/cases/")
    page.keyboard.press("Control+k")
    page.keyboard.type("canal:mens")
    expect(page.locator("[data-line]").first).to_contain_text("mensagens")
    page.keyboard.press("Enter")
    expect(page.locator(".palette__input")).to_have_value("canal:mensagens ")
    expect(page.locator("[data-url][data-found]").first).to_be_visible()
    page.keyboard.press("Enter")

    page.wait_for_url("**/cases/*-*/")


def test_under_the_pointer_nothing_moves_and_away_from_it_rows_come_and_go(
    cast: Cast, case: Case, window: Window
) -> None:
    page = window(cast.ana, "/cases/?tab=mine&sort=activity")
    first = page.locator(f'[data-row="{case.protocol}"]')
    expect(page.locator("body")).to_have_attribute("data-hears", "stream")
    first.hover()
    before = first.bounding_box()

    second = open_another(cast, "Outra pergunta")

    expect(page.get_by_role("link", name="Há novidades: mostrar (1)")).to_be_visible()
    assert first.bounding_box() == before or page.locator("[data-news]").bounding_box()
    expect(page.locator(f'[data-row="{second.protocol}"]')).to_have_count(0)
    page.mouse.move(2, 2)
    expect(page.locator(f'[data-row="{second.protocol}"]')).to_be_visible()

    replying.reply(case, Message("Vou ver", to="customer", customer_reads=True), by=cast.chefe, at=timezone.now())
    expect(first).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_list_is_sound(theme: str, cast: Cast, case: Case, window: Window) -> None:
    for number in range(3):
        open_another(cast, f"Pergunta {number}, com palavras que passam bem do fim da linha de qualquer tela estreita")
    for query, name in (("tab=mine", "mine"), ("tab=all&q=fla:ka", "trouble"), ("tab=closed", "empty")):
        page = window(cast.ana, f"/cases/?{query}", color_scheme=theme)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert unsound(page) == []
        page.screenshot(path=RESULTS / f"list-{name}-{theme}.png")
        page.set_viewport_size({"width": 390, "height": 844})
        page.screenshot(path=RESULTS / f"list-{name}-{theme}-390.png")
