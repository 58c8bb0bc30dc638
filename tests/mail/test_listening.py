"""Letters handed over by SMTP: a yes means that they are kept."""

import smtplib
from collections.abc import Iterator

import pytest
from django.core.files.storage import default_storage

from tests.cast import gather
from tests.mail.reading.writing import letter
from tests.mail.test_letters import free_port
from tratativa.mail import tokens
from tratativa.mail.intake.listening import Listener
from tratativa.mail.models import Arrival, Mailbox

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def box() -> Mailbox:
    return Mailbox.objects.create(marketplace=gather().marketplace, address="sac@loja.example")


@pytest.fixture(params=[False, True], ids=["smtp", "lmtp"])
def client(request: pytest.FixtureRequest, box: Mailbox) -> Iterator[smtplib.SMTP]:
    listener = Listener("127.0.0.1", free_port(), lmtp=request.param)
    listener.start()
    kind = smtplib.LMTP if request.param else smtplib.SMTP
    client = kind("127.0.0.1", listener.port)
    yield client
    client.close()
    listener.stop()


def test_a_letter_taken_is_a_letter_kept(client: smtplib.SMTP, box: Mailbox) -> None:
    address = tokens.address(box, box.pk, box.pk)

    client.sendmail("joana@cliente.example", [address], letter("Ainda não chegou."))

    arrival = Arrival.objects.get()
    assert (arrival.state, arrival.recipients, arrival.sender) == ("waiting", [address], "joana@cliente.example")
    with default_storage.open(arrival.path) as stored:
        assert stored.read().startswith(b"Return-Path: <joana@cliente.example>\r\n")


def test_a_letter_to_somebody_else_is_refused(client: smtplib.SMTP) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        client.sendmail("joana@cliente.example", ["outro@loja.example"], letter("oi"))

    assert not Arrival.objects.exists()


def test_a_letter_handed_over_twice_is_kept_once(client: smtplib.SMTP, box: Mailbox) -> None:
    for _turn in range(2):
        client.sendmail("joana@cliente.example", [box.address], letter("oi"))

    assert Arrival.objects.count() == 1


def test_a_letter_going_in_circles_is_refused(client: smtplib.SMTP, box: Mailbox) -> None:
    with pytest.raises(smtplib.SMTPDataError):
        client.sendmail("a@b.example", [box.address], b"Received: x\r\n" * 60 + letter("oi"))

    assert not Arrival.objects.exists()


def test_what_cannot_be_stored_stays_with_its_sender(
    client: smtplib.SMTP, box: Mailbox, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object, **_more: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)

    with pytest.raises(smtplib.SMTPDataError) as refused:
        client.sendmail("a@b.example", [box.address], letter("oi"))

    assert refused.value.smtp_code == 451
    assert not Arrival.objects.exists()
