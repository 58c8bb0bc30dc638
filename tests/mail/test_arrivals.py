"""Letters that come in: whose word they are, on which case, and what they must not be able to do."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from tests.cast import MONDAY, Cast, make_order, opener
from tests.mail.posting import ADDRESS, LATER, arrive, own_address, said, trusting, vouched, write
from tratativa.cases import sweeping
from tratativa.cases.acting import actions
from tratativa.cases.clocks import judgement
from tratativa.cases.core import audience
from tratativa.cases.models import Case, Entry
from tratativa.mail.filing import aside, filing
from tratativa.mail.intake import receiving
from tratativa.mail.models import Letter, Mailbox
from tratativa.mail.outgoing import sending


def test_a_customer_s_answer_is_their_word_on_the_case(case: Case, box: Mailbox) -> None:
    arrival = arrive(box, write(case, "Ainda não chegou.\n\nEnviado do meu iPhone"))

    case.refresh_from_db()
    assert said(case)[-1] == "Ainda não chegou."
    assert (arrival.state, arrival.verified, arrival.folded) == ("filed", True, "Enviado do meu iPhone")
    assert case.waiting_on == "seller"
    entry = case.entries.get(pk=arrival.entry_id)
    assert (entry.party, entry.at) == ("customer", LATER)


def test_an_answer_to_our_message_id_finds_its_case_without_the_address(case: Case, box: Mailbox) -> None:
    letter = Letter.objects.filter(case=case, party="customer").first()
    assert letter is not None

    arrive(trusting(box), write(case, to=ADDRESS, References=sending.message_id(letter.pk), **vouched()))

    assert said(case)[-1] == "Ainda não chegou."


def test_the_subject_alone_finds_nothing(case: Case, box: Mailbox) -> None:
    arrival = arrive(box, write(case, to=ADDRESS, Subject=f"Re: Nova resposta · {case.protocol}"))

    assert (arrival.state, arrival.case) == ("unmatched", None)


def test_our_own_letter_quoted_without_any_mark_is_folded(case: Case, box: Mailbox) -> None:
    letter = Letter.objects.get(case=case, party="customer", kind="message.posted")
    unmarked = letter.text.partition("##\n")[2]

    arrival = arrive(box, write(case, f"Ainda não chegou.\n\n{unmarked}"))

    assert said(case)[-1] == "Ainda não chegou."
    assert "Saiu ontem do depósito." in arrival.folded


def test_a_letter_taken_twice_is_filed_once(case: Case, box: Mailbox) -> None:
    raw = write(case)

    first, second = arrive(box, raw), arrive(box, raw)

    assert first.pk == second.pk
    assert said(case).count("Ainda não chegou.") == 1


def test_a_job_that_runs_twice_files_once(case: Case, box: Mailbox) -> None:
    arrival = arrive(box, write(case))

    filing.open_letter(arrival.pk, at=LATER)

    assert said(case).count("Ainda não chegou.") == 1


def test_the_raw_letter_is_kept_byte_for_byte(case: Case, box: Mailbox) -> None:
    raw = write(case)

    arrival = arrive(box, raw)

    with default_storage.open(arrival.path) as stored:
        assert stored.read() == raw


def test_a_stranger_with_the_address_changes_nothing_and_is_read_by_the_team_alone(case: Case, box: Mailbox) -> None:
    before = (case.waiting_on, case.closed_at, case.row_version)

    arrival = arrive(box, write(case, "Seu código é 1234", sender="robo@banco.example"))

    case.refresh_from_db()
    assert (case.waiting_on, case.closed_at, case.row_version) == before
    entry = Entry.objects.get(pk=arrival.entry_id)
    assert (entry.event, entry.data["why"], entry.audience) == ("letter.filed", "stranger", 4)
    assert "Seu código é 1234" in entry.words.body


def test_a_letter_the_receiver_disowns_is_a_stranger_s(case: Case, box: Mailbox) -> None:
    Mailbox.objects.update(receiver="mx.loja.example")

    arrival = arrive(box, write(case, Authentication_Results="mx.loja.example; dkim=fail; dmarc=fail (p=reject)"))

    assert (arrival.verified, arrival.entry and arrival.entry.data["why"]) == (False, "stranger")


def test_a_verdict_in_another_s_name_says_nothing(case: Case, box: Mailbox) -> None:
    Mailbox.objects.update(receiver="mx.loja.example")

    arrival = arrive(box, write(case, Authentication_Results="mx.evil.example; dmarc=fail"))

    assert arrival.verified


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Subject": "Resposta automática: {ours}"},
        {"Subject": "Lida: Re: {ours}"},
        {"Return_Path": "<>"},
        {"X_Auto_Response_Suppress": "All"},
    ],
)
def test_a_machine_stops_no_clock_reopens_nothing_and_is_answered_by_nothing(
    cast: Cast, case: Case, box: Mailbox, headers: dict[str, str]
) -> None:
    actions.perform(case, "encerrar-atendimento", by=cast.ana, at=MONDAY)
    letters = Letter.objects.count()
    ours = Letter.objects.filter(case=case, party="customer", state="sent").values_list("subject", flat=True)[0]
    named = {name: value.format(ours=ours) for name, value in headers.items()}

    arrival = arrive(box, write(case, "Estou de férias.", **named))

    case.refresh_from_db()
    assert not case.is_open
    assert arrival.state == "filed"
    assert arrival.machine
    assert Letter.objects.count() == letters
    entry = Entry.objects.get(pk=arrival.entry_id)
    assert (entry.data["why"], entry.audience) == ("machine", audience.TEAM)
    assert "Estou de férias." in entry.words.body


@pytest.mark.parametrize(
    "subject",
    [
        "Não foi possível entregar o pedido",
        "Falha no envio do meu pedido",
        "Estou de férias, podem entregar depois do dia 10?",
        "Lido: o manual não explica",
        "Delivery failed twice",
        "Resposta automática: só recebo isso de vocês",
    ],
)
def test_whatever_a_customer_s_subject_says_their_words_are_theirs(subject: str, case: Case, box: Mailbox) -> None:
    arrival = arrive(box, write(case, "Podem ver?", Subject=subject))

    assert said(case)[-1] == "Podem ver?"
    assert (arrival.machine, arrival.verified) == ("", True)
    assert not Letter.objects.filter(bounced_at__isnull=False).exists()


def test_a_customer_s_letter_reopens_a_closed_case(cast: Cast, case: Case, box: Mailbox) -> None:
    actions.perform(case, "encerrar-atendimento", by=cast.ana, at=MONDAY)

    arrive(box, write(case, "Chegou quebrado."))

    case.refresh_from_db()
    assert case.is_open
    assert said(case)[-1] == "Chegou quebrado."


def test_a_letter_to_a_case_closed_long_ago_begins_the_one_that_continues_it(
    cast: Cast, case: Case, box: Mailbox
) -> None:
    actions.perform(case, "encerrar-atendimento", by=cast.ana, at=MONDAY)

    arrival = arrive(box, write(case, "Chegou quebrado."), at=MONDAY + timedelta(days=200))

    case.refresh_from_db()
    assert not case.is_open
    assert arrival.case is not None
    assert arrival.case.parent_id == case.pk


def test_files_come_along(case: Case, box: Mailbox) -> None:
    arrival = arrive(box, write(case, "Segue a nota.", files=[("nota.pdf", b"%PDF-1.4 nota")]))

    assert arrival.entry is not None
    assert [file.name for file in arrival.entry.attachments.all()] == ["nota.pdf"]


def test_a_file_the_rulebook_refuses_is_told_and_the_words_arrive(case: Case, box: Mailbox) -> None:
    arrival = arrive(box, write(case, "Segue o vídeo.", files=[("video.bin", b"x" * 3_000_000)]))

    assert said(case)[-1] == "Segue o vídeo."
    assert arrival.left_out == ["video.bin"]


def test_a_photo_drawn_anew_under_another_suffix_was_not_left_out(case: Case, box: Mailbox) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "WEBP")

    arrival = arrive(box, write(case, "Segue a foto.", files=[("foto.webp", drawn.getvalue())]))

    assert arrival.entry is not None
    assert [file.name for file in arrival.entry.attachments.all()] == ["foto.jpg"]
    assert arrival.left_out == []


@pytest.mark.parametrize("said_of_itself", ["", "Auto-Submitted: auto-replied\n", "Precedence: junk\n"])
def test_a_bounce_shows_on_the_letter_it_bounced(said_of_itself: str, case: Case, box: Mailbox) -> None:
    """Postfix and Exim call what they return an automatic reply; it is a bounce all the same."""
    letter = Letter.objects.filter(case=case, party="customer").first()
    assert letter is not None
    report = (
        f"From: MAILER-DAEMON@mx.example\nTo: sac@loja.example\nSubject: Undelivered\n{said_of_itself}"
        "MIME-Version: 1.0\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
        "sorry\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        "Final-Recipient: rfc822; joana@cliente.example\nAction: failed\nStatus: 5.1.1\n\n--b\n"
        f"Content-Type: text/rfc822-headers\n\nMessage-ID: {sending.message_id(letter.pk)}\n\n--b--\n"
    )

    arrival = arrive(box, report.encode())

    letter.refresh_from_db()
    assert (letter.bounced_at, letter.bounce) == (LATER, "5.1.1")
    assert (arrival.state, arrival.machine) == ("filed", "bounce")
    entry = Entry.objects.get(pk=arrival.entry_id)
    assert (entry.data["why"], entry.audience) == ("machine", audience.TEAM)
    assert "sorry" in entry.words.body


RETURNED = (
    "From: {sender}\nTo: sac@loja.example\nSubject: {subject}\nReturn-Path: {path}\nReferences: {ours}\n\n{said}\n"
)


@pytest.mark.parametrize(
    ("sender", "path", "text", "came_back"),
    [
        ("MAILER-DAEMON@mx.example", "<>", "550 5.1.1 User unknown", True),
        ("MAILER-DAEMON@mx.example", "<x@mx.example>", "Message-ID: {ours}\nUser unknown", True),
        ("MAILER-DAEMON@mx.example", "<>", "451 4.4.1 timeout. Will keep trying for five days.", False),
        ("Joana <joana@cliente.example>", "<>", "Volto dia 10.", False),
        ("Joana <joana@cliente.example>", "<j@x.example>", "550 5.1.1 User unknown foi o que recebi", False),
    ],
)
def test_a_letter_of_ours_is_marked_as_returned_only_by_who_says_that_it_failed(
    case: Case, box: Mailbox, sender: str, path: str, text: str, came_back: bool
) -> None:
    letter = Letter.objects.filter(case=case, party="customer").first()
    assert letter is not None
    ours = sending.message_id(letter.pk)
    said = text.format(ours=ours)

    arrive(box, RETURNED.format(sender=sender, path=path, ours=ours, subject="Não entregue", said=said).encode())

    letter.refresh_from_db()
    assert bool(letter.bounced_at) is came_back


def test_a_letter_nobody_can_read_is_put_aside_and_the_next_one_is_filed(case: Case, box: Mailbox) -> None:
    deep = "".join(f"--b{at}\nContent-Type: multipart/mixed; boundary=b{at + 1}\n\n" for at in range(2_000))
    hostile = b"Content-Type: multipart/mixed; boundary=b0\nFrom: x@y.example\n\n" + deep.encode()

    aside = arrive(box, hostile)
    arrive(box, write(case))

    assert (aside.state, aside.trouble) == ("quarantined", "depth")
    assert said(case)[-1] == "Ainda não chegou."


def test_our_own_letter_coming_back_is_no_letter(case: Case, box: Mailbox) -> None:
    letter = Letter.objects.filter(case=case, party="customer").first()
    assert letter is not None

    arrival = arrive(box, write(case, Message_ID=sending.message_id(letter.pk)))

    assert (arrival.state, arrival.entry) == ("own", None)


def test_a_clock_waits_for_a_letter_that_came_in_time(cast: Cast, box: Mailbox) -> None:
    case = opener(cast)()
    clock = judgement.unanswered(case)[0]
    arrival = receiving.receive(box, write(case), at=clock.due_at)

    sweeping.sweep(at=clock.due_at + timedelta(hours=1))

    clock.refresh_from_db()
    assert clock.state == "running"
    filing.open_letter(arrival.pk, at=clock.due_at + timedelta(hours=1))
    sweeping.sweep(at=clock.due_at + timedelta(hours=2))
    clock.refresh_from_db()
    assert clock.state in {"met", "missed", "released"}


def test_a_letter_that_cannot_be_filed_is_put_aside_in_the_end(case: Case, box: Mailbox) -> None:
    arrival = receiving.receive(box, write(case), at=LATER)

    aside.give_up(arrival.pk, "a razão", at=LATER)

    arrival.refresh_from_db()
    assert (arrival.state, arrival.trouble) == ("quarantined", "a razão")
    aside.again(arrival)
    filing.open_letter(arrival.pk, at=LATER)
    assert said(case)[-1] == "Ainda não chegou."


def test_another_case_s_token_does_not_open_this_one(cast: Cast, case: Case, box: Mailbox) -> None:
    other = opener(cast)(order=make_order(cast.marketplace, cast.seller, cast.buyer, "1002"))
    mac = own_address(other).partition(".")[2].partition("@")[0]
    forged = own_address(case).replace(own_address(case).partition(".")[2].partition("@")[0], mac)

    arrival = arrive(box, write(case, to=forged))

    assert (arrival.state, arrival.case) == ("unmatched", None)


def test_two_machines_that_answer_each_other_are_stopped(case: Case, box: Mailbox) -> None:
    for turn in range(22):
        arrive(box, write(case, f"Resposta {turn}"), at=LATER + timedelta(seconds=turn))

    assert len([words for words in said(case) if words.startswith("Resposta")]) == 20


def test_a_letter_out_says_where_its_answer_goes(case: Case, box: Mailbox) -> None:
    letters = Letter.objects.filter(case=case)

    customers = letters.filter(party="customer").order_by("at").last()
    assert customers is not None
    assert "Responda acima desta linha" in customers.text
    assert not letters.filter(party="seller", text__contains="Responda acima").exists()
