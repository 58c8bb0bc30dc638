"""Money given back on a telephone: what is not left is refused at the press, what waits says how much it is."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Window, unsound
from tests.cast import Cast, gather, opener
from tests.chromium import RESULTS

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(transactional_db: None, server: str) -> Cast:
    """The neutral rules, and an order that arrived: R$ 199,90."""
    cast = gather("essencial")
    cast.order.stage = "delivered"
    cast.order.save()
    return cast


def test_too_much_is_refused_at_the_press_and_what_waits_says_how_much_without_widening_the_page(
    cast: Cast, window: Window
) -> None:
    case = opener(cast)(reason="Produto com defeito")
    address = f"/cases/{case.protocol}/actions/devolver-o-dinheiro"
    page = window(cast.ana, address, heard=False, **PHONE)
    amount, give = page.get_by_label("Valor", exact=True), page.get_by_role("button", name="Devolver o dinheiro")

    page.get_by_label("Um valor").check()
    amount.fill("999,00")
    give.tap()
    expect(page.get_by_text("O reembolso passa do que foi pago; restam R$ 199,90.")).to_be_visible()
    expect(amount).to_have_value("999,00")
    amount.fill("150,00")
    give.tap()

    expect(page.get_by_text(re.compile(r"Mexe com R\$\s150,00"))).to_be_visible()
    page.screenshot(path=RESULTS / "waiting-money-390.png")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert unsound(page) == []
