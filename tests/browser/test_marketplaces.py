"""One whole story per marketplace, as each party sees it in a browser."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import PHONE, Window, editor, unsound
from tests.cast import Cast, gather
from tratativa.accounts.actors import Actor
from tratativa.cases.acting import actions, opening
from tratativa.cases.acting.opening import Opening
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.orders.models import Order

pytestmark = pytest.mark.browser


@pytest.fixture
def casas_bahia(transactional_db: None, server: str) -> Cast:
    return gather("casas-bahia")


def opened(cast: Cast, reason: str, words: str) -> Case:
    return opening.open_case(
        Opening(cast.order, reason=reason, message=Message(words)), by=cast.cliente, at=timezone.now()
    )


def act(page: Page, label: str) -> None:
    """Opens the form of an action from «Andamento do Protocolo»."""
    page.locator("summary", has_text="Andamento do Protocolo").click()
    page.get_by_role("link", name=label).click()


def photo(name: str) -> FilePayload:
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(drawn, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": drawn.getvalue()}


def test_casas_bahia_asks_for_photos_and_gets_them_from_a_phone(casas_bahia: Cast, window: Window) -> None:
    case = opened(casas_bahia, "Devolução do produto", "Veio com a tampa trincada.")
    seller = window(casas_bahia.ana, f"/cases/{case.protocol}/")
    act(seller, "Solicitar fotos do produto ao cliente")
    seller.get_by_role("button", name="Solicitar fotos do produto ao cliente").click()
    expect(seller.get_by_text("Aguardando cliente").first).to_be_visible()

    phone = window(casas_bahia.cliente, f"/my/cases/{case.protocol}/", **PHONE)
    phone.get_by_role("link", name="Fotos do produto").click()
    phone.get_by_role("button", name="Enviar resposta").click()
    expect(phone.get_by_text("Anexe ao menos um arquivo em «Fotos do item».")).to_be_visible()
    phone.get_by_label("Fotos do item").set_input_files(photo("tampa.png"))
    phone.get_by_label("Fotos da embalagem").set_input_files(photo("caixa.png"))
    phone.get_by_role("button", name="Enviar resposta").click()
    expect(phone.get_by_text("Resposta enviada. Obrigado!")).to_be_visible()

    seller.reload()
    expect(seller.get_by_role("link", name="tampa.png").first).to_be_visible()
    expect(seller.get_by_role("link", name="caixa.png").first).to_be_visible()
    seller.locator("summary", has_text="Andamento do Protocolo").click()
    expect(seller.get_by_role("link", name="Solicitar fotos do produto com mais qualidade")).to_be_visible()


def test_casas_bahia_gives_a_posting_code_and_the_return_has_its_page(casas_bahia: Cast, window: Window) -> None:
    case = opened(casas_bahia, "Devolução do produto", "Ficou pequeno.")
    seller = window(casas_bahia.ana, f"/cases/{case.protocol}/")
    act(seller, "Informar o código de postagem")
    seller.get_by_role("textbox", name="Código de postagem").fill("LX 123 456 789")
    seller.get_by_role("button", name="Informar o código de postagem").click()

    seller.get_by_role("link", name="Ver reversa").click()
    expect(seller.get_by_role("heading", name="Reversa do pedido 1001")).to_be_visible()
    expect(seller.get_by_text("LX 123 456 789")).to_be_visible()
    customer = window(casas_bahia.cliente, f"/my/cases/{case.protocol}/", **PHONE)
    expect(customer.get_by_role("log")).to_contain_text("LX 123 456 789")


def test_casas_bahia_cannot_refuse_a_cancellation_within_seven_days(casas_bahia: Cast, window: Window) -> None:
    Order.objects.filter(pk=casas_bahia.order.pk).update(delivered_at=timezone.now() - timedelta(days=2))
    case = opened(casas_bahia, "Cancelamento da compra", "Mudei de ideia.")

    seller = window(casas_bahia.ana, f"/cases/{case.protocol}/")
    seller.locator("summary", has_text="Andamento do Protocolo").click()

    refused = seller.locator("[aria-disabled=true]", has_text="Recusar cancelamento")
    expect(refused).to_contain_text("CDC, art. 49")


def test_madeiramadeira_answers_by_an_action_that_finishes_the_protocol(
    transactional_db: None, server: str, window: Window
) -> None:
    cast = gather("madeiramadeira")
    case = opened(cast, "Necessidade de Manual de Montagem", "Não veio o manual.")
    seller = window(cast.ana, f"/cases/{case.protocol}/")
    seller.locator("summary", has_text="Ações do protocolo").click()
    expect(seller.get_by_role("link", name="Responder ao cliente")).to_contain_text("cumpre o prazo")
    seller.get_by_role("link", name="Responder ao cliente").click()
    seller.get_by_role("dialog").get_by_label("Mensagem").fill("Segue o manual em anexo.")
    manual = {"name": "manual.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    seller.get_by_role("dialog").locator("input[type=file]").set_input_files(manual)
    seller.get_by_role("button", name="Responder ao cliente").click()

    expect(seller.locator(".badge", has_text="Finalizado").first).to_be_visible()
    customer = window(cast.cliente, f"/my/cases/{case.protocol}/", **PHONE)
    expect(customer.get_by_text("Segue o manual")).to_be_visible()


def test_troque_e_devolva_waits_for_the_customer_only_when_it_asks(
    transactional_db: None, server: str, window: Window
) -> None:
    cast = gather("troque-e-devolva")
    case = opened(cast, "", "Posso trocar?")
    team = window(cast.marta, f"/cases/{case.protocol}/")
    editor(team).fill("Estamos verificando.")
    team.get_by_role("button", name="Enviar ao").click()
    expect(team.get_by_text("Aguardando resposta").first).to_be_visible()

    editor(team).fill("Qual tamanho você usa?")
    team.get_by_label("Esperar resposta").check()
    team.get_by_role("button", name="Enviar ao").click()

    expect(team.get_by_text("Aguardando cliente").first).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_new_pages_are_accessible_and_fit(casas_bahia: Cast, window: Window, theme: str) -> None:
    case = opened(casas_bahia, "Endereço divergente", "Errei o número.")
    actions.perform(case, "Confirmar endereço com cliente", by=casas_bahia.ana, at=timezone.now())
    request = case.requests.get()
    found: list[str] = []

    looks: list[tuple[Actor, str]] = [
        (casas_bahia.ana, "/returns/"), (casas_bahia.ana, "/articles/"),
        (casas_bahia.ana, "/articles/action/recusar-cancelamento"),
        (casas_bahia.ana, f"/cases/{case.protocol}/actions/converse-com-o-a-cliente"),
        (casas_bahia.cliente, f"/my/cases/{case.protocol}/requests/{request.pk}"),
    ]  # fmt: skip
    for actor, path in looks:
        page = window(actor, path, color_scheme=theme, heard=False)
        found += unsound(page)

    assert found == []
