"""Files: any format up to two mebibytes, by name and content never dangerous, never another person's."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.cast import MONDAY, Cast
from tratativa.accounts.actors import Actor
from tratativa.bounded import pictures
from tratativa.cases.acting import replying
from tratativa.cases.core.refusals import Invalid
from tratativa.cases.files import attachments
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Attachment, Case, Entry
from tratativa.cases.reading import timeline

Opened = Callable[..., Case]
LIMIT = 2 * 1024**2


def upload(by: Actor, name: str = "foto.jpg", content: bytes = b"x") -> Attachment:
    return attachments.receive(SimpleUploadedFile(name, content), by=by, at=MONDAY, limit=LIMIT)


def test_exactly_two_mebibytes_are_accepted_and_one_byte_more_is_refused_by_name(cast: Cast) -> None:
    assert upload(cast.ana, content=b"x" * LIMIT).size == LIMIT

    with pytest.raises(Invalid) as refused:
        upload(cast.ana, "laudo técnico.pdf", b"x" * (LIMIT + 1))

    sentence = refused.value.errors["files"]
    assert "laudo técnico.pdf" in sentence
    assert "2.097.153" in sentence
    assert "2.097.152" in sentence


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\fotos\\caixa.png", "caixa.png"),
        ("nota\x00fiscal.pdf", "notafiscal.pdf"),
        ("gpj.\u202eexe", "gpj.exe"),
        ("", "arquivo"),
        ("...", "arquivo"),
        ("a" * 300 + ".jpeg", "a" * 155 + ".jpeg"),
        ("quebra\r\nde linha.txt", "quebra de linha.txt"),
    ],
)
def test_a_files_name_is_made_safe(raw: str, clean: str) -> None:
    assert attachments.clean_name(raw) == clean


def test_a_file_goes_with_its_message_to_those_who_read_it(open_case: Opened, cast: Cast) -> None:
    case = open_case()
    file = upload(cast.ana)

    replying.reply(
        case, Message("Segue o laudo.", to="marketplace", files=[file]), by=cast.ana, at=MONDAY + timedelta(hours=1)
    )

    assert [file.name for line in timeline.read(case, cast.marta) for file in line.files] == ["foto.jpg"]
    assert [file.name for line in timeline.read(case, cast.cliente) for file in line.files] == []


def test_nobody_sends_another_persons_file_and_no_file_goes_twice(open_case: Opened, cast: Cast) -> None:
    case = open_case()
    file = upload(cast.rival)

    with pytest.raises(Invalid):
        replying.reply(case, Message("Veja.", to="marketplace", files=[file]), by=cast.ana, at=MONDAY)
    own = upload(cast.ana)
    replying.reply(case, Message("Veja.", to="marketplace", files=[own]), by=cast.ana, at=MONDAY)
    with pytest.raises(Invalid):
        replying.reply(case, Message("De novo.", to="marketplace", files=[own]), by=cast.ana, at=MONDAY)

    assert Entry.objects.filter(case=case, party="seller", event="message.posted").count() == 1


def test_a_picture_is_drawn_anew_without_what_hid_in_it(cast: Cast) -> None:
    photo = io.BytesIO()
    Image.new("RGB", (3000, 2000), "red").save(photo, "JPEG", comment=b"<script>alert(1)</script>")
    file = upload(cast.ana, content=photo.getvalue())

    assert attachments.draw_picture(file)

    from django.core.files.storage import default_storage

    with default_storage.open(file.picture) as stored:
        drawn = stored.read()
    assert b"script" not in drawn
    assert max(Image.open(io.BytesIO(drawn)).size) == pictures.PREVIEW_EDGE


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"GIF89a", b"", b"\xff\xd8\xff" + b"\0" * 50])
def test_what_is_no_picture_gets_no_preview(cast: Cast, content: bytes) -> None:
    assert not attachments.draw_picture(upload(cast.ana, "foto.svg", content))


def test_files_never_sent_are_thrown_away_after_their_time_and_sent_ones_stay(open_case: Opened, cast: Cast) -> None:
    sent, waiting, fresh = upload(cast.ana), upload(cast.ana), upload(cast.ana)
    replying.reply(open_case(), Message("Segue.", to="marketplace", files=[sent]), by=cast.ana, at=MONDAY)
    Attachment.objects.filter(pk=fresh.pk).update(added_at=MONDAY + timedelta(days=5))

    assert attachments.forget_unsent(before=MONDAY + timedelta(days=1)) == 1

    assert set(Attachment.objects.values_list("pk", flat=True)) == {sent.pk, fresh.pk}
    assert not Attachment.objects.filter(pk=waiting.pk).exists()
