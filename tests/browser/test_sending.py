"""Taking a reply back, in a browser: by a key, by a thumb, without scripts; what the page says is what happened."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Window, editor, unsound
from tests.cast import Cast, opener
from tratativa.accounts import clock
from tratativa.cases.acting import pressing
from tratativa.cases.models import Attachment, Case, Pressed

pytestmark = pytest.mark.browser


def send(page: Page, words: str = "Chega amanhã, Joana.") -> None:
    """To the customer, who may read it."""
    page.locator("[data-composer]").get_by_text("Cliente", exact=True).click()
    page.get_by_role("switch", name="O Cliente pode ler?").check()
    editor(page).press_sequentially(words)
    page.get_by_role("button", name="Enviar ao cliente").click()
    expect(page.get_by_role("dialog")).to_contain_text("até lá dá para desfazer")
    page.get_by_role("button", name="Sim, pode ver").click()


def said() -> None:
    """The worker's part: the ten seconds are over."""
    pressed = Pressed.objects.get(ended_at=None)
    pressing.say_due(pressed.pk, at=max(pressed.leaves_at, clock.now()))


def test_a_key_takes_it_back_and_the_words_are_in_the_composer(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/", undoes=True)
    colleague = window(cast.chefe, f"/cases/{case.protocol}/")
    customer = window(cast.cliente, f"/my/cases/{case.protocol}/")
    expect(colleague.locator("body")).to_have_attribute("data-hears", "stream")

    page.locator("input[data-files]").set_input_files({"name": "nota.pdf", "mimeType": "x/y", "buffer": b"%PDF"})
    expect(page.locator("[data-file]")).to_be_visible()
    send(page)

    bar = page.locator("#sending")
    expect(bar).to_contain_text(re.compile(r"Enviando para .*em \d+ s.*com 1 arquivo", re.S))
    expect(editor(page)).to_have_text("")
    expect(page.get_by_text("Resposta enviada.")).to_have_count(0)
    expect(colleague.locator("#sending")).to_contain_text("Ana Lima está enviando uma mensagem")
    expect(colleague.locator("#sending").get_by_role("button")).to_have_count(0)
    page.keyboard.press("z")
    expect(editor(page)).to_have_text("Chega amanhã, Joana.")
    expect(page.get_by_text("Desfeito: nada foi enviado.")).to_be_visible()
    expect(page.locator("[data-file]")).to_contain_text("nota.pdf")
    expect(colleague.locator("#sending")).to_have_text("")
    expect(customer.get_by_text("Chega amanhã, Joana.")).to_have_count(0)
    assert Attachment.objects.get().pressed_id is None


def test_once_said_every_page_has_it_and_the_bar_is_gone(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/", undoes=True)
    customer = window(cast.cliente, f"/my/cases/{case.protocol}/")
    send(page)
    expect(page.locator("#sending")).to_contain_text("Enviando para")
    expect(page.locator("body")).to_have_attribute("data-hears", "stream")
    expect(customer.get_by_text("Chega amanhã, Joana.")).to_have_count(0)

    page.get_by_role("button", name="Desfazer").focus()
    said()

    expect(page.locator("#timeline")).to_contain_text("Chega amanhã, Joana.")
    expect(page.locator("#sending")).to_have_text("")
    expect(customer.get_by_text("Chega amanhã, Joana.")).to_be_visible()


def test_from_the_next_case_one_sees_what_became_of_it(cast: Cast, case: Case, window: Window) -> None:
    opener(cast)()
    page = window(cast.ana, "/cases/?tab=all", undoes=True)
    page.locator("[data-row] [data-open]").first.click()
    expect(editor(page)).to_be_visible()
    page.locator("[data-composer]").get_by_text("Cliente", exact=True).click()
    page.get_by_role("switch", name="O Cliente pode ler?").check()
    editor(page).press_sequentially("Chega amanhã, Joana.")
    page.get_by_role("button", name="Enviar e ir ao próximo").click()
    page.get_by_role("button", name="Sim, pode ver").click()

    bar = page.locator("[data-sending]")
    expect(bar).to_contain_text("Enviando para")
    expect(page).not_to_have_url(re.compile("sending="))
    said()
    expect(bar).to_contain_text("Mensagem enviada para", timeout=30_000)
    expect(bar.get_by_role("button")).to_have_count(0)


def test_on_a_phone_and_without_scripts(cast: Cast, case: Case, window: Window) -> None:
    phone = window(cast.ana, f"/cases/{case.protocol}/", undoes=True, **PHONE)
    send(phone)
    expect(phone.locator("#sending")).to_contain_text("Enviando para")
    assert unsound(phone) == []
    phone.locator("#sending").get_by_role("button", name="Desfazer").tap()
    expect(editor(phone)).to_have_text("Chega amanhã, Joana.")

    plain = window(cast.ana, f"/cases/{case.protocol}/", undoes=True, java_script_enabled=False)
    plain.get_by_role("button", name="Enviar ao cliente").click()
    plain.get_by_role("button", name="Sim, pode ver").click()
    expect(plain.locator("#sending")).to_contain_text(re.compile(r"Enviando para .*às \d\d:\d\d:\d\d", re.S))
    plain.get_by_role("button", name="Desfazer").click()
    expect(plain.locator("#text")).to_have_value("Chega amanhã, Joana.")
    assert not Pressed.objects.filter(outcome="said").exists()
