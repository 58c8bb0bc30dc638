"""Sessions that end while somebody types: nothing is lost, nothing is claimed, nobody else sees it (issue 12, 29)."""

import re

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Window, editor
from tests.cast import Cast, answerer, ask, sign_in
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Person
from tratativa.cases.models import Case, Draft, Entry
from tratativa.cases.queues import links

pytestmark = pytest.mark.browser

ENDED = "Não guardado: sua sessão terminou"
PASSWORD = "uma senha bem longa"


def end_sessions() -> None:
    """Every session ends: expired, revoked, or signed out elsewhere."""
    Session.objects.all().delete()


def come_in(page: Page, actor: Actor, *, next_to: str | None = None) -> None:
    """Signs in by the form on the page."""
    person = Person.objects.get(pk=actor.person_id)
    hasher = Argon2PasswordHasher()  # the served desk's own
    person.password = hasher.encode(PASSWORD, hasher.salt())
    person.save()
    page.locator("[name=login]").fill(person.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()


def shelf(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('tratativa.kept.'))")


def said(case: Case) -> list[str]:
    return [entry.said for entry in Entry.objects.filter(case=case, event="message.posted").order_by("number")]


def test_a_reply_sent_after_the_session_ended_comes_back_whole(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/")
    page.locator(".pill", has_text="Marketplace").or_(page.locator(".pill").last).first.click()
    editor(page).press_sequentially("Rascunho que o servidor viu.")
    expect(page.get_by_text("Rascunho guardado agora")).to_be_visible()

    end_sessions()
    editor(page).press("Control+End")
    editor(page).press_sequentially(" E isto ele não viu.")
    expect(page.locator("[data-saved]")).to_have_text(ENDED)
    expect(page.get_by_text("O que você escreveu fica neste navegador")).to_be_visible()
    page.get_by_role("button", name="Enviar ao").click()
    expect(page.get_by_role("heading", name=ENDED)).to_be_visible()
    card, width = page.locator(".entrance__card").bounding_box(), page.evaluate("innerWidth")
    assert card and abs((card["x"] + card["width"] / 2) - width / 2) < 10  # in the middle, as the sign-in page's is
    come_in(page, cast.ana)

    page.wait_for_url(f"**/cases/{case.protocol}/")
    expect(editor(page)).to_have_text("Rascunho que o servidor viu. E isto ele não viu.")
    expect(page.get_by_text("Isto você escreveu antes e não foi enviado.")).to_be_visible()
    expect(page.get_by_text("Rascunho guardado agora")).to_be_visible()
    page.get_by_role("button", name="Enviar ao").click()
    expect(page.get_by_text(re.compile("Resposta enviada|Nota guardada"))).to_be_visible()
    assert said(case)[-1] == "Rascunho que o servidor viu. E isto ele não viu."
    assert shelf(page) == []


def test_the_link_of_the_notice_leads_back_to_the_very_page(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/")
    end_sessions()
    editor(page).press_sequentially("Sem sessão nenhuma.")

    page.get_by_role("link", name="Entrar e continuar").click()
    come_in(page, cast.ana)

    expect(editor(page)).to_have_text("Sem sessão nenhuma.")
    expect(page.get_by_text("Rascunho guardado agora")).to_be_visible()
    assert Draft.objects.get().body == "Sem sessão nenhuma."


def test_the_next_person_at_this_computer_sees_nothing_of_it(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/")
    end_sessions()
    editor(page).press_sequentially("Só da Ana.")
    expect(page.locator("[data-saved]")).to_have_text(ENDED)

    page.get_by_role("link", name="Entrar e continuar").click()
    come_in(page, cast.chefe)
    page.wait_for_url(f"**/cases/{case.protocol}/")
    expect(editor(page)).to_have_text("")
    assert "Só da Ana" not in page.content()

    page.locator(".rail__foot summary").last.click()
    page.get_by_role("button", name="Sair").click()
    come_in(page, cast.ana)
    page.goto(f"/cases/{case.protocol}/")
    expect(editor(page)).to_have_text("Só da Ana.")


def test_signing_out_leaves_nothing_behind(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/actions/anotar")
    page.locator("textarea").fill("Uma nota que não foi enviada.")
    assert len(shelf(page)) == 1
    page.on("dialog", lambda asked: asked.accept())

    page.locator(".rail__foot summary").last.click()
    page.get_by_role("button", name="Sair").click()
    page.wait_for_url("**/accounts/login/")

    assert shelf(page) == []


def test_a_note_written_in_a_dialog_comes_back_too(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/")
    page.keyboard.press("a")
    page.get_by_role("link", name="Anotar").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("textarea").fill("Ligou o transportador às 10h.")

    end_sessions()
    dialog.get_by_role("button", name="Anotar").click()
    expect(page.get_by_role("heading", name=ENDED)).to_be_visible()
    come_in(page, cast.ana)

    expect(page.locator("textarea").first).to_have_value("Ligou o transportador às 10h.")
    page.get_by_role("button", name="Anotar").click()
    expect(page.get_by_text("Feito: Anotar.")).to_be_visible()
    assert shelf(page) == []


def test_words_whose_form_is_not_on_the_page_are_shown_there_with_the_way_to_it(
    cast: Cast, case: Case, window: Window
) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/")
    page.keyboard.press("a")
    page.get_by_role("link", name="Anotar").click()
    page.get_by_role("dialog").locator("textarea").fill("Ligou o transportador às 10h.")
    end_sessions()
    page.get_by_role("dialog").get_by_role("button", name="Anotar").click()
    expect(page.get_by_role("heading", name=ENDED)).to_be_visible()
    renew(page, cast.ana)

    page.goto(f"/cases/{case.protocol}/")

    kept = page.get_by_role("status").filter(has_text="Isto você escreveu antes e não foi enviado:")
    expect(kept).to_contain_text("Ligou o transportador às 10h.")
    kept.get_by_role("link", name="Continuar no formulário").click()
    expect(page.locator("textarea").first).to_have_value("Ligou o transportador às 10h.")


def test_a_customers_words_wait_for_them_at_the_door(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.cliente, f"/my/cases/{case.protocol}/", **PHONE)
    page.get_by_label("Sua mensagem").fill("Continuo esperando, e agora?")
    end_sessions()

    page.get_by_role("button", name="Enviar mensagem").click()
    expect(page.get_by_role("heading", name=ENDED)).to_be_visible()
    page.get_by_role("link", name="Entrar de novo").click()
    assert f"next=/my/cases/{case.protocol}/" in page.url.replace("%2F", "/")
    renew(page, cast.cliente)
    page.goto(f"/my/cases/{case.protocol}/")

    expect(page.get_by_label("Sua mensagem")).to_have_value("Continuo esperando, e agora?")
    page.get_by_role("button", name="Enviar mensagem").click()
    expect(page.get_by_text("Mensagem enviada.")).to_be_visible()
    assert said(case)[-1] == "Continuo esperando, e agora?"
    assert shelf(page) == []


def test_a_partners_words_wait_for_the_letters_button(cast: Cast, case: Case, window: Window) -> None:
    child = ask(case, "ka", cast.marta)
    answerer(cast.marketplace, "ka", "Sônia Sócia")
    link = f"/partner/link/{links.make(child, at=timezone.now())}"
    page = window(None, link, heard=False)
    page.get_by_role("button", name="Entrar no chamado").click()
    page.get_by_label("Sua resposta").fill("Confirmo a entrega de ontem.")
    end_sessions()

    page.get_by_role("button", name="Enviar resposta").click()
    expect(page.get_by_role("heading", name=ENDED)).to_be_visible()
    page.goto(link)
    page.get_by_role("button", name="Entrar no chamado").click()

    expect(page.get_by_label("Sua resposta")).to_have_value("Confirmo a entrega de ontem.")


def test_two_pages_never_write_over_each_other(cast: Cast, case: Case, window: Window) -> None:
    one = window(cast.ana, f"/cases/{case.protocol}/")
    other = window(cast.ana, f"/cases/{case.protocol}/")
    editor(one).press_sequentially("Escrito na primeira.")
    expect(one.get_by_text("Rascunho guardado agora")).to_be_visible()

    editor(other).press_sequentially("Escrito na segunda.")

    expect(other.locator("[data-saved]")).to_have_text("Não guardado: há outra versão deste rascunho")
    offered = other.locator(".elsewhere")
    expect(offered).to_contain_text("Escrito na primeira.")
    assert Draft.objects.get().body == "Escrito na primeira."
    offered.get_by_role("button", name="Ficar com as que estão no campo").click()
    expect(other.get_by_text("Rascunho guardado agora")).to_be_visible()
    assert Draft.objects.get().body == "Escrito na segunda."

    editor(one).press("Control+End")
    editor(one).press_sequentially(" Mais.")
    one.locator(".elsewhere").get_by_role("button", name="Trocar por estas").click()
    expect(editor(one)).to_have_text("Escrito na segunda.")
    expect(one.get_by_text("Rascunho guardado agora")).to_be_visible()


def test_a_draft_is_called_kept_only_once_the_server_said_so(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/", heard=False)
    page.route("**/draft", lambda route: route.fulfill(status=200, body="<html>login</html>"))

    editor(page).press_sequentially("Ninguém guardou isto.")

    expect(page.locator("[data-saved]")).to_contain_text("Rascunho não guardado")
    expect(page.get_by_text("Rascunho guardado agora")).to_have_count(0)


def renew(page: Page, actor: Actor) -> None:
    """Signed in again in the same browser."""
    key = str(sign_in(actor).session.session_key)
    page.context.add_cookies([{"name": "session", "value": key, "url": page.evaluate("location.origin")}])
