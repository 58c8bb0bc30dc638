"""Letters that providers post: Mailgun signed, Postmark, Mailjet and SparkPost by the secret in our address."""

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import gather
from tratativa.mail import tokens
from tratativa.mail.models import Arrival, Mailbox
from tratativa.mail.reading import letter

pytestmark = pytest.mark.django_db

KEY = "chave-de-assinatura"
TO = "sac+c1.abcdefghij@loja.example"
RAW = (
    f"From: Joana Prado <joana@cliente.example>\r\nTo: {TO}\r\nSubject: Re: Pedido 4521\r\n"
    "Message-ID: <1@cliente.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nAinda não chegou.\r\n"
).encode()
HEADERS = [
    ["From", "Joana Prado <joana@cliente.example>"],
    ["To", TO],
    ["Subject", "Re: Pedido 4521"],
    ["Message-Id", "<1@cliente.example>"],
    ["In-Reply-To", f"<{'a' * 90}@loja.example>"],
]


@pytest.fixture
def box(settings: Any) -> Mailbox:
    settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": KEY}
    return Mailbox.objects.create(marketplace=gather().marketplace, address="sac@loja.example")


def post(box: Mailbox, provider: str, data: Any, *, kind: str = "application/json") -> int:
    address = f"/post/in/{box.pk}/{tokens.secret(box.pk, 0)}/{provider}"
    if kind == "form":
        return Client().post(address, data).status_code
    return Client().post(address, data if isinstance(data, str) else json.dumps(data), content_type=kind).status_code


def mailgun(**more: Any) -> dict[str, Any]:
    """What a route of Mailgun forwards, signed."""
    sign = hmac.new(KEY.encode(), b"1764000000sinal", hashlib.sha256).hexdigest()
    return {"token": "sinal", "timestamp": "1764000000", "signature": sign, "recipient": TO, **more}


def pieces(count: int = 1) -> dict[str, Any]:
    """Mailgun's form for a letter taken apart, with a photograph."""
    return mailgun(
        **{
            "message-headers": json.dumps(HEADERS), "body-plain": "Ainda não chegou.", "attachment-count": str(count),
            "attachment-1": SimpleUploadedFile("foto da caixa.jpg", b"\xff\xd8 foto", "image/jpeg"),
        }
    )  # fmt: skip


POSTMARK = {
    "FromFull": {"Email": "joana@cliente.example", "Name": "Joana Prado"},
    "ToFull": [{"Email": TO, "Name": ""}], "OriginalRecipient": TO, "Subject": "Re: Pedido 4521",
    "Headers": [{"Name": "Message-ID", "Value": "<1@cliente.example>"}], "TextBody": "Ainda não chegou.",
    "Attachments": [
        {"Name": "foto da caixa.jpg", "ContentType": "image/jpeg", "Content": base64.b64encode(b"foto").decode()}
    ],
}  # fmt: skip
MAILJET = {
    "Sender": "joana@cliente.example", "Recipient": TO, "Headers": dict(HEADERS), "Text-part": "Ainda não chegou.",
    "Parts": [
        {
            "Headers": {"Content-Type": 'image/jpeg; name="foto da caixa.jpg"',
                        "Content-Disposition": 'attachment; filename="foto da caixa.jpg"'},
            "ContentRef": "Attachment1",
        }
    ],
    "Attachment1": base64.b64encode(b"foto").decode(),
}  # fmt: skip


def kept() -> tuple[Arrival, letter.Letter]:
    """The one letter that is there, and what is read in it."""
    arrival = Arrival.objects.get()
    with default_storage.open(arrival.path) as stored:
        return arrival, letter.read(stored.read())


def test_mailgun_s_whole_letter_is_kept_byte_for_byte(box: Mailbox) -> None:
    assert post(box, "mailgun", mailgun(**{"body-mime": RAW.decode()}), kind="form") == 200

    arrival, read = kept()
    with default_storage.open(arrival.path) as stored:
        assert stored.read() == RAW
    assert (arrival.recipients, read.visible) == ([TO], "Ainda não chegou.")


