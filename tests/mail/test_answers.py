"""Letters as answers: to a form that asks for words, with files the rulebook refuses, and what of them is erased."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from tests.cast import Cast
from tests.mail.posting import LATER, arrive, said, trusting, vouched, write
from tests.tampering import switched_off
from tratativa.accounts import actors
from tratativa.cases import door
from tratativa.cases.core import effects
from tratativa.cases.files import identity_documents
from tratativa.cases.models import Attachment, Case, Request
from tratativa.mail.filing import erasing
from tratativa.mail.models import Arrival, Letter, Mailbox
from tratativa.mail.outgoing import sending
from tratativa.rulebook.language.effects import parse as parse_effect

NAME = {"type": "text", "label": "Nome"}


def ask(case: Case, *form: dict[str, object]) -> Letter:
    """The desk asks the customer; the letter that does."""
    effect = parse_effect({"ask": {"of": "customer", "label": "Quem recebeu?", "fields": list(form)}})
    with door.judging(case.pk, by=actors.clock(case.marketplace), at=LATER) as change:
        effects.run(change, effect)
    letter = Letter.objects.get(case=case, kind="request.asked", party="customer")
    sending.send(letter.pk, at=LATER)
    return letter


def answer(case: Case, box: Mailbox, letter: Letter | None, text: str, **more: str) -> Arrival:
    headers = {"In_Reply_To": sending.message_id(letter.pk)} if letter else {}
    return arrive(box, write(case, text, **headers, **more), at=LATER + timedelta(minutes=5))


def test_a_form_that_asks_for_words_is_answered_by_a_letter(case: Case, box: Mailbox) -> None:
    letter = ask(case, NAME)

    arrival = answer(case, box, letter, "Rui Prado, o porteiro")

    request = Request.objects.get()
    assert request.answers == {"nome": "Rui Prado, o porteiro"}
    assert arrival.entry is not None
    assert arrival.entry.event == "request.answered"
    assert "Rui Prado, o porteiro" not in said(case)


def test_a_letter_about_something_else_is_no_answer_to_the_form(case: Case, box: Mailbox) -> None:
    ask(case, NAME)

    answer(case, box, None, "Ainda não chegou.")

    assert Request.objects.get().answered_at is None
    assert said(case)[-1] == "Ainda não chegou."


@pytest.mark.parametrize("form", [(NAME, NAME | {"label": "Documento"}), (NAME | {"sealed": True},)])
def test_two_questions_or_a_sealed_one_are_answered_on_the_page(
    case: Case, box: Mailbox, form: tuple[dict[str, object], ...]
) -> None:
    letter = ask(case, *form)

    answer(case, trusting(box), letter, "Rui Prado", **vouched())

    assert Request.objects.get().answered_at is None
    assert said(case)[-1] == "Rui Prado"


def told(case: Case) -> list[Letter]:
    return list(Letter.objects.filter(case=case, kind="files.left_out"))


def test_the_customer_is_told_of_files_that_stayed_out(cast: Cast, case: Case, box: Mailbox) -> None:
    arrive(box, write(case, "Segue o vídeo.", files=[("vídeo.bin", b"x" * 3_000_000)]))

    (letter,) = told(case)
    sending.send(letter.pk, at=LATER)
    letter.refresh_from_db()
    assert (letter.party, letter.address) == ("customer", cast.buyer.email)
    assert "não pôde ser guardado" in letter.text
    assert "vídeo.bin" in letter.text
    assert "2,0\xa0MB" in letter.text


def test_a_letter_that_wants_no_answer_from_a_machine_gets_none(case: Case, box: Mailbox) -> None:
    files = [("video.bin", b"x" * 3_000_000)]

    arrival = arrive(box, write(case, "Segue.", files=files, Precedence="bulk"))

    assert (arrival.left_out, told(case)) == (["video.bin"], [])


def test_it_is_told_once_for_a_letter_and_three_times_an_hour(case: Case, box: Mailbox) -> None:
    for turn in range(5):
        raw = write(case, f"Vídeo {turn}", files=[("video.bin", b"x" * 3_000_000)])
        arrive(box, raw, at=LATER + timedelta(minutes=turn))
        arrive(box, raw, at=LATER + timedelta(minutes=turn))

    assert len(told(case)) == 3


def test_the_letter_goes_with_the_identity_paper_it_brought(case: Case, box: Mailbox) -> None:
    arrival = arrive(box, write(case, "Segue.\n\n-- \nJoana", files=[("rg.pdf", b"%PDF-1.4 rg")]))
    other = arrive(box, write(case, "Segue a nota.", files=[("nota.pdf", b"%PDF-1.4 nota")]), at=LATER + timedelta(1))
    path = arrival.path
    with switched_off():  # as a form that asks for it would have had it since it came
        Attachment.objects.filter(name="rg.pdf").update(sensitive=True, expires_at=LATER)

    identity_documents.expire(at=LATER)
    erased = erasing.follow(at=LATER)

    arrival.refresh_from_db()
    other.refresh_from_db()
    assert erased == 1
    assert (arrival.path, arrival.folded, arrival.erased_at) == ("", "", LATER)
    assert not default_storage.exists(path)
    assert default_storage.exists(other.path)
    assert erasing.follow(at=LATER) == 0
