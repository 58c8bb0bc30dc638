"""Conduct in the browser: what is kept back, or warned of, is told while one types; insisting is one more button."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Window
from tests.browser.test_journeys import write
from tests.cast import Cast, lenient, opener
from tratativa.cases.models import Case, Text

pytestmark = pytest.mark.browser
OUTSIDE = "Me chama no zap que resolvo."


def test_the_seller_is_told_while_typing_that_it_will_be_kept_back(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/")

    write(page, OUTSIDE, readable=True)
    expect(page.locator("[data-warning]")).to_contain_text("será lida pela equipe da Americanas")

    page.locator(".composer__foot .button--main").click()
    page.get_by_role("button", name="Sim, pode ver").click()
    expect(page.get_by_text("Mensagem retida: o cliente ainda não a recebeu")).to_be_visible()
    expect(page.get_by_role("button", name="Enviar mesmo assim")).to_have_count(0)


def test_the_seller_is_warned_while_typing_and_insists(cast: Cast, window: Window, tmp_path: Path) -> None:
    case = opener(lenient(cast, tmp_path))()
    page = window(cast.ana, f"/cases/{case.protocol}/")

    write(page, OUTSIDE, readable=True)
    expect(page.locator("[data-warning]")).to_contain_text("feito só por aqui")

    page.locator(".composer__foot .button--main").click()
    page.get_by_role("button", name="Sim, pode ver").click()
    expect(page.locator("#conduct-warning")).to_be_visible()
    expect(page.locator("#text")).to_have_value(OUTSIDE)
    assert not Text.objects.filter(body=OUTSIDE).exists()

    page.get_by_role("button", name="Enviar mesmo assim").click()
    page.get_by_role("button", name="Sim, pode ver").click()
    expect(page.get_by_role("log").get_by_text("mesmo avisado da regra")).to_be_visible()
    assert Text.objects.filter(body=OUTSIDE).count() == 1
