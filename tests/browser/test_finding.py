"""Procurar in a browser: the palette while one types, by keyboard alone; the page, narrow and wide, light and dark."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Window, unsound
from tests.cast import Cast
from tests.chromium import RESULTS
from tratativa.cases.core import protocols
from tratativa.cases.models import Case

pytestmark = pytest.mark.browser


def test_the_palette_finds_a_customer_by_the_beginning_of_a_name_and_enter_opens(
    cast: Cast, case: Case, window: Window
) -> None:
    page = window(cast.marta, "/cases/")
    page.keyboard.press("Control+k")
    page.keyboard.type("joan")

    first = page.locator("[data-found]").first
    expect(first).to_contain_text(protocols.show(case.protocol))
    expect(first).to_have_attribute("aria-selected", "true")
    page.screenshot(path=RESULTS / "palette-found.png")
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/cases/{protocols.show(case.protocol)}/")


def test_what_was_typed_before_leaves_nothing_behind(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.marta, "/cases/")
    page.keyboard.press("Control+k")
    page.keyboard.type("joan")
    expect(page.locator("[data-found]").first).to_be_visible()

    page.keyboard.type("zzz")
    expect(page.locator("[data-found]")).to_have_count(0)
    page.keyboard.press("Enter")

    expect(page.get_by_text("Nada encontrado por «joanzzz»")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_is_sound(theme: str, cast: Cast, case: Case, window: Window) -> None:
    for typed in ("", "joana", "zzz"):
        page = window(cast.marta, f"/find/?q={typed}", color_scheme=theme)
        assert unsound(page) == []
        page.screenshot(path=RESULTS / f"find-{typed or 'empty'}-{theme}.png")


def test_a_thumb_finds_the_box_and_the_case(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.marta, "/find/", **PHONE)
    page.get_by_role("combobox").fill("prado")
    page.keyboard.press("Enter")

    expect(page.get_by_role("link", name=protocols.show(case.protocol))).to_be_visible()
    page.screenshot(path=RESULTS / "find-390.png")
