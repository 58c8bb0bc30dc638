"""Files sent by someone who means no good: kept byte for byte, never run, never shown as they came."""

import io
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.cast import MONDAY, Cast
from tratativa.cases.acting import replying
from tratativa.cases.files import attachments
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Attachment, Case, Entry
from tratativa.web.forms import uploads

pytestmark = pytest.mark.usefixtures("clock")


def send(client: Client, case: Case, *files: SimpleUploadedFile, **given: Any) -> Any:
    """Answers with files."""
    usual = {"text": "Em anexo", "to": "customer", "customer_reads": "yes", "switch": "shown", "confirmed": "yes"}
    return client.post(reverse("reply", args=[case.protocol]), {**usual, "files": list(files), **given})


def picture(kind: str, size: tuple[int, int] = (40, 30), mode: str = "RGB", **given: Any) -> bytes:
    """The bytes of a plain picture."""
    drawn = io.BytesIO()
    Image.new(mode, size).save(drawn, kind, **given)
    return drawn.getvalue()


@pytest.mark.parametrize(
    ("name", "kind", "content"),
    [
        ("x.xht", "application/xhtml+xml", b"<html xmlns='http://www.w3.org/1999/xhtml'><script>1</script></html>"),
        ("x.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("x.html", "text/html", b"<img src='file:///etc/passwd'><link rel=stylesheet href='http://127.0.0.1/'>"),
        ("x.hta", "application/hta", b"<script>1</script>"),
        ("x.exe", "application/x-msdownload", b"MZ\x90\x00"),
        ("x.pdf", "application/pdf", b"%PDF-1.7 /JS (app.alert(1))"),
    ],
)
def test_any_format_is_kept_and_none_is_run(name: str, kind: str, content: bytes, ana: Client, case: Case) -> None:
    assert send(ana, case, SimpleUploadedFile(name, content, kind)).status_code == 302

    file = Attachment.objects.get()
    got = ana.get(reverse("file", args=[file.pk]))
    assert b"".join(got.streaming_content) == content
    assert got["Content-Type"] == "application/octet-stream"
    assert got["Content-Disposition"].startswith("attachment")
    assert "sandbox" in got["Content-Security-Policy"]
    assert not attachments.draw_picture(file)
    assert ana.get(reverse("picture", args=[file.pk])).status_code == 404


def test_a_picture_is_shown_only_as_drawn_anew(ana: Client, case: Case) -> None:  # T006
    tail = b"<script>document.title=1</script>"
    send(ana, case, SimpleUploadedFile("foto.jpg", picture("JPEG") + tail, "image/jpeg"))
    file = Attachment.objects.get()

    assert attachments.draw_picture(file)

    shown = ana.get(reverse("picture", args=[file.pk]))
    body = b"".join(shown.streaming_content)
    assert shown["Content-Type"] == "image/webp"
    assert tail not in body
    assert body[:4] == b"RIFF"


def test_an_empty_file_is_refused_by_name_and_the_text_stays(ana: Client, case: Case) -> None:  # T009
    answer = send(ana, case, SimpleUploadedFile("nota.pdf", b""))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "«nota.pdf» está vazio" in page
    assert "Em anexo" in page
    assert not Attachment.objects.exists()


def test_a_picture_that_unfolds_to_millions_of_pixels_gets_no_preview(ana: Client, case: Case) -> None:  # T012
    bomb = picture("PNG", (12_000, 12_000), "1")
    assert len(bomb) < 40_000

    assert send(ana, case, SimpleUploadedFile("foto.png", bomb, "image/png")).status_code == 302

    assert not attachments.draw_picture(Attachment.objects.get())


def test_of_an_animation_only_the_first_frame_is_drawn(ana: Client, case: Case) -> None:  # T014
    frames = [Image.new("P", (200, 200), color) for color in range(20)]
    drawn = io.BytesIO()
    frames[0].save(drawn, "GIF", save_all=True, append_images=frames[1:])
    send(ana, case, SimpleUploadedFile("a.gif", drawn.getvalue(), "image/gif"))
    file = Attachment.objects.get()

    assert attachments.draw_picture(file)

    body = b"".join(ana.get(reverse("picture", args=[file.pk])).streaming_content)
    with Image.open(io.BytesIO(body)) as still:
        assert getattr(still, "n_frames", 1) == 1


def test_somebody_elses_waiting_file_cannot_be_taken_along(ana: Client, case: Case, cast: Cast) -> None:  # T021
    theirs = attachments.receive(
        SimpleUploadedFile("segredo.pdf", b"segredo"), by=cast.rival, at=MONDAY, limit=2 * 1024**2
    )

    send(ana, case, kept=str(theirs.pk))

    theirs.refresh_from_db()
    assert theirs.entry_id is None
    assert Entry.objects.filter(case=case, attachments__isnull=False).count() == 0


def test_somebody_elses_waiting_file_cannot_be_thrown_away(ana: Client, case: Case, cast: Cast) -> None:
    theirs = attachments.receive(SimpleUploadedFile("a.pdf", b"a"), by=cast.chefe, at=MONDAY, limit=2 * 1024**2)

    ana.post(reverse("remove_file", args=[case.protocol, theirs.pk]))

    assert Attachment.objects.filter(pk=theirs.pk).exists()


def test_a_waiting_file_is_nobodys_to_fetch(ana: Client, case: Case, cast: Cast) -> None:
    mine = attachments.receive(SimpleUploadedFile("a.pdf", b"a"), by=cast.ana, at=MONDAY, limit=2 * 1024**2)

    assert ana.get(reverse("file", args=[mine.pk])).status_code == 404


def test_more_files_than_a_message_holds_are_refused(ana: Client, case: Case) -> None:  # T025
    place = reverse("add_file", args=[case.protocol])
    for number in range(10):
        assert ana.post(place, {"files": SimpleUploadedFile(f"{number}.txt", b"x")}).status_code == 200

    eleventh = ana.post(place, {"files": SimpleUploadedFile("11.txt", b"x")})

    assert eleventh.status_code == 422
    assert "São até 10 arquivos por mensagem." in eleventh.json()["error"]
    assert Attachment.objects.count() == 10


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("nota\u202efdp.exe", "notafdp.exe"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "ab Set-Cookie x.pdf"),
        ("<script>.html", "script.html"),
        ("   ", "arquivo"),
        ("é" * 300 + ".pdf", "é" * 156 + ".pdf"),
    ],
)
def test_a_name_is_made_safe_and_stays_recognisable(sent: str, kept: str) -> None:
    assert attachments.clean_name(sent) == kept


