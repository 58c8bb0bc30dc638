"""The customer's phone: finding the reason, a photo, words kept on the device, the survey, and no network at all."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import Window, unsound
from tests.cast import Cast
from tests.config.desks import until
from tratativa.cases import sweeping
from tratativa.cases.acting import actions, replying
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Survey
from tratativa.orders.models import Order

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
OPEN = "/my/orders/1001/open"


def shelf(page: Page) -> int:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('tratativa.kept.')).length")


@pytest.fixture
def arrived(cast: Cast) -> Cast:
    Order.objects.filter(pk=cast.order.pk).update(stage="delivered", delivered_at=timezone.now())
    return cast


def test_a_customer_finds_the_reason_while_typing_and_opens_the_case(arrived: Cast, window: Window) -> None:
    page = window(arrived.cliente, "/my/", **PHONE)
    page.get_by_role("link", name="Preciso de ajuda com o pedido 1001").tap()
    expect(page.get_by_role("radio", name="Produto com defeito")).to_be_hidden()
    assert unsound(page) == []

    page.get_by_label("Diga com as suas palavras").fill("veio quebrado")
    expect(page.locator("#found")).to_have_text("2 motivos encontrados")
    page.get_by_text("Produto com defeito").tap()
    page.get_by_label("Conte o que houve").fill("A porta veio rachada.")
    page.get_by_role("button", name="Enviar").tap()

    expect(page.get_by_text("Recebemos o seu atendimento")).to_be_visible()
    expect(page.get_by_text("Agora é a vez da loja, até")).to_be_visible()
    assert unsound(page) == []
    assert Case.objects.get().reason == "produto-com-defeito"


def test_a_group_opens_by_one_tap_and_its_reason_is_chosen_by_another(arrived: Cast, window: Window) -> None:
    page = window(arrived.cliente, OPEN, **PHONE)

    page.get_by_text("Chegou com problema").tap()
    page.get_by_role("radio", name="Produto errado").check()
    page.get_by_label("Diga com as suas palavras").fill("nota")

    expect(page.get_by_role("radio", name="Nota fiscal")).to_be_visible()
    expect(page.get_by_role("radio", name="Produto errado")).to_be_checked()


def test_words_that_were_not_sent_come_back_with_their_reason_and_go_with_their_author(
    arrived: Cast, window: Window
) -> None:
    page = window(arrived.cliente, OPEN, **PHONE)
    page.get_by_text("Chegou com problema").tap()
    page.get_by_role("radio", name="Produto errado").check()
    page.get_by_label("Conte o que houve").fill("Veio o modelo azul.")
    page.on("dialog", lambda asked: asked.accept())

    page.goto(OPEN)
    expect(page.get_by_label("Conte o que houve")).to_have_value("Veio o modelo azul.")
    expect(page.get_by_role("radio", name="Produto errado")).to_be_checked()
    expect(page.get_by_role("radio", name="Produto com defeito")).to_be_visible()
    assert shelf(page) == 1

    page.get_by_role("button", name="Sair").tap()
    page.wait_for_url("**/my/americanas/")
    assert shelf(page) == 0


def test_a_phone_takes_a_photo_and_a_desk_chooses_a_file(arrived: Cast, window: Window) -> None:
    phone, desk = window(arrived.cliente, OPEN, **PHONE), window(arrived.cliente, OPEN)

    expect(phone.locator("label.camera")).to_be_visible()
    expect(phone.locator("label.camera input")).to_have_attribute("capture", "environment")
    expect(desk.locator("label.camera")).to_be_hidden()
    picture = phone.request.get("/my/americanas/manifest.webmanifest").json()["icons"][0]["src"]
    photo = {"name": "foto.png", "mimeType": "image/png", "buffer": phone.request.get(picture).body()}
    phone.locator("label.camera input").set_input_files([photo])
    expect(phone.locator("[data-waiting] .file__name", has_text="foto.png")).to_be_visible()


def test_one_tap_rates_and_another_changes_it(cast: Cast, case: Case, window: Window) -> None:
    now = timezone.now()
    replying.reply(case, Message("Chegou?", to="customer", customer_reads=True), by=cast.ana, at=now)
    actions.perform(case, "Encerrar atendimento", by=cast.ana, at=now)
    sweeping.sweep(at=now + timedelta(days=6))
    page = window(cast.cliente, f"/my/cases/{case.protocol}/", **PHONE)

    page.get_by_role("button", name="5 ótimo").tap()
    expect(page.get_by_text("Sua nota: ótimo.")).to_be_visible()
    page.get_by_role("button", name="2 ruim").tap()
    expect(page.get_by_text("Sua nota: ruim.")).to_be_visible()

    assert unsound(page) == []
    assert Survey.objects.get().score == 2


def test_without_a_network_a_page_says_so_and_no_case_was_kept(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.cliente, f"/my/cases/{case.protocol}/", heard=False, **PHONE)
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.reload()
    until(lambda: page.evaluate("navigator.serviceWorker.controller !== null"), "the worker")

    kept = page.evaluate(
        "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((one) => one.keys()))))"
        ".then((found) => found.flat().map((request) => new URL(request.url).pathname))"
    )
    page.context.set_offline(True)
    page.goto("/my/")
    expect(page.get_by_role("heading", name="Sem conexão")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("link", name="Tentar de novo").tap()

    expect(page.get_by_role("heading", name="Meus atendimentos")).to_be_visible()
    assert [path for path in kept if not path.startswith("/static/")] == ["/my/offline/pt-br"]
    assert len(kept) == 4
