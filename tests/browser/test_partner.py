"""A partner on its phone: from the letter's button to the answer, heard live on the desk, without an account."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Window, unsound
from tests.cast import Cast, answerer, ask, gather
from tests.chromium import RESULTS
from tratativa.accounts.actors import Actor
from tratativa.cases.acting import opening, replying
from tratativa.cases.acting.opening import Opening
from tratativa.cases.core import protocols
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.cases.queues import links

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(transactional_db: None, server: str) -> Cast:
    return gather("compra-agora")


@pytest.fixture
def kaio(cast: Cast) -> Actor:
    return answerer(cast.marketplace, "ka", "Kaio Reis")


@pytest.fixture
def child(cast: Cast, kaio: Actor) -> Case:
    """What the SAC asked KA about a password."""
    at = timezone.now()
    case = opening.open_case(
        Opening(cast.order, reason="Senha", message=Message("Perdi a senha.")), by=cast.cliente, at=at
    )
    ask(case, "ka", cast.marta, words="Outra pergunta, já respondida?", at=at)
    replying.reply(Case.objects.latest("opened_at", "id"), Message("Já sim."), by=kaio, at=at)
    return ask(case, "ka", cast.marta, words="O SMS não chega. Podem ver?", share=["pedido", "loja", "cnpj"], at=at)


def test_the_letters_button_opens_the_case_on_a_phone_and_the_answer_reaches_the_desk(
    cast: Cast, child: Case, window: Window
) -> None:
    page = window(None, f"/partner/link/{links.make(child, at=timezone.now())}", heard=False, **PHONE)
    expect(page.get_by_role("heading", name="Entrar como")).to_be_visible()
    assert unsound(page) == []
    page.get_by_role("button", name="Entrar no chamado").click()
    desk = window(cast.marta, f"/cases/{protocols.show(child.protocol)}/")
    expect(page.get_by_role("heading", name="O que foi compartilhado com você")).to_be_visible()
    assert unsound(page) == []

    page.get_by_label("Sua resposta").fill("Reenviamos o SMS agora.")
    page.get_by_role("button", name="Enviar resposta").click()

    expect(page.get_by_text("Resposta recebida. Agora é com")).to_be_visible()
    expect(desk.locator("#timeline").get_by_text("Reenviamos o SMS agora.")).to_be_visible()


def test_what_the_desk_writes_appears_while_the_partner_types(cast: Cast, child: Case, window: Window) -> None:
    page = window(None, f"/partner/link/{links.make(child, at=timezone.now())}", heard=False, **PHONE)
    page.get_by_role("button", name="Entrar no chamado").click()
    expect(page.locator("body[data-hears=stream]")).to_be_attached()
    page.get_by_label("Sua resposta").fill("Estamos")

    replying.reply(child, Message("É urgente."), by=cast.marta, at=timezone.now())

    expect(page.locator("#timeline").get_by_text("É urgente.")).to_be_visible()
    expect(page.get_by_label("Sua resposta")).to_have_value("Estamos")


def test_the_pages_of_a_partner_are_sound_in_light_and_dark(child: Case, kaio: Actor, window: Window) -> None:
    RESULTS.mkdir(exist_ok=True)
    for theme in ("light", "dark"):
        page = window(kaio, "/partner/", heard=False, color_scheme=theme)
        for name, path in (("list", "/partner/"), ("case", f"/partner/cases/{protocols.show(child.protocol)}/")):
            page.goto(path)
            assert unsound(page) == []
            for width in (390, 1280):
                page.set_viewport_size({"width": width, "height": 844})
                page.screenshot(path=RESULTS / f"partner-{name}-{theme}-{width}.png", full_page=True)
