"""A telephone is shown by a click, and stays where it was: on the page, wide and narrow."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Window, unsound
from tests.browser.test_looks import RESULTS
from tests.cast import Cast
from tratativa.cases.models import Case

pytestmark = pytest.mark.browser


def test_an_agent_of_the_team_shows_a_telephone(cast: Cast, case: Case, window: Window) -> None:
    RESULTS.mkdir(exist_ok=True)
    cast.buyer.phone = "11987654321"
    cast.buyer.save()
    page = window(cast.marta, f"/cases/{case.protocol}/", heard=False)
    card = page.locator(".card", has=page.get_by_role("heading", name="Cliente"))
    expect(card).to_contain_text("••• 4321")
    found = unsound(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    card.screenshot(path=RESULTS / "masked.png")

    card.get_by_role("button", name="Mostrar o telefone").press("Enter")

    expect(card).to_contain_text("11987654321")
    expect(card).to_contain_text("***.982.247-**")
    card.screenshot(path=RESULTS / "shown.png")
    assert found + unsound(page) == []
