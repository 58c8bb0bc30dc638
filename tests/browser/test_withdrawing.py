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


@pytest.mark.parametrize("width", [390, 700, 1280])
def test_help_and_giving_up_stand_beside_an_order_each_in_its_own_place(width: int, cast: Cast, window: Window) -> None:
    Order.objects.filter(pk=cast.order.pk).update(stage="paid", delivered_at=None)
    page = window(cast.cliente, "/my/", heard=False, viewport={"width": width, "height": 844})
    order = page.locator(".tile--order").filter(has_text="1001")
    beside = order.get_by_role("link")

    expect(beside).to_have_count(2)
    for place in range(2):
        beside.nth(place).click(trial=True)  # raises where another one takes the click
    page.screenshot(path=RESULTS / f"orders-beside-{width}.png")
    order.get_by_role("link", name=re.compile("Preciso de ajuda")).click()

    expect(page).to_have_url(re.compile(r"/my/orders/1001/open"))
