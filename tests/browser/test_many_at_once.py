"""A carrier is late: forty customers are told the new date in one go, each with their own order's tracking code."""

import re
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import Window
from tests.cast import Cast, gather, make_order
from tratativa.batches import asking
from tratativa.batches.models import Batch
from tratativa.cases.acting import opening
from tratativa.cases.acting.opening import Opening
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Entry
from tratativa.orders.models import Order

pytestmark = pytest.mark.browser
RESULTS = Path(__file__).resolve().parents[2] / "test-results"
CARRIER, LATE = "Jadlog", 40


@pytest.fixture
def cast(transactional_db: None, server: str) -> Cast:
    return gather("madeiramadeira")


def open_one(cast: Cast, number: str, carrier: str) -> Case:
    """A case about an order on its way with this carrier."""
    order = make_order(cast.marketplace, cast.seller, cast.buyer, number, "shipped")
    Order.objects.filter(pk=order.pk).update(carrier=carrier, tracking=f"JD{int(number):09}BR")
    matter = Opening(order, reason="Atraso na entrega", message=Message("Cadê meu pedido?"))
    return opening.open_case(matter, by=cast.cliente, at=timezone.now())


def tell_the_new_date(page: Page) -> None:
    """From the list to the batch that goes: the carrier and the date typed, an action chosen, five clicks."""
    page.keyboard.press("/")
    page.keyboard.type(f"transportadora:{CARRIER.lower()} ")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=transportadora"))
    page.locator(".rows__tick input").first.check()
    page.get_by_label("Todos deste filtro, também os das outras páginas").check()
    page.get_by_role("button", name="Outra ação").click()
    page.get_by_label("Ação", exact=True).select_option(label="Nova data de Entrega")
    page.get_by_role("button", name="Conferir antes").click()
    page.get_by_label("Nova data de entrega").fill(f"{timezone.localdate().replace(year=2030):%Y-%m-%d}")
    page.get_by_role("button", name=f"Fazer em {LATE} atendimentos").click()
    expect(page.locator("#batch")).to_contain_text(f"0 de {LATE}")


def test_a_late_carrier_s_forty_customers_are_told_the_new_date_in_one_go(cast: Cast, window: Window) -> None:
    late = [open_one(cast, str(number), CARRIER) for number in range(101, 101 + LATE)]
    other = open_one(cast, "900", "Correios")
    page = window(cast.ana, "/cases/?tab=mine")

    tell_the_new_date(page)
    batch = Batch.objects.get()
    asking.perform(batch.pk, most=LATE // 2)
    expect(page.locator("#batch")).to_contain_text(f"{LATE // 2} de {LATE}")
    page.screenshot(path=RESULTS / "many-going.png")
    asking.perform(batch.pk)
    expect(page.locator("#batch")).to_contain_text(f"Feito em {LATE}")

    for case in late:
        told = Entry.objects.filter(case=case, event="message.told").select_related("words").last()
        assert told and f"Rastreio: JD{int(case.order_number):09}BR" in told.said
    assert not Entry.objects.filter(case=other, event="message.told").exists()
