"""«Usar na resposta»: what a procedure or an article says stands in the composer; nothing is sent by it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Window, editor, unsound
from tests.browser.test_procedures import answer, opened
from tests.cast import Cast
from tratativa.accounts.actors import Actor
from tratativa.cases.core import protocols
from tratativa.cases.messages import drafts
from tratativa.cases.models import Case, Entry
from tratativa.mail.models import Letter

pytestmark = pytest.mark.browser
__all__ = ["opened"]


def test_what_a_procedure_says_is_put_where_the_cursor_is(opened: tuple[Case, Actor], window: Window) -> None:
    case, agent = opened
    page = window(agent, f"/cases/{protocols.show(case.protocol)}/", heard=False)
    with page.expect_navigation():
        page.get_by_role("button", name="Iniciar").click()
    answer(page)
    answer(page)
    said = page.locator(".run__said").filter(has=page.locator("[data-use]")).last
    words = said.locator(".run__words").inner_text().strip()
    entries, letters = Entry.objects.count(), Letter.objects.count()

    expect(editor(page)).to_be_visible()
    editor(page).press_sequentially("Oi! ")
    said.get_by_role("button", name="Usar na resposta").click()

    first = words.splitlines()[0]
    expect(editor(page)).to_contain_text(f"Oi! {first}")
    expect(page.get_by_text("Rascunho guardado agora")).to_be_visible()
    kept = drafts.of(case, agent)
    assert kept is not None and first in kept.body
    assert (Entry.objects.count(), Letter.objects.count()) == (entries, letters)


def test_an_article_s_piece_is_in_the_composer_after_one_press(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/", **PHONE)
    expect(editor(page)).to_be_visible()
    editor(page).press_sequentially("Oi, Joana.")
    expect(page.get_by_text("Rascunho guardado agora")).to_be_visible()
    before = Entry.objects.count()

    page.get_by_role("link", name="O que as regras dizem de «Atraso na entrega»").click()
    expect(page.get_by_role("button", name="Usar na resposta Atraso na entrega")).to_be_visible()
    assert unsound(page) == []
    page.get_by_role("button", name="Usar na resposta Atraso na entrega").click()

    expect(editor(page)).to_contain_text("Oi, Joana.")
    expect(editor(page)).to_contain_text("O prazo prometido já passou, ou vai passar")
    expect(page.get_by_text("Nada foi enviado.")).to_be_visible()
    assert Entry.objects.count() == before
