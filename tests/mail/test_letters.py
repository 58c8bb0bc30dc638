"""Letters through a real mail server: to whom, what they say, and what happens when the server refuses."""

import email
import email.policy
import re
import socket
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from tests.cast import MONDAY, Cast, gather
from tratativa.accounts.models import Customer, Marketplace
from tratativa.cases import sweeping
from tratativa.cases.acting import opening, replying
from tratativa.cases.acting.opening import Opening
from tratativa.cases.files import attachments
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Attachment, Case
from tratativa.config import sender
from tratativa.mail import patience
from tratativa.mail.models import Letter
from tratativa.mail.outgoing import enclosing, outbox, sending, servers

Arrived = list[EmailMessage]


class PostOffice:
    """A mail server that keeps what it takes, and refuses as often as it is told to."""

    def __init__(self) -> None:
        self.arrived: Arrived = []
        self.refusals = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refusals:
            self.refusals -= 1
            return "451 4.3.0 come back later"
        content: Any = envelope.content
        self.arrived.append(email.message_from_bytes(content, policy=email.policy.default))  # type: ignore[arg-type]
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def office(settings: Settings) -> Iterator[PostOffice]:
    handler = PostOffice()
    server = Controller(handler, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "tratativa.mail.outgoing.smtp.Backend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = server.port
    yield handler
    server.stop()


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


@pytest.fixture
def case(cast: Cast) -> Case:
    return opening.open_case(
        Opening(cast.order, reason="Atraso na entrega", message=Message("Cadê meu pedido?\n<b>Urgente</b>")),
        by=cast.cliente,
        at=MONDAY,
    )


def deliver(letters: Any = None) -> None:
    for letter in letters or Letter.objects.filter(state="waiting"):
        sending.send(letter.pk, at=MONDAY)


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def to(office: PostOffice, address: str) -> EmailMessage:
    return next(message for message in office.arrived if message["To"] == address)


def test_a_new_case_writes_to_all_the_sellers_staff_and_acknowledges_the_customer(
    case: Case, office: PostOffice
) -> None:
    deliver()

    assert {message["To"] for message in office.arrived} == {
        "ana@equipe.example",
        "celia@equipe.example",
        "joana@cliente.example",
    }


def test_a_letter_is_text_and_html_with_its_styles_inline_and_its_words_harmless(
    case: Case, office: PostOffice
) -> None:
    deliver()
    message = to(office, "ana@equipe.example")

    assert message.get_content_type() == "multipart/alternative"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "Cadê meu pedido?" in body(message, "plain")
    assert f"/cases/{case.protocol}/" in body(message, "plain")
    assert "<b>Urgente</b>" not in body(message, "html")
    assert 'style="' in body(message, "html")
    assert '<html lang="pt-br"' in body(message, "html")


def test_the_customers_letter_has_a_link_that_opens_their_page_and_the_sellers_has_not(
    case: Case, office: PostOffice
) -> None:
    deliver()

    assert "/my/link/" in body(to(office, "joana@cliente.example"), "plain")
    assert "/my/link/" not in body(to(office, "ana@equipe.example"), "plain")


def test_what_the_customer_may_not_read_is_written_to_nobody_but_the_team(
    case: Case, cast: Cast, office: PostOffice
) -> None:
    deliver()
    office.arrived.clear()

    replying.reply(case, Message("O fabricante sumiu.", to="marketplace"), by=cast.ana, at=MONDAY + timedelta(hours=1))
    replying.reply(case, Message("Nem o rastreio.", to="customer"), by=cast.ana, at=MONDAY + timedelta(hours=1))
    deliver()

    assert office.arrived == []


def test_a_server_that_refuses_is_asked_again_with_the_same_message_id(case: Case, office: PostOffice) -> None:
    letter = Letter.objects.filter(party="customer").get()
    office.refusals = 1

    with pytest.raises(sending.Refused):
        sending.send(letter.pk, at=MONDAY)
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == ("waiting", 1)
    assert "451" in letter.trouble
    sending.send(letter.pk, at=MONDAY)
    sending.send(letter.pk, at=MONDAY)

    assert [message["Message-ID"] for message in office.arrived] == [sending.message_id(letter.pk)]


def test_letters_and_their_jobs_vanish_with_the_transaction_that_asked_for_them(cast: Cast) -> None:
    class Changed(Exception):
        pass

    with pytest.raises(Changed), transaction.atomic():
        opening.open_case(
            Opening(cast.order, reason="Outros assuntos", message=Message("Oi")), by=cast.cliente, at=MONDAY
        )
        assert ProcrastinateJob.objects.filter(task_name="mail.send_letter").exists()
        raise Changed

    assert not Letter.objects.exists()
    assert not ProcrastinateJob.objects.filter(task_name="mail.send_letter").exists()


def test_a_miss_tells_the_customer_once_that_the_marketplace_can_be_called(case: Case, office: PostOffice) -> None:
    deliver()
    office.arrived.clear()

    sweeping.sweep(at=MONDAY + timedelta(hours=25))
    sweeping.sweep(at=MONDAY + timedelta(hours=26))
    deliver()

    told = [message for message in office.arrived if message["To"] == "joana@cliente.example"]
    assert len(told) == 1
    assert "Falar com a Americanas" in body(told[0], "plain")


@pytest.mark.parametrize("subject", ["Olá\r\nBcc: todos@example.com", "linha\nnova"])
def test_no_words_of_a_case_reach_a_header(cast: Cast, office: PostOffice, subject: str) -> None:
    cast.buyer.name = subject
    cast.buyer.save()

    opening.open_case(
        Opening(cast.order, reason="Outros assuntos", message=Message(subject)), by=cast.cliente, at=MONDAY
    )
    deliver()

    assert all(message["Bcc"] is None for message in office.arrived)
    assert len(office.arrived) >= 2


def test_a_letter_shows_the_marks_and_its_text_part_the_plain_words(case: Case, cast: Cast, office: PostOffice) -> None:
    rich = "<p>Chega <strong>amanhã</strong>:</p><ul><li><p>a mesa</p></li></ul><script>x</script>"
    replying.reply(case, Message("", rich=rich, to="customer", customer_reads=True), by=cast.ana, at=MONDAY)

    deliver(Letter.objects.filter(kind="message.posted", party="customer"))

    (letter,) = office.arrived
    assert "Chega amanhã:\r\n- a mesa" in body(letter, "plain")
    html = body(letter, "html")
    assert re.search(r"<strong>amanhã</strong>.*<li><p[^>]*>a mesa</p></li>", html)
    assert "script" not in html


def store(cast: Cast, name: str, content: bytes) -> Attachment:
    """A file Ana is about to send."""
    upload = SimpleUploadedFile(name, content)
    return attachments.receive(upload, by=cast.ana, at=MONDAY, limit=10 * 1024**2)


def answer(case: Case, cast: Cast, *files: Attachment) -> None:
    replying.reply(
        case,
        Message("Segue.", to="customer", customer_reads=True, files=files),
        by=cast.ana,
        at=MONDAY + timedelta(hours=1),
    )


def test_the_customers_letter_names_who_sold_with_their_cnpj(case: Case, office: PostOffice) -> None:
    deliver()

    assert "Casa Aurora · CNPJ 11.222.333/0001-81" in body(to(office, "joana@cliente.example"), "plain")
    assert "CNPJ" not in body(to(office, "ana@equipe.example"), "plain")


def test_a_letter_is_kept_as_it_left_but_for_the_secret_that_opens_the_page(case: Case, office: PostOffice) -> None:
    deliver()

    kept = Letter.objects.get(party="customer")
    sent = to(office, "joana@cliente.example")
    assert kept.subject == sent["Subject"]
    assert "/my/link/" not in kept.text + kept.html
    assert f"/my/cases/{case.protocol}/" in kept.text
    assert "Cadê meu pedido?" in kept.text and "&lt;b&gt;Urgente" in kept.html


def test_the_files_of_a_message_travel_with_the_customers_letter(case: Case, cast: Cast, office: PostOffice) -> None:
    answer(case, cast, store(cast, "nota fiscal.pdf", b"%PDF-1.7 nota"), store(cast, "r\u00f3tulo.xyz", b"abc"))
    deliver()

    letter = next(
        one for one in office.arrived if one["To"] == "joana@cliente.example" and "resposta" in one["Subject"]
    )
    files = {part.get_filename(): (part.get_content_type(), part.get_content()) for part in letter.iter_attachments()}
    assert files == {
        "nota fiscal.pdf": ("application/pdf", b"%PDF-1.7 nota"),
        "rótulo.xyz": ("application/octet-stream", b"abc"),
    }


def test_what_mail_servers_refuse_or_is_too_much_stays_on_the_page(case: Case, cast: Cast, office: PostOffice) -> None:
    big = store(cast, "vídeo.mp4", b"0" * (enclosing.LIMIT + 1))
    answer(case, cast, store(cast, "manual.EXE", b"MZ"), store(cast, "pagina.html", b"<script>"), big)
    deliver()

    letter = next(
        one for one in office.arrived if one["To"] == "joana@cliente.example" and "resposta" in one["Subject"]
    )
    assert not list(letter.iter_attachments())


def test_after_its_last_try_a_letter_counts_as_failed(case: Case, office: PostOffice) -> None:
    letter = Letter.objects.get(party="customer")
    office.refusals = patience.TRIES

    for _try in range(patience.TRIES):
        with pytest.raises(sending.Refused):
            sending.send(letter.pk, at=MONDAY)

    letter.refresh_from_db()
    assert (letter.state, letter.tries) == ("failed", patience.TRIES)


def test_a_lost_letter_is_sent_again_to_the_address_the_customer_has_now(
    case: Case, cast: Cast, office: PostOffice
) -> None:
    letter = Letter.objects.get(party="customer")
    sending.send(letter.pk, at=MONDAY)
    Letter.objects.filter(pk=letter.pk).update(bounced_at=MONDAY, bounce="5.1.1")
    Customer.objects.filter(pk=cast.buyer.pk).update(email="nova@cliente.example")
    assert [one.pk for one in outbox.lost(cast.marta)] == [letter.pk]

    asked = outbox.again(letter), outbox.again(letter)
    sending.send(letter.pk, at=MONDAY)

    first, second = office.arrived
    assert asked == (True, False)  # whoever presses twice sends once
    assert second["To"] == "nova@cliente.example" and second["Message-ID"] == first["Message-ID"]
    assert not outbox.lost(cast.marta) and not outbox.lost(cast.ana)


def test_a_letter_is_known_by_the_domain_of_its_sender_in_every_try(
    case: Case, office: PostOffice, settings: Settings
) -> None:
    settings.DEFAULT_FROM_EMAIL = "Loja <sac@loja.example>"
    letter = Letter.objects.filter(party="customer").get()
    office.refusals = 1
    with pytest.raises(sending.Refused):
        sending.send(letter.pk, at=MONDAY)

    settings.DEFAULT_FROM_EMAIL = "Loja <sac@outra.example>"
    deliver()

    first = to(office, "joana@cliente.example")
    assert first["Message-ID"].endswith("@loja.example>")
    assert to(office, "ana@equipe.example")["Message-ID"].endswith("@outra.example>")


def test_an_answer_follows_letters_under_the_names_they_left_by(
    case: Case, cast: Cast, office: PostOffice, settings: Settings
) -> None:
    deliver()
    before = to(office, "joana@cliente.example")["Message-ID"]
    settings.DEFAULT_FROM_EMAIL = "Loja <sac@outra.example>"
    office.arrived.clear()

    replying.reply(case, Message("Saiu.", to="customer", customer_reads=True), by=cast.ana, at=MONDAY)
    deliver()

    letter = to(office, "joana@cliente.example")
    assert letter["In-Reply-To"] == before and letter["Message-ID"].endswith("@outra.example>")


def test_letters_of_a_server_told_on_the_page_are_of_its_sender_those_about_accounts_too(
    case: Case, office: PostOffice, settings: Settings
) -> None:
    port, settings.EMAIL_HOST = settings.EMAIL_PORT, ""
    server = servers.Server("127.0.0.1", "none", sender="Loja <sac@pagina.example>", port=port)
    servers.keep(server, at=MONDAY)
    deliver()
    EmailMultiAlternatives(subject="Convite", body="Oi", to=["bia@x.example"]).send()

    assert {message["Message-ID"].rpartition("@")[2] for message in office.arrived} == {"pagina.example>"}
    assert len({message["Message-ID"] for message in office.arrived}) == len(office.arrived) == 4


def test_the_button_of_a_letter_wears_the_marketplace_s_accent(case: Case, cast: Cast, office: PostOffice) -> None:
    Marketplace.objects.filter(pk=cast.marketplace.pk).update(accent="pink")
    deliver()

    assert "background-color: #ab1d72" in body(to(office, "joana@cliente.example"), "html")


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://mesa.loja.com.br", "mesa.loja.com.br"), ("http://127.0.0.1:8000", "localhost"),
     ("http://[::1]:8000", "localhost"), ("http://mesa:8000", "localhost")],
)  # fmt: skip
def test_without_a_sender_letters_are_the_sites_own(url: str, host: str) -> None:
    assert sender.of_the_site(url) == f"Tratativa <atendimento@{host}>"
