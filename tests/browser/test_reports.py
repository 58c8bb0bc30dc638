"""A customer denounces a message from a telephone; a mediator decides; the customer reads why."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Window, unsound
from tests.cast import Cast, gather, opener
from tratativa.cases.acting import replying
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(transactional_db: None, server: str) -> Cast:
    return gather("madeiramadeira")


@pytest.fixture
def case(cast: Cast) -> Case:
    case = opener(cast)(at=timezone.now())
    replying.reply(case, Message("Não me incomode com isso.", to="customer"), by=cast.ana, at=timezone.now())
    return case


def test_from_the_dots_of_a_message_to_the_decision(cast: Cast, case: Case, window: Window) -> None:
    phone = window(cast.cliente, f"/my/cases/{case.protocol}/", **PHONE)
    phone.locator("summary", has_text="Mais sobre esta mensagem").tap()
    phone.get_by_role("link", name="Denunciar mensagem").tap()
    phone.get_by_role("button", name="Enviar denúncia").tap()
    expect(phone.get_by_text("Escolha o motivo da denúncia.")).to_be_visible()
    phone.get_by_label("Foi ofensiva ou desrespeitosa").check()
    phone.get_by_role("button", name="Enviar denúncia").tap()
    expect(phone.get_by_text("Você denunciou uma mensagem")).to_be_visible()
    expect(phone.locator("summary", has_text="Mais sobre esta mensagem")).to_have_count(0)

    desk = window(cast.marta, "/reports/")
    desk.get_by_label("Motivo da decisão").fill("O cliente merece respeito.")
    desk.get_by_role("button", name="Confirmar a falta").click()
    expect(desk.get_by_text("Nenhuma denúncia à espera")).to_be_visible()

    phone.reload()
    expect(phone.get_by_role("log")).to_contain_text("denúncia confirmada")
    expect(phone.get_by_role("log")).to_contain_text("O cliente merece respeito.")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_its_pages_are_accessible_and_fit(cast: Cast, case: Case, window: Window, theme: str) -> None:
    number = case.entries.filter(event="message.posted", party="seller").get().number
    phone = window(cast.cliente, f"/my/cases/{case.protocol}/messages/{number}/report", color_scheme=theme, heard=False)
    found = unsound(phone)
    phone.get_by_label("Foi ofensiva ou desrespeitosa").check()
    phone.get_by_role("button", name="Enviar denúncia").click()
    expect(phone.get_by_text("Você denunciou uma mensagem")).to_be_visible()
    found += unsound(phone)
    for path in ("/reports/", f"/sellers/{cast.seller.pk}/"):
        found += unsound(window(cast.marta, path, color_scheme=theme, heard=False))

    assert found == []
