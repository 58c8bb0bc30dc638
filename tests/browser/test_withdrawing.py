"""Cancelling an order with one thumb: the button beside the order, one confirmation, the receipt on the page."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Window, unsound
from tests.cast import Cast
from tests.chromium import RESULTS
from tratativa.cases.models import Case
from tratativa.orders.models import Order

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("given", [{}, {"java_script_enabled": False}], ids=["script", "no script"])
def test_a_customer_cancels_on_a_telephone_and_reads_the_receipt(
    given: dict[str, bool], cast: Cast, window: Window
) -> None:
    Order.objects.filter(pk=cast.order.pk).update(stage="paid", delivered_at=None)
    page = window(cast.cliente, "/my/", heard=False, **PHONE, **given)
    page.screenshot(path=RESULTS / "withdraw-orders-390.png")

    page.get_by_role("link", name=re.compile("Cancelar a compra")).tap()
    confirm = page.get_by_role("button", name="Confirmar: Cancelar a compra")
    # Chromium takes no picture of a page that is giving place to the next: wait for what the next one shows.
    expect(confirm).to_be_visible()
    page.screenshot(path=RESULTS / "withdraw-390.png")
    confirm.tap()

    expect(page.get_by_text(re.compile(r"Recebido em .*: vale desde já\. Guarde o protocolo"))).to_be_visible()
    expect(page.get_by_text("Você cancelou a compra antes de receber")).to_be_visible()
    page.screenshot(path=RESULTS / "withdraw-done-390.png")
    assert Case.objects.count() == 1


def test_the_page_is_sound_in_the_dark(cast: Cast, window: Window) -> None:
    Order.objects.filter(pk=cast.order.pk).update(stage="paid", delivered_at=None)

    page = window(cast.cliente, "/my/orders/1001/withdraw", color_scheme="dark", heard=False)

    assert unsound(page) == []
