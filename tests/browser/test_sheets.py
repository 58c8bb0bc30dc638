"""An action's form stands beside the conversation it is about: what was asked stays to be read while it is answered."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Window
from tests.browser.test_retail_procedures import RESULTS
from tests.cast import Cast
from tratativa.cases.models import Case, Text

pytestmark = pytest.mark.browser


def note(page: Page) -> None:
    """Opens the form of a note from the actions."""
    page.locator("#actions > summary").click()
    page.get_by_role("link", name="Anotar").click()


def test_what_is_wrong_is_said_in_the_sheet_and_the_conversation_stays_beside_it(
    cast: Cast, case: Case, window: Window
) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/")
    asked = page.get_by_text("Cadê meu pedido?")
    note(page)
    sheet = page.get_by_role("dialog", name="Anotar")
    here = page.url

    sheet.get_by_role("button", name="Anotar").click()
    expect(sheet.get_by_text("Preencha «Texto».")).to_be_visible()
    expect(sheet.get_by_label("Texto")).to_be_focused()
    expect(asked).to_be_in_viewport()
    assert page.url == here
    page.screenshot(path=RESULTS / "sheet-beside.png", caret="initial")
    page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))")
    box, words = sheet.bounding_box(), asked.bounding_box()
    assert box and words and words["x"] + words["width"] <= box["x"]

    sheet.get_by_label("Texto").fill("Ligou o transportador às 10h.")
    sheet.get_by_role("button", name="Anotar").click()
    expect(page.get_by_text("Feito: Anotar.")).to_be_visible()
    expect(sheet).to_be_hidden()
    expect(page.get_by_text("Ligou o transportador às 10h.").first).to_be_visible()


def test_on_a_phone_it_comes_up_from_below_and_holds_all_its_buttons(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/", **PHONE)
    note(page)

    sheet = page.get_by_role("dialog", name="Anotar")
    expect(sheet).to_be_in_viewport()
    expect(sheet.get_by_role("button", name="Anotar")).to_be_in_viewport()
    page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))")
    box = sheet.bounding_box()
    assert box and round(box["width"]) == 390 and box["y"] + box["height"] <= 845
    assert page.evaluate("document.querySelector('[data-dialog-frame]').matches(':modal')")
    page.screenshot(path=RESULTS / "sheet-phone.png")


def test_without_a_connection_the_sheet_says_so_and_keeps_the_words(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/")
    note(page)
    sheet = page.get_by_role("dialog", name="Anotar")
    sheet.get_by_label("Texto").fill("Ligou de novo.")
    page.context.set_offline(True)
    sheet.get_by_role("button", name="Anotar").click()
    expect(sheet.get_by_text("Sem conexão com a mesa")).to_be_visible()
    expect(sheet.get_by_label("Texto")).to_have_value("Ligou de novo.")

    page.context.set_offline(False)
    sheet.get_by_role("button", name="Anotar").click()
    expect(page.get_by_text("Feito: Anotar.")).to_be_visible()
    assert Text.objects.filter(case=case, body="Ligou de novo.").count() == 1


def test_escape_closes_what_holds_no_words_and_asks_about_what_does(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/")
    sheet = page.get_by_role("dialog", name="Anotar")
    asked: list[str] = []
    page.on("dialog", lambda one: (asked.append(one.message), one.dismiss()))

    note(page)
    expect(sheet).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    note(page)
    sheet.get_by_label("Texto").press_sequentially("Ligar")
    page.keyboard.press("Escape")
    expect(sheet).to_be_visible()
    assert len(asked) == 1