@pytest.mark.parametrize(
    ("provider", "given", "kind"),
    [("mailgun", pieces, "form"), ("postmark", lambda: POSTMARK, "json"), ("mailjet", lambda: MAILJET, "json")],
)
def test_a_letter_in_pieces_is_one_letter_however_often_it_comes(
    box: Mailbox, provider: str, given: Any, kind: str
) -> None:
    kind = kind if kind == "form" else "application/json"

    statuses = [post(box, provider, given(), kind=kind) for _turn in range(2)]

    assert statuses == [200, 200]
    arrival, read = kept()
    assert (arrival.sender, arrival.recipients, arrival.message_id) == (
        "joana@cliente.example",
        [TO],
        "1@cliente.example",
    )
    assert (read.subject, read.visible) == ("Re: Pedido 4521", "Ainda não chegou.")
    assert [(file.name, file.kind) for file in read.files] == [("foto da caixa.jpg", "image/jpeg")]


def test_the_ids_a_letter_in_pieces_answers_stay_as_they_are(box: Mailbox) -> None:
    post(box, "mailgun", pieces(), kind="form")

    assert kept()[1].in_reply_to == (f"{'a' * 90}@loja.example",)


@pytest.mark.parametrize("coded", [True, False])
def test_sparkpost_s_letters_are_kept_and_its_knock_is_answered(box: Mailbox, coded: bool) -> None:
    raw = base64.b64encode(RAW).decode() if coded else RAW.decode()
    event = {"content": {"email_rfc822": raw, "email_rfc822_is_base64": coded}, "rcpt_to": TO, "protocol": "smtp"}

    assert post(box, "sparkpost", [{"msys": {}}, {"msys": {"relay_message": event}}]) == 200
    assert kept()[1].visible == "Ainda não chegou."


def test_postmark_s_raw_letter_goes_before_its_pieces(box: Mailbox) -> None:
    assert post(box, "postmark", POSTMARK | {"RawEmail": RAW.decode()}) == 200
    assert kept()[1].files == ()


@pytest.mark.parametrize("signature", ["", "0" * 64])
def test_who_does_not_sign_as_mailgun_hands_nothing_in(box: Mailbox, signature: str) -> None:
    assert post(box, "mailgun", mailgun(**{"body-mime": "x"}) | {"signature": signature}, kind="form") == 403
    assert not Arrival.objects.exists()


def test_without_a_key_nobody_signs_as_mailgun(box: Mailbox, settings: Any) -> None:
    settings.ANYMAIL = {}

    assert post(box, "mailgun", mailgun(**{"body-mime": "x"}), kind="form") == 403


@pytest.mark.parametrize("data", ["{", "[]", '{"RawEmail": 7}', "[" * 100_000, '{"Headers": 1}', "null"])
def test_what_nobody_understands_is_kept_for_somebody_to_look_at(box: Mailbox, data: str) -> None:
    assert post(box, "postmark", data) == 200

    arrival = Arrival.objects.get()
    assert (arrival.state, arrival.trouble) == ("quarantined", "provider")
    with default_storage.open(arrival.path) as stored:
        assert stored.read() == data.encode()


def test_a_letter_of_several_megabytes_comes_through_a_form(box: Mailbox) -> None:
    raw = RAW + b"oi " * 1_000_000

    assert post(box, "mailgun", mailgun(**{"body-mime": raw.decode()}), kind="form") == 200
    assert Arrival.objects.get().size == len(raw)


def test_what_is_larger_than_any_letter_is_refused(box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tratativa.mail.intake.providers.LIMIT", 1_000)

    assert post(box, "postmark", POSTMARK | {"TextBody": "a" * 2_000}) == 413


def test_an_unknown_provider_and_a_wrong_secret_are_nowhere(box: Mailbox) -> None:
    assert post(box, "pombo", {}) == 404
    assert (
        Client().post(f"/post/in/{box.pk}/{'a' * 25}/postmark", "{}", content_type="application/json").status_code
        == 404
    )
