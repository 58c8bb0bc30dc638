"""Answering on the page: the switch, the confirmation, the draft, the files (rows A-10 to A-13, A-35, A-36)."""

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.web.conftest import NINE, Enter
from tests.web.pages import flat
from tratativa.cases.acting import replying
from tratativa.cases.messages import drafts
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Attachment, Case, Text

LIMIT = 2 * 1024 * 1024


def answer(client: Client, case: Case, **given: Any) -> Any:
    """Posts the composer's form, to the customer and readable unless told otherwise."""
    usual = {"text": "Chega amanhã.", "to": "customer", "customer_reads": "yes", "switch": "shown"}
    return client.post(f"/cases/{case.protocol}/reply", {**usual, **given})


def said(case: Case) -> list[str]:
    """The words written in the case after its opening."""
    return list(Text.objects.filter(case=case).order_by("entry__number").values_list("body", flat=True))[1:]


def test_a_reply_the_customer_can_read_is_confirmed_first(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.ana)

    asked = answer(client, case)
    assert "O cliente poderá ler esta resposta." in asked.content.decode()
    assert "Sim, pode ver" in asked.content.decode()
    assert said(case) == []

    sent = answer(client, case, confirmed="yes")
    assert sent.status_code == 302
    assert said(case) == ["Chega amanhã."]
    assert "Chega amanhã." in enter(cast.cliente).get(f"/my/cases/{case.protocol}/").content.decode()


def test_cancelling_keeps_text_switch_and_files(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.ana)
    answer(client, case, files=SimpleUploadedFile("nota.pdf", b"%PDF nota"))

    page = client.get(f"/cases/{case.protocol}/").content.decode()

    assert "Chega amanhã." in page
    assert "nota.pdf" in page
    assert re.search(r'name="customer_reads" value="yes" checked', flat(page))
    assert said(case) == []


def test_with_the_switch_off_the_customer_does_not_read_it(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.ana)

    sent = client.post(f"/cases/{case.protocol}/reply", {"text": "Só entre nós", "to": "customer", "switch": "shown"})

    assert sent.status_code == 302
    assert said(case) == ["Só entre nós"]
    assert "Só entre nós" not in enter(cast.cliente).get(f"/my/cases/{case.protocol}/").content.decode()
    assert "O cliente não verá esta mensagem" in client.get(f"/cases/{case.protocol}/").content.decode()


def test_to_the_marketplace_there_is_no_confirmation_and_no_customer(
    cast: Cast, case: Case, enter: Enter
) -> None:
    sent = answer(enter(cast.ana), case, to="marketplace", text="Preciso de ajuda")

    assert sent.status_code == 302
    assert said(case) == ["Preciso de ajuda"]
    assert "Preciso de ajuda" not in enter(cast.cliente).get(f"/my/cases/{case.protocol}/").content.decode()


def test_an_empty_message_is_refused_beside_its_field_and_keeps_the_files(cast: Cast, case: Case, enter: Enter) -> None:
    refused = answer(enter(cast.ana), case, text=" \n\t \r\n ", files=SimpleUploadedFile("foto.jpg", b"jpeg"))

    page = refused.content.decode()
    assert refused.status_code == 422
    assert 'id="text-error"' in page
    assert "Escreva a mensagem." in page
    assert "foto.jpg" in page
    assert said(case) == []


def test_two_megabytes_are_taken_and_one_byte_more_is_refused_by_name(
    cast: Cast, case: Case, enter: Enter
) -> None:
    client = enter(cast.ana)

    refused = answer(client, case, files=SimpleUploadedFile("video.mov", b"x" * (LIMIT + 1)))
    taken = answer(client, case, confirmed="yes", files=SimpleUploadedFile("foto.bin", b"x" * LIMIT))

    assert refused.status_code == 422
    page = refused.content.decode()
    assert "«video.mov» tem 2.097.153 bytes" in page
    assert "Chega amanhã." in page
    assert taken.status_code == 302
    assert [file.name for file in Attachment.objects.filter(entry__isnull=False)] == ["foto.bin"]


def test_files_go_up_one_by_one_and_can_be_taken_out(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.ana)
    place = f"/cases/{case.protocol}/files"

    first = client.post(place, {"files": SimpleUploadedFile("a.txt", b"a")})
    client.post(place, {"files": SimpleUploadedFile("b.txt", b"b")})
    key = re.search(r'data-file="([^"]+)"', first.content.decode())
    assert key
    client.post(f"{place}/{key.group(1)}/remove")
    answer(client, case, confirmed="yes")

    assert [file.name for file in Attachment.objects.filter(entry__isnull=False)] == ["b.txt"]


def test_a_draft_is_kept_on_the_server_and_gone_once_sent(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.ana)

    client.post(f"/cases/{case.protocol}/draft", {"text": "Ainda escrevendo", "to": "customer"})
    assert "Ainda escrevendo" in client.get(f"/cases/{case.protocol}/").content.decode()
    assert "Ainda escrevendo" not in enter(cast.chefe).get(f"/cases/{case.protocol}/").content.decode()

    answer(client, case, confirmed="yes")
    assert drafts.of(case, cast.ana) is None


def test_a_page_gone_stale_is_shown_anew_with_the_text_kept(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.ana)
    replying.reply(case, Message("Desisti da compra!"), by=cast.cliente, at=NINE)

    stale = answer(client, case, confirmed="yes", seen=str(case.row_version))

    page = stale.content.decode()
    assert stale.status_code == 409
    assert "Chegou novidade enquanto você escrevia." in page
    assert "Desisti da compra!" in page
    assert "Chega amanhã." in page
    assert said(case) == ["Desisti da compra!"]


def test_the_marketplace_writes_to_the_customer_without_a_switch(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.marta)
    assert "O Cliente pode ler?" not in client.get(f"/cases/{case.protocol}/").content.decode()

    sent = client.post(f"/cases/{case.protocol}/reply", {"text": "Aqui é o SAC.", "to": "customer"})

    assert sent.status_code == 302
    assert "Aqui é o SAC." in enter(cast.cliente).get(f"/my/cases/{case.protocol}/").content.decode()


def test_the_file_is_a_download_that_no_browser_runs(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.ana)
    answer(client, case, confirmed="yes", files=SimpleUploadedFile("pagina.html", b"<script>1</script>", "text/html"))
    file = Attachment.objects.get()

    got = client.get(f"/files/{file.pk}")

    assert got["Content-Disposition"] == 'attachment; filename="pagina.html"'
    assert got["Content-Type"] == "application/octet-stream"
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"".join(got.streaming_content) == b"<script>1</script>"  # type: ignore[attr-defined]
