"""Files in the composer are seen before they are sent, and a PDF in the conversation opens in the gallery."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from playwright.sync_api import expect

from tests.bounded.test_pages import pdf
from tests.bounded.test_pictures import picture
from tests.browser.conftest import PHONE, Window, editor, unsound
from tests.cast import Cast
from tratativa.cases.acting import replying
from tratativa.cases.files import attachments
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Attachment, Case

pytestmark = pytest.mark.browser


def test_tiles_come_with_their_pictures_and_go_by_their_button(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/")
    expect(editor(page)).to_be_visible()

    page.locator("input[data-files]").set_input_files(
        [
            {"name": "nota.pdf", "mimeType": "application/pdf", "buffer": pdf()},
            {"name": "foto.png", "mimeType": "image/png", "buffer": picture("PNG", 60, 40)},
            {"name": "planilha.xlsx", "mimeType": "application/zip", "buffer": b"PK123"},
        ]
    )
    tiles = page.locator("[data-file]")
    expect(tiles).to_have_count(3)
    for file in Attachment.objects.exclude(name="planilha.xlsx"):
        attachments.draw_picture(file)  # the worker's part
    for name in ("nota.pdf", "foto.png"):
        shown = page.get_by_role("img", name=f"Prévia de {name}")
        expect(shown).to_be_visible(timeout=20_000)
        expect(shown).to_have_js_property("naturalWidth", 1280 if name == "nota.pdf" else 60)
    expect(tiles.nth(2)).to_contain_text("XLSX")
    assert unsound(page) == []

    page.get_by_role("button", name="Tirar nota.pdf").click()
    expect(tiles).to_have_count(2)
    assert not Attachment.objects.filter(name="nota.pdf").exists()


def test_a_pdf_opens_in_the_gallery_and_says_that_it_is_the_first_page(cast: Cast, case: Case, window: Window) -> None:
    files = []
    for name, data in (("nota.pdf", pdf()), ("foto.png", picture("PNG", 60, 40))):
        file = attachments.receive(SimpleUploadedFile(name, data), by=cast.ana, at=timezone.now(), limit=10_000)
        attachments.draw_picture(file)
        files.append(file)
    message = Message("Seguem.", to="customer", customer_reads=True, files=files)
    replying.reply(case, message, by=cast.ana, at=timezone.now())
    page = window(cast.marta, f"/cases/{case.protocol}/", **PHONE)

    page.get_by_role("img", name="Primeira página de nota.pdf").tap()
    gallery = page.get_by_role("dialog", name="Imagens do atendimento")
    expect(gallery.get_by_text("Só a primeira página")).to_be_visible()
    expect(gallery.locator(".gallery__picture img")).to_have_js_property("naturalWidth", 1280)
    with page.expect_download() as saved:
        gallery.get_by_role("link", name="Salvar").click()
    assert saved.value.suggested_filename == "nota.pdf"
    page.keyboard.press("ArrowRight")
    expect(gallery.get_by_text("Só a primeira página")).to_be_hidden()
    expect(gallery).to_contain_text("foto.png")
