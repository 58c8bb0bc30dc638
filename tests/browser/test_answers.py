"""Answering fast: `/` finds a saved reply, files are dropped anywhere, an input method is left alone."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Window, editor, unsound
from tests.browser.test_retail_procedures import RESULTS
from tests.cast import Cast
from tratativa.accounts.models import Person
from tratativa.accounts.people.team import Doer, Team
from tratativa.cases.acting import opening, replying
from tratativa.cases.acting.opening import Opening
from tratativa.cases.files import attachments
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Attachment, Case, Tag, Text
from tratativa.saved_replies import keeping
from tratativa.saved_replies.models import SavedReply

pytestmark = pytest.mark.browser


@pytest.fixture
def replies(cast: Cast) -> None:
    """What Ana keeps to answer with."""
    by = Doer(Person.objects.get(pk=cast.ana.person_id))
    for writing in (
        keeping.Writing("Atraso da transportadora", "atraso", "Oi, {{primeiro nome}}: o pedido {{pedido}} atrasou.",
                        tags="atraso", to="marketplace"),
        keeping.Writing("Código de postagem", "postagem", "**Código**: {{rastreio}}. Obrigada!", action="anotar"),
        keeping.Writing("Saudação", "", "Bom dia, {{primeiro nome}}!"),
    ):  # fmt: skip
        keeping.write(Team(cast.marketplace, cast.seller), writing, actor=cast.ana, by=by, at=timezone.now())


def drop(page: Page, place: str, count: int) -> None:
    """Files let go of over a part of the page, as a browser tells of it."""
    page.evaluate(
        """([place, count]) => {
            const data = new DataTransfer();
            for (let one = 1; one <= count; one += 1) data.items.add(new File(["%PDF"], `nota ${one}.pdf`));
            const target = document.querySelector(place);
            for (const name of ["dragenter", "dragover", "drop"]) {
                const event = new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true });
                if (target.dispatchEvent(event) && name !== "dragenter") throw new Error(`${name} was left alone`);
            }
        }""",
        [place, count],
    )


def test_a_slash_at_a_word_s_start_finds_a_reply_and_puts_it_where_the_cursor_is(
    cast: Cast, case: Case, replies: None, window: Window
) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/")
    picker = page.get_by_role("dialog", name="Respostas prontas")

    editor(page).press_sequentially("Sobre 1/2: ")
    expect(picker).to_be_hidden()
    editor(page).press_sequentially("/")
    expect(picker).to_be_visible()
    page.keyboard.type("transportadora atraso")
    expect(picker.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")

    expect(editor(page)).to_have_text("Sobre 1/2: Oi, Joana: o pedido 1001 atrasou.")
    expect(page.get_by_role("button", name="Enviar ao marketplace")).to_be_visible()
    expect(page.get_by_text("Rascunho guardado agora")).to_be_visible()
    assert not Tag.objects.exists()
    assert Text.objects.filter(case=case).count() == 1
    page.get_by_role("button", name="Enviar ao marketplace").click()
    expect(page.get_by_text("Resposta enviada.")).to_be_visible()
    expect(page.locator("#tags").get_by_role("link", name="atraso")).to_be_visible()


def test_escape_leaves_the_slash_and_arrows_choose(cast: Cast, case: Case, replies: None, window: Window) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/")
    picker = page.get_by_role("dialog", name="Respostas prontas")

    editor(page).press_sequentially("/")
    expect(picker.get_by_role("option")).to_have_count(3)
    page.keyboard.press("Escape")
    expect(editor(page)).to_have_text("/")
    page.keyboard.press("Backspace")
    editor(page).press_sequentially("/")
    page.keyboard.type("saudacao")
    expect(picker.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")
    expect(picker.get_by_role("option")).to_have_count(3)
    page.keyboard.press("ArrowDown")
    expect(picker.get_by_role("option", selected=True)).to_contain_text("Código de postagem")
    page.keyboard.press("Enter")

    expect(editor(page)).to_have_text("Código: ⟦rastreio⟧. Obrigada!")
    expect(page.get_by_text("Preencha antes de enviar: rastreio.")).to_be_visible()
    page.keyboard.type("BR123")  # the blank is selected
    expect(editor(page)).to_have_text("Código: BR123. Obrigada!")
    expect(editor(page).locator("strong")).to_have_text("Código")


def test_the_palette_offers_them_on_a_case_and_a_telephone_has_a_button(
    cast: Cast, case: Case, replies: None, window: Window
) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/")
    expect(editor(page)).to_be_visible()
    page.keyboard.press("Control+k")
    palette = page.locator("[data-palette]")
    expect(palette.get_by_text("Saudação").first).to_be_attached()
    page.keyboard.type("saudacao")
    page.keyboard.press("Enter")
    expect(editor(page)).to_have_text("Bom dia, Joana!")

    phone = window(cast.ana, f"/cases/{case.protocol}/", **PHONE)
    phone.get_by_role("button", name="Respostas").tap()
    phone.get_by_role("option", name=re.compile("Atraso da transportadora")).tap()
    expect(editor(phone)).to_contain_text("o pedido 1001 atrasou.")
    RESULTS.mkdir(exist_ok=True)
    phone.screenshot(path=RESULTS / "answers-phone.png")


def test_files_dropped_anywhere_are_taken_and_those_beyond_the_limit_named_in_one_line(
    cast: Cast, case: Case, window: Window
) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/")
    expect(editor(page)).to_be_visible()

    drop(page, "#timeline", 30)

    waiting = page.locator("[data-composer] [data-file]")
    expect(waiting).to_have_count(10)
    left = page.locator("[data-left-out]")
    expect(left).to_have_count(1)
    expect(left).to_contain_text("São até 10 arquivos por mensagem. Ficaram de fora: nota 11.pdf, nota 12.pdf")
    expect(left).to_contain_text("nota 30.pdf")
    assert Attachment.objects.count() == 10
    assert len(page.context.pages) == 1


def test_enter_that_ends_a_composition_sends_nothing(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/")
    page.locator(".pill", has_text="Marketplace").click()
    editor(page).press_sequentially("ni hao")

    editor(page).evaluate(
        """(place) => place.dispatchEvent(new KeyboardEvent("keydown", {
            key: "Enter", ctrlKey: true, isComposing: true, bubbles: true, cancelable: true }))"""
    )
    expect(page.get_by_text("Rascunho guardado agora")).to_be_visible()

    assert Text.objects.filter(case=case).count() == 1
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Resposta enviada.")).to_be_visible()


def test_one_key_answers_and_opens_the_next_of_the_list(cast: Cast, case: Case, window: Window) -> None:
    other = opening.open_case(
        Opening(cast.order, reason="Produto com defeito", message=Message("Veio quebrado.")),
        by=cast.cliente,
        at=timezone.now(),
    )
    page = window(cast.ana, "/cases/?tab=all")
    first, second = [case, other] if first_is(page, case) else [other, case]
    page.locator("[data-rows] [data-row] [data-open]").first.click()
    page.wait_for_url(re.compile(first.protocol[8:15]))
    page.locator(".pill", has_text="Marketplace").click()
    expect(page.get_by_role("button", name="Enviar e ir ao próximo 1/2")).to_be_visible()

    editor(page).press_sequentially("Vejo já.")
    page.keyboard.press("Control+Shift+Enter")

    page.wait_for_url(re.compile(second.protocol[8:15]))
    expect(page.get_by_text("Resposta enviada.")).to_be_visible()
    expect(page.get_by_role("button", name="Enviar e ir ao próximo")).to_be_hidden()


def first_is(page: Page, case: Case) -> bool:
    """Whether the list begins with this case."""
    first = page.locator("[data-rows] [data-row] [data-open]").first.get_attribute("href") or ""
    return case.protocol in first.replace("-", "").replace(".", "")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_room_and_the_picker_are_sound(cast: Cast, case: Case, replies: None, window: Window, theme: str) -> None:
    page = window(cast.ana, "/settings/replies/", color_scheme=theme)
    expect(page.get_by_role("link", name="Saudação")).to_be_visible()
    assert unsound(page) == []
    RESULTS.mkdir(exist_ok=True)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.screenshot(path=RESULTS / f"replies-{theme}-{width}.png", full_page=True)
    page.goto(f"/settings/replies/{SavedReply.objects.get(name='Saudação').pk}/")
    expect(page.get_by_label("Nome")).to_have_value("Saudação")
    assert unsound(page) == []
    page.screenshot(path=RESULTS / f"reply-{theme}.png", full_page=True)
    page.goto(f"/cases/{case.protocol}/")
    expect(editor(page)).to_be_visible()
    page.get_by_role("button", name="Respostas").click()
    expect(page.get_by_role("option")).to_have_count(3)
    page.screenshot(path=RESULTS / f"picker-{theme}.png")
    page.keyboard.type("atraso")
    page.keyboard.press("Enter")
    expect(editor(page)).to_contain_text("atrasou")
    assert unsound(page) == []
    page.set_viewport_size({"width": 1280, "height": 844})
    page.screenshot(path=RESULTS / f"answers-{theme}.png", full_page=True)


def test_a_pasted_table_keeps_its_lines_and_a_link_its_address(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/")

    editor(page).evaluate(
        """(place, html) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            place.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        "<table><tr><th>Item</th><th>Valor</th></tr><tr><td>Mesa</td><td>R$ 10</td></tr></table>"
        '<p>Veja <a href="https://loja.example/p/1">o produto</a> em <a href="https://loja.example">loja.example</a></p>',
    )

    expect(page.locator("#text")).to_have_value(
        re.compile(
            r"Item \| Valor\nMesa \| R\$ 10\nVeja o produto \(https://loja\.example/p/1\) em https://loja\.example"
        )
    )


def test_the_pictures_of_a_conversation_are_seen_one_after_the_other(cast: Cast, case: Case, window: Window) -> None:
    files = []
    for number, colour in enumerate(("red", "blue"), 1):
        drawn = BytesIO()
        Image.new("RGB", (320, 240), colour).save(drawn, "PNG")
        uploaded = SimpleUploadedFile(f"foto {number}.png", drawn.getvalue(), "image/png")
        files.append(attachments.receive(uploaded, by=cast.cliente, at=timezone.now(), limit=10**7))
        attachments.draw_picture(files[-1])
    replying.reply(case, Message("Veja as fotos.", files=files), by=cast.cliente, at=timezone.now())
    page = window(cast.ana, f"/cases/{case.protocol}/")
    gallery = page.get_by_role("dialog", name="Imagens do atendimento")

    page.get_by_role("link", name=re.compile("foto 1.png")).click()
    expect(gallery.get_by_text("1/2")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(gallery.get_by_text("foto 2.png")).to_be_visible()
    expect(gallery.get_by_role("button", name="Próxima imagem")).to_be_hidden()
    page.screenshot(path=RESULTS / "gallery.png")
    page.keyboard.press("Escape")
    expect(gallery).to_be_hidden()
