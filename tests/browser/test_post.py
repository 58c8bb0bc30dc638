"""The post in a browser: expanding a letter, opening it as it came, and the page of what needs a hand."""

import os
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import Window, unsound
from tests.cast import MONDAY, Cast
from tratativa.accounts import actors
from tratativa.accounts.models import Membership, Person, Role
from tratativa.cases.models import Case
from tratativa.mail import tokens
from tratativa.mail.filing import filing
from tratativa.mail.intake import receiving
from tratativa.mail.models import Arrival, Mailbox

pytestmark = pytest.mark.browser


@pytest.fixture
def arrival(cast: Cast, case: Case) -> Arrival:
    box = Mailbox.objects.create(marketplace=cast.marketplace, address="sac@loja.example")
    message = EmailMessage()
    message["From"], message["Subject"] = cast.buyer.email, "Re: Recebemos o seu atendimento"
    message["To"] = tokens.address(box, case.pk, cast.buyer.pk)
    message.set_content("Ainda não veio.\n\nEm 23/11/2026 09:12, Americanas escreveu:\n> Recebemos o seu atendimento.")
    message.add_alternative("<p>Ainda <b>não</b> veio.</p><img src='https://rastreio.example/p.gif'>", subtype="html")
    arrival = receiving.receive(box, message.as_bytes(), at=MONDAY)
    filing.open_letter(arrival.pk, at=MONDAY)
    lost = receiving.receive(box, b"From: rui@cliente.example\nSubject: Oi\n\noi", at=MONDAY)
    filing.open_letter(lost.pk, at=MONDAY)
    arrival.refresh_from_db()
    return arrival


def test_a_letter_is_expanded_and_opened_as_it_came(cast: Cast, case: Case, arrival: Arrival, window: Window) -> None:
    page = window(cast.marta, f"/cases/{case.protocol}/", heard=False)
    quoted = page.get_by_text("> Recebemos o seu atendimento.")
    expect(page.get_by_text("Ainda não veio.", exact=True)).to_be_visible()
    expect(quoted).to_be_hidden()

    page.get_by_text("expandir", exact=True).click()
    expect(quoted).to_be_visible()
    _keep(page, "case")

    page.get_by_role("link", name="chegou por e-mail; abrir como chegou").click()
    expect(page.frame_locator("iframe").get_by_text("não", exact=True)).to_be_visible()
    assert unsound(page) == []
    _keep(page, "arrival")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_post_fits_and_reads(cast: Cast, arrival: Arrival, window: Window, width: int, theme: str) -> None:
    page = window(cast.marta, "/post/", heard=False, viewport={"width": width, "height": 800}, color_scheme=theme)

    expect(page.get_by_role("heading", name="Sem atendimento")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    _keep(page, f"post-{width}-{theme}")
    assert unsound(page) == []


def _keep(page: Page, name: str) -> None:
    """Pictures for whoever wants to look, where the environment says so."""
    if folder := os.environ.get("TRATATIVA_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png")


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_a_mailbox_is_added_and_asks_for_a_server_only_where_it_is_fetched(
    cast: Cast, window: Window, width: int, theme: str
) -> None:
    person = Person.objects.create_user(email="otavio@mesa.example", password=None, name="Otávio")
    member = Membership.objects.create(person=person, marketplace=cast.marketplace, role=Role.ADMIN)
    boss = actors.of_membership(member)
    page = window(boss, "/post/", heard=False, viewport={"width": width, "height": 800}, color_scheme=theme)

    page.get_by_role("link", name="Nova caixa").click()
    page.get_by_label("Endereço").fill("sac@loja.example")
    expect(page.get_by_role("textbox", name="Servidor IMAP")).to_be_visible()
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Escreva o nome do servidor")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    _keep(page, f"mailbox-{width}-{theme}")

    page.get_by_label("O servidor de e-mail ou um provedor entrega à mesa").check()
    expect(page.get_by_role("textbox", name="Servidor IMAP")).to_be_hidden()
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("A caixa sac@loja.example foi criada.")).to_be_visible()

    expect(page.get_by_text("/post/in/")).to_be_visible()
    _keep(page, f"mailbox-posted-{width}-{theme}")
    assert unsound(page) == []


def test_an_agent_says_that_a_letter_from_another_address_is_the_customer_s(
    cast: Cast, case: Case, arrival: Arrival, window: Window
) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "joana+compras@cliente.example", "Re: atendimento"
    message["To"] = tokens.address(Mailbox.objects.get(address="sac@loja.example"), case.pk, cast.buyer.pk)
    message.set_content("Chegou quebrado.")
    filing.open_letter(receiving.receive(arrival.mailbox, message.as_bytes(), at=timezone.now()).pk, at=timezone.now())
    page = window(cast.marta, f"/cases/{case.protocol}/", heard=False)
    button = page.get_by_role("button", name="joana+compras@cliente.example é o cliente")
    expect(button).to_be_visible()
    assert unsound(page) == []
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        button.scroll_into_view_if_needed()
        _keep(page, f"whose-{width}")

    button.click()

    expect(page.get_by_text("O e-mail é agora uma mensagem do cliente")).to_be_visible()
    expect(button).to_have_count(0)
    expect(page.get_by_text("Chegou quebrado.", exact=True).first).to_be_visible()
