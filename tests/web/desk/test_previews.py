"""Files that wait, and PDFs that were sent, are seen as pictures: drawn in the child, shown to whom they are shown."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.bounded.test_pages import pdf
from tests.bounded.test_pictures import picture
from tests.cast import Cast
from tests.papers import answer_with
from tests.web.conftest import NINE, Enter
from tests.web.pages import flat
from tratativa.cases.acting import replying
from tratativa.cases.files import attachments
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Attachment, Case


@pytest.mark.parametrize(("name", "data"), [("nota.pdf", pdf()), ("foto.PNG", picture("PNG", 40, 20))])
def test_a_waiting_files_tile_has_its_picture_once_it_is_drawn(
    cast: Cast, case: Case, enter: Enter, name: str, data: bytes
) -> None:
    client = enter(cast.ana)

    line = flat(client.post(f"/cases/{case.protocol}/files", {"files": SimpleUploadedFile(name, data)}).text)
    found = re.search(r'data-preview="([^"]+)"', line)
    assert found
    assert client.get(found.group(1)).status_code == 204
    assert attachments.draw_picture(Attachment.objects.get())
    shown = client.get(found.group(1))

    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
    assert "sandbox" in shown["Content-Security-Policy"]
    assert b"".join(shown.streaming_content)[8:12] == b"WEBP"  # type: ignore[attr-defined]
    assert f'src="{found.group(1)}"' in flat(client.get(f"/cases/{case.protocol}/").text)
    for other in (cast.chefe, cast.marta):
        assert enter(other).get(found.group(1)).status_code == 404


def test_what_can_have_no_picture_says_its_format_and_asks_for_none(cast: Cast, case: Case, enter: Enter) -> None:
    line = flat(
        enter(cast.ana)
        .post(f"/cases/{case.protocol}/files", {"files": SimpleUploadedFile("planilha.xlsx", b"PK12345")})
        .text
    )

    assert "data-preview" not in line
    assert "1 KB · XLSX" in line
    assert "Tirar planilha.xlsx" in line


def test_a_name_that_lies_has_no_picture(cast: Cast, case: Case) -> None:
    for name, data in (("nota.pdf", picture("PNG", 40, 20)), ("foto.png", pdf())):
        file = attachments.receive(SimpleUploadedFile(name, data), by=cast.ana, at=NINE, limit=10_000)

        assert not attachments.draw_picture(file)


def test_a_pdf_that_was_sent_shows_its_first_page_and_is_saved_whole(cast: Cast, case: Case, enter: Enter) -> None:
    file = attachments.receive(SimpleUploadedFile("nota.pdf", pdf()), by=cast.ana, at=NINE, limit=10_000)
    attachments.draw_picture(file)
    replying.reply(case, Message("Segue.", to="customer", customer_reads=True, files=[file]), by=cast.ana, at=NINE)
    client = enter(cast.marta)

    page = flat(client.get(f"/cases/{case.protocol}/").text)
    whole = client.get(f"/files/{file.pk}")

    assert 'alt="Primeira página de nota.pdf"' in page
    assert "data-pages" in page
    assert whole["Content-Type"] == "application/octet-stream"
    assert "attachment" in whole["Content-Disposition"]


def test_an_identity_paper_is_shown_by_no_page(cast: Cast, case: Case, enter: Enter) -> None:
    file = attachments.receive(SimpleUploadedFile("rg.pdf", pdf()), by=cast.cliente, at=NINE, limit=10_000)
    attachments.draw_picture(file)
    answer_with(case, file, by=cast.cliente, at=NINE)

    page = flat(enter(cast.ana).get(f"/cases/{case.protocol}/").text)

    assert "rg.pdf" in page
    assert f"/files/{file.pk}/picture" not in page
