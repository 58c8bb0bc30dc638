"""Whole stories in a real browser: from the customer's question to the mediator's decision."""

import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Window, editor
from tests.cast import Cast
from tests.config.desks import until
from tratativa.cases import sweeping
from tratativa.cases.acting import opening, replying
from tratativa.cases.acting.opening import Opening
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Attachment, Case, Text

pytestmark = pytest.mark.browser


def write(page: Page, words: str, *, readable: bool, scripts: bool = True) -> None:
    """Fills the composer in, addressed to the customer."""
    page.locator(".pill", has_text="Cliente").click()
    if readable:
        page.get_by_role("switch", name="O Cliente pode ler?").check()
    (editor(page) if scripts else page.get_by_label("Mensagem")).fill(words)


def test_a_seller_answers_with_switch_and_confirmation(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, "/cases/")
    page.get_by_role("link", name=re.compile(case.protocol[8:15])).click()
    expect(page.get_by_text("O cliente não verá esta mensagem")).to_be_visible()

    expect(page.get_by_role("button", name="Guardar nota")).to_be_visible()
    write(page, "Chega amanhã cedo.", readable=True)
    colour = page.get_by_role("switch").evaluate("switch_ => getComputedStyle(switch_).backgroundColor")
    expect(page.get_by_text("O cliente poderá ler esta mensagem")).to_be_visible()
    page.get_by_role("button", name="Enviar ao").click()
    dialog = page.get_by_role("dialog", name="O cliente poderá ler esta resposta.")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button", name="Sim, pode ver")).to_be_focused()

    dialog.get_by_role("button", name="Cancelar").click()
    expect(page.locator("#text")).to_have_value("Chega amanhã cedo.")
    expect(page.get_by_text("Rascunho guardado agora")).to_be_visible()
    page.reload()
    expect(page.locator("#text")).to_have_value("Chega amanhã cedo.")
    expect(page.get_by_role("switch")).to_be_checked()
    assert Text.objects.filter(case=case).count() == 1

    page.get_by_role("button", name="Enviar ao").click()
    page.get_by_role("button", name="Sim, pode ver").click()
    expect(page.get_by_text("Resposta enviada.")).to_be_visible()
    assert _is_red(colour)

    reader = window(cast.cliente, f"/my/cases/{case.protocol}/")
    expect(reader.get_by_text("Chega amanhã cedo.")).to_be_visible()
    expect(reader.get_by_text("É a sua vez de responder.")).to_be_visible()


def test_a_missed_deadline_ends_in_a_ruling(cast: Cast, case: Case, window: Window) -> None:
    customer = window(cast.cliente, f"/my/cases/{case.protocol}/")
    expect(customer.get_by_role("link", name="Falar com a Americanas")).to_have_count(0)

    sweeping.sweep(at=timezone.now() + timedelta(days=1, minutes=1))
    customer.get_by_role("link", name="Falar com a Americanas").click()
    customer.get_by_label("Mensagem").fill("Ninguém me responde.")
    customer.get_by_role("button", name="Falar com a Americanas").click()
    expect(customer.get_by_text("Americanas está decidindo este caso.")).to_be_visible()

    mediator = window(cast.marta, "/mediations/")
    mediator.get_by_role("link", name=re.compile("Decidir")).click()
    expect(mediator.get_by_role("region", name="Cliente")).to_contain_text("Ninguém me responde.")
    mediator.get_by_role("radio", name="Cliente").check()
    mediator.get_by_label("Cancelar o pedido").check()
    mediator.get_by_label("Decisão").fill("O pedido não chegou; será cancelado.")
    mediator.get_by_label("Li o que o cliente e o parceiro disseram").check()
    mediator.get_by_role("button", name="Decidir mediação").click()
    expect(mediator.get_by_role("log")).to_contain_text("cláusula 9.9.1")

    customer.reload()
    expect(customer.get_by_text("O pedido não chegou; será cancelado.")).to_be_visible()
    expect(customer.get_by_text("Este atendimento foi encerrado")).to_be_visible()