def test_a_name_cannot_break_the_answers_header(ana: Client, case: Case) -> None:
    send(ana, case, SimpleUploadedFile('a";\r\nX-Evil: 1.pdf', b"x"))

    got = ana.get(reverse("file", args=[Attachment.objects.get().pk]))

    assert "X-Evil" not in got.headers
    assert "\n" not in got["Content-Disposition"]


def test_a_file_the_storage_lost_is_not_found(ana: Client, case: Case) -> None:
    send(ana, case, SimpleUploadedFile("a.pdf", b"x"))
    file = Attachment.objects.get()
    default_storage.delete(file.path)

    assert ana.get(reverse("file", args=[file.pk])).status_code == 404


def test_a_case_with_a_broken_picture_still_opens(ana: Client, case: Case, cast: Cast) -> None:
    file = attachments.receive(SimpleUploadedFile("a.png", b"\x89PNG no"), by=cast.ana, at=MONDAY, limit=2 * 1024**2)
    assert not attachments.draw_picture(file)
    replying.reply(case, Message("Foto", to="customer", customer_reads=True, files=[file]), by=cast.ana, at=MONDAY)

    assert ana.get(reverse("case", args=[case.protocol])).status_code == 200


def test_files_put_up_without_end_are_slowed_down(ana: Client, case: Case) -> None:  # T025
    place = reverse("add_file", args=[case.protocol])
    for _round in range(uploads.PER_HOUR):
        sent = ana.post(place, {"files": SimpleUploadedFile("a.txt", b"x")})
        Attachment.objects.all().delete()
        assert sent.status_code == 200

    slowed = ana.post(place, {"files": SimpleUploadedFile("a.txt", b"x")})

    assert slowed.status_code == 422
    assert "Foram muitos arquivos em pouco tempo." in slowed.json()["error"]
