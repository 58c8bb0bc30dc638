"""A conversation on two telephones at once: each sees the other typing, and what arrives without reloading."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Window, editor, unsound
from tests.cast import Cast, gather
from tratativa.cases.acting import opening, replying
from tratativa.cases.acting.opening import Opening
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Text

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(transactional_db: None, server: str) -> Cast:
    return gather("madeiramadeira")


@pytest.fixture
def chat(cast: Cast) -> Case:
    return opening.open_case(
        Opening(cast.order, reason="", message=Message("O entregador sobe escada?"), kind="Mensageria"),
        by=cast.cliente,
        at=timezone.now(),
    )


def hears(page: Page) -> None:
    expect(page.locator("body")).to_have_attribute("data-hears", "stream")


def test_two_telephones_converse(cast: Cast, chat: Case, window: Window) -> None:
    seller = window(cast.ana, "/chat/", **PHONE)
    seller.get_by_role("link", name=re.compile("O entregador sobe escada")).tap()
    customer = window(cast.cliente, f"/my/cases/{chat.protocol}/", **PHONE)
    hears(seller)
    hears(customer)

    seller.get_by_label("Mensagem").press_sequentially("Sobe, sim")
    expect(customer.get_by_text("Casa Aurora está digitando…")).to_be_visible()
    seller.get_by_role("button", name="Enviar").tap()
    expect(customer.get_by_role("log")).to_contain_text("Sobe, sim")
    expect(customer.get_by_text("está digitando…")).to_have_count(0)
    expect(seller.get_by_role("log")).to_contain_text("Sobe, sim")
    expect(seller.get_by_label("Mensagem")).to_have_value("")

    customer.get_by_label("Sua mensagem").press_sequentially("Que bom!")
    expect(seller.get_by_text("Joana Prado está digitando…")).to_be_visible()
    customer.get_by_role("button", name="Enviar mensagem").tap()
    expect(seller.get_by_role("log")).to_contain_text("Que bom!")
    expect(customer.get_by_role("log")).to_contain_text("Que bom!")
    assert Text.objects.filter(case=chat).count() == 3


def test_on_a_wide_page_the_list_stands_beside_and_renews_itself(cast: Cast, chat: Case, window: Window) -> None:
    other = opening.open_case(
        Opening(cast.order, reason="", message=Message("E a nota?"), kind="Mensageria"),
        by=cast.cliente,
        at=timezone.now(),
    )
    page = window(cast.ana, f"/chat/{chat.protocol}/", viewport={"width": 1280, "height": 844})
    hears(page)
    field = page.get_by_label("Mensagem")
    field.fill("Estou escrevendo")

    replying.reply(other, Message("Preciso dela hoje."), by=cast.cliente, at=timezone.now())

    beside = page.get_by_role("region", name="Conversas")
    expect(beside).to_contain_text("Preciso dela hoje.")
    expect(page.get_by_role("log")).not_to_contain_text("Preciso dela hoje.")
    expect(field).to_have_value("Estou escrevendo")
    field.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("Estou escrevendo")
    expect(beside).to_contain_text("Você: Estou escrevendo")


def test_a_charge_is_refused_in_place_and_the_words_stay(cast: Cast, chat: Case, window: Window) -> None:
    page = window(cast.ana, f"/chat/{chat.protocol}/")
    charge = "Pague R$ 50 no pix e eu envio hoje."

    page.get_by_label("Mensagem").fill(charge)
    expect(page.locator("[data-warning]")).to_contain_text("É proibido cobrar o cliente")
    page.get_by_role("button", name="Enviar").click()

    expect(page.get_by_role("alert").get_by_text("É proibido cobrar o cliente")).to_be_visible()
    expect(page.get_by_label("Mensagem")).to_have_value(charge)
    assert Text.objects.filter(case=chat).count() == 1


def test_colleagues_see_each_other_on_a_case(cast: Cast, chat: Case, window: Window) -> None:
    ana = window(cast.ana, f"/cases/{chat.protocol}/")
    hears(ana)
    chefe = window(cast.chefe, f"/cases/{chat.protocol}/")
    hears(chefe)

    expect(ana.get_by_text(f"{cast.chefe.name} está vendo")).to_be_visible()
    editor(chefe).press_sequentially("Deixa comigo")
    expect(ana.get_by_text(f"{cast.chefe.name} está escrevendo…")).to_be_visible()


def test_without_a_connection_nothing_is_lost_and_the_next_try_sends(cast: Cast, chat: Case, window: Window) -> None:
    phone = window(cast.cliente, f"/my/cases/{chat.protocol}/", **PHONE)
    field = phone.get_by_label("Sua mensagem")
    field.fill("Alguém?")

    phone.context.set_offline(True)
    phone.get_by_role("button", name="Enviar mensagem").tap()
    expect(phone.get_by_role("alert")).to_contain_text("Sem conexão")
    expect(field).to_have_value("Alguém?")
    phone.context.set_offline(False)
    phone.get_by_role("button", name="Enviar mensagem").tap()

    expect(phone.get_by_role("log")).to_contain_text("Alguém?")
    expect(field).to_have_value("")
    assert Text.objects.filter(case=chat, body="Alguém?").count() == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_conversation_is_accessible_and_fits(cast: Cast, chat: Case, window: Window, theme: str) -> None:
    replying.reply(
        chat, Message("Sobe, sim. " * 12, to="customer", customer_reads=True), by=cast.ana, at=timezone.now()
    )
    found: list[str] = []

    looks = [(cast.ana, "/chat/"), (cast.ana, f"/chat/{chat.protocol}/"), (cast.cliente, f"/my/cases/{chat.protocol}/")]
    for actor, path in looks:
        page = window(actor, path, color_scheme=theme, heard=False)
        found += unsound(page)

    assert found == []