def test_the_list_is_worked_by_keys_alone(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, "/cases/")

    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/cases/\d"))
    page.keyboard.press("a")
    expect(page.get_by_role("link", name="Anotar")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.keyboard.type("Para o SAC: o que faço?")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowRight")
    expect(page.locator("input[name=to][value=marketplace]")).to_be_checked()
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    with page.expect_navigation():  # keys work once the page's scripts stand
        page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Resposta enviada.")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("o")
    page.wait_for_url("**/orders/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Atalhos do teclado")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type(case.protocol)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/cases/\d"))


def test_everything_works_without_scripts(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/", java_script_enabled=False)

    write(page, "Chega amanhã.", readable=True, scripts=False)
    page.locator("input[name=files]").set_input_files({"name": "nota.pdf", "mimeType": "", "buffer": b"%PDF"})
    page.get_by_role("button", name="Enviar ao").click()
    expect(page.get_by_role("heading", name="O cliente poderá ler esta resposta.")).to_be_visible()
    page.get_by_role("link", name="Cancelar").click()
    expect(page.locator("#text")).to_have_value("Chega amanhã.")
    expect(page.get_by_text("nota.pdf")).to_be_visible()
    page.get_by_role("button", name="Enviar ao").click()
    page.get_by_role("button", name="Sim, pode ver").click()
    expect(page.get_by_role("log")).to_contain_text("Chega amanhã.")
    expect(page.get_by_role("log").get_by_text("nota.pdf")).to_be_visible()

    page.locator("#actions > summary").click()
    page.get_by_role("link", name="Anotar").click()
    page.get_by_label("Texto").fill("Cliente avisada.")
    page.get_by_role("button", name="Anotar").click()
    expect(page.get_by_role("log")).to_contain_text("Cliente avisada.")

    page.goto("/cases/?tab=all")
    page.get_by_label("Pedido", exact=True).fill("1001")
    page.get_by_role("button", name="Filtrar").click()
    expect(page.get_by_label("Filtros ativos")).to_contain_text("1001")


def test_news_appears_and_what_is_being_typed_stays(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/")
    inbox = window(cast.chefe, "/cases/")
    seen = page.locator("#seen").input_value()
    page.get_by_text("Por que este prazo?").first.click()
    editor(page).fill("Estou escrevendo…")
    _hear(page)
    _hear(inbox)

    replying.reply(case, Message("Ainda estou esperando!"), by=cast.cliente, at=timezone.now())

    expect(page.get_by_role("log")).to_contain_text("Ainda estou esperando!")
    expect(page.locator("#text")).to_have_value("Estou escrevendo…")
    expect(page.locator("#seen")).not_to_have_value(seen)
    expect(page.get_by_text("Chegou uma nova mensagem.")).to_be_attached()
    expect(page.locator("details.why").first).to_have_attribute("open", "")
    expect(inbox.get_by_role("main")).to_contain_text("Ainda estou esperando!")


def test_without_the_stream_the_page_asks_every_twenty_seconds(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, "/help")
    page.clock.install()
    page.route("**/events**", lambda route: route.abort())
    page.goto(f"/cases/{case.protocol}/")
    expect(page.locator("body")).to_have_attribute("data-hears", "polls")

    replying.reply(case, Message("Ainda estou esperando!"), by=cast.cliente, at=timezone.now())
    page.clock.run_for(21_000)

    expect(page.get_by_role("log")).to_contain_text("Ainda estou esperando!")


def test_files_go_up_as_they_are_chosen(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/")
    files = page.locator("input[name=files]")

    files.set_input_files({"name": "nota.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    expect(page.get_by_role("button", name="Tirar nota.pdf")).to_be_visible()
    files.set_input_files({"name": "filme.mov", "mimeType": "video/quicktime", "buffer": b"x" * (2 * 1024 * 1024 + 1)})
    expect(page.get_by_text("«filme.mov» tem 2.097.153 bytes")).to_be_visible()
    page.get_by_role("button", name="Tirar nota.pdf").click()
    expect(page.get_by_text("nota.pdf")).to_have_count(0)


def test_an_action_opens_over_the_page_and_a_mistake_keeps_what_was_typed(
    cast: Cast, case: Case, window: Window
) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/")

    page.locator("#actions > summary").click()
    expect(page.get_by_text("Responda ao cliente antes de encerrar.")).to_be_visible()
    page.get_by_role("link", name="Anotar").click()
    dialog = page.get_by_role("dialog", name="Anotar")
    dialog.get_by_role("button", name="Anotar").click()

    expect(page.get_by_text("Preencha «Texto».")).to_be_visible()


def test_the_theme_changes_at_once_and_stays(cast: Cast, window: Window) -> None:
    page = window(cast.ana, "/cases/")

    page.locator("summary", has_text="Ana Lima").click()
    page.get_by_role("button", name="Tema escuro").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def _hear(page: Page) -> None:
    """Waits until the page's stream is open: what is announced before would be missed."""
    expect(page.locator("body")).to_have_attribute("data-hears", "stream")


def _is_red(colour: str) -> bool:
    """Whether a computed colour is the switch's red (`oklch(0.52 0.2 27)` in light pages)."""
    parts = re.findall(r"[\d.]+", colour)
    if colour.startswith("oklch"):
        return float(parts[1]) > 0.15 and 15 < float(parts[2]) < 40
    red, green, blue = (float(part) for part in parts[:3])
    return red > 2 * green and red > 2 * blue


def test_the_way_back_keeps_the_filters_and_the_queue_leads_on(cast: Cast, case: Case, window: Window) -> None:
    second = opening.open_case(
        Opening(cast.order, reason="Nota fiscal", message=Message("E a nota?"), channel="phone"),
        by=cast.cliente,
        at=timezone.now(),
    )
    page = window(cast.ana, "/cases/?tab=all&origin=customer&sort=due")

    page.get_by_role("link", name=re.compile(case.protocol[8:15])).click()
    expect(page.get_by_label("Fila")).to_contain_text("1/2")
    page.keyboard.press("j")
    page.wait_for_url(re.compile(second.protocol[8:15]))
    expect(page.get_by_label("Fila")).to_contain_text("2/2")
    page.get_by_role("link", name="Atendimentos").nth(1).click()

    page.wait_for_url("**/cases/?tab=all&origin=customer&sort=due")
    expect(page.get_by_label("Filtros ativos")).to_contain_text("Cliente")


def test_a_button_pressed_twice_sends_once(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.cliente, f"/my/cases/{case.protocol}/")
    page.get_by_label("Sua mensagem").fill("Alguém?")

    page.get_by_role("button", name="Enviar mensagem").dblclick()

    expect(page.get_by_text("Mensagem enviada.")).to_be_visible()
    assert Text.objects.filter(case=case, body="Alguém?").count() == 1


def test_bold_and_lists_by_keyboard_reach_the_customer(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/")
    place = editor(page)
    page.locator(".pill", has_text="Cliente").click()
    page.get_by_role("switch", name="O Cliente pode ler?").check()
    expect(page.get_by_role("toolbar", name="Formatação")).to_be_visible()

    place.click()
    page.keyboard.press("Control+b")
    page.keyboard.type("Amanhã")
    page.keyboard.press("Control+b")
    page.keyboard.type(" chega:")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Lista", exact=True).click()
    expect(page.get_by_role("button", name="Lista", exact=True)).to_have_attribute("aria-pressed", "true")
    page.keyboard.type("a mesa")
    page.keyboard.press("Control+i")
    page.keyboard.type(" azul")
    expect(page.get_by_text("Rascunho guardado agora")).to_be_visible()
    page.reload()
    expect(place.locator("strong")).to_have_text("Amanhã")
    place.press("Control+Enter")
    page.get_by_role("button", name="Sim, pode ver").click()
    expect(page.get_by_role("log").locator("li em")).to_have_text(" azul")

    reader = window(cast.cliente, f"/my/cases/{case.protocol}/")
    expect(reader.get_by_role("log").locator("strong")).to_have_text("Amanhã")
    expect(reader.get_by_role("log").locator("li")).to_have_text("a mesa azul")
    assert Text.objects.filter(case=case, body="Amanhã chega:\n- a mesa azul").count() == 1


def test_what_is_typed_while_the_editor_is_on_its_way_goes_on_in_it(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, "/cases/")
    held: list[Route] = []
    page.route("**/static/web/editor-*.js", lambda route: held.append(route), times=1)
    page.goto(f"/cases/{case.protocol}/")
    page.get_by_label("Mensagem").press_sequentially("Chega  amanhã, ")
    held.pop().continue_()
    expect(editor(page)).to_be_focused()
    page.keyboard.type("cedo.")

    expect(page.get_by_text("Rascunho guardado agora")).to_be_visible()
    assert page.locator("#text").input_value() == "Chega  amanhã, cedo."
    page.reload()
    editor(page).press("End")
    until(lambda: page.evaluate("getSelection().focusOffset") > 0, "the caret to stand at the end")
    page.keyboard.type(" Ou não.")
    assert page.locator("#text").input_value() == "Chega  amanhã, cedo. Ou não."


def test_three_thousand_plain_lines_are_no_formatting(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/")
    page.locator(".pill", has_text="Marketplace").click()
    lines = "\n".join(str(number) for number in range(3000))

    editor(page).evaluate(
        """(place, words) => {
            const data = new DataTransfer();
            data.setData("text/plain", words);
            place.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        lines,
    )
    page.get_by_role("button", name="Enviar ao").click()

    expect(page.get_by_text("Resposta enviada.")).to_be_visible()
    said = Text.objects.filter(case=case).latest("entry__number")
    assert said.rich == "" and said.body.split() == lines.split()


def test_what_is_pasted_loses_everything_but_the_marks(cast: Cast, case: Case, window: Window) -> None:
    # Unheard: the policy says aloud that it stopped the handlers in what was pasted.
    page = window(cast.ana, f"/cases/{case.protocol}/", heard=False)
    place = editor(page)
    place.click()

    place.evaluate(
        """(place, html) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            place.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        "<h1 onclick='x()'>Oi</h1><script>1</script><img src=x onerror=document.title='PWN'><b>forte</b>",
    )

    expect(place.locator("strong")).to_have_text("forte")
    expect(place.locator("h1, img, script, [onclick]")).to_have_count(0)
    assert "PWN" not in page.title()


def test_a_telephones_photo_is_made_small_goes_up_and_leaves_with_the_message(
    cast: Cast, case: Case, window: Window
) -> None:
    noise = io.BytesIO()
    Image.effect_noise((3000, 2200), 90).convert("RGB").save(noise, "JPEG", quality=97)
    assert len(noise.getvalue()) > 2 * 1024 * 1024
    went_up: list[int] = []
    phone = window(cast.cliente, f"/my/cases/{case.protocol}/", viewport={"width": 390, "height": 844}, is_mobile=True)

    phone.on("request", lambda one: went_up.append(len(one.post_data_buffer or b"")) if "waiting" in one.url else None)

    phone.get_by_label("Sua mensagem").fill("Chegou assim.")
    phone.locator("#files").set_input_files(
        {"name": "caixa amassada.jpeg", "mimeType": "image/jpeg", "buffer": noise.getvalue()}
    )
    phone.get_by_role("button", name="Enviar mensagem").click()  # before the photo is up: the form waits for it
    expect(phone.get_by_text("Mensagem enviada.")).to_be_visible()

    expect(phone.get_by_role("log").get_by_role("link", name="caixa amassada.jpg")).to_be_visible()
    assert Attachment.objects.get().size <= 2 * 1024 * 1024
    assert len(went_up) == 1 and went_up[0] < 2.1 * 1024 * 1024


def test_a_photo_nobody_can_draw_is_said_so_and_the_words_stay(cast: Cast, case: Case, window: Window) -> None:
    phone = window(cast.cliente, f"/my/cases/{case.protocol}/", viewport={"width": 390, "height": 844}, is_mobile=True)
    phone.get_by_label("Sua mensagem").fill("Chegou assim.")

    broken = b"\xff\xd8\xff\xe0" + b"\0" * (2 * 1024 * 1024 + 1)
    phone.locator("#files").set_input_files({"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": broken})

    expect(phone.get_by_role("alert")).to_contain_text("Não deu para ler a foto «foto.jpg»")
    expect(phone.get_by_label("Sua mensagem")).to_have_value("Chegou assim.")
