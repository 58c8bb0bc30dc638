"""Letters on the case page: the customer's e-mails under what they are about, opened as they were sent (T-01, T-05)."""

import pytest

from tests.cast import Cast
from tests.web.conftest import NINE, Enter
from tratativa.cases.acting import replying
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.mail.models import Letter
from tratativa.mail.outgoing import sending


@pytest.fixture
def letter(case: Case) -> Letter:
    """The acknowledgement, sent."""
    found = Letter.objects.get(case=case, party="customer")
    sending.send(found.pk, at=NINE)
    found.refresh_from_db()
    return found


def test_the_case_shows_each_email_to_the_customer_and_it_opens_as_it_was_sent(
    cast: Cast, case: Case, letter: Letter, enter: Enter
) -> None:
    marta = enter(cast.marta)

    page = marta.get(f"/cases/{case.protocol}/").content.decode()
    opened = marta.get(f"/letters/{letter.pk}/").content.decode()

    assert "e-mail enviado ao cliente" in page and f"/letters/{letter.pk}/" in page
    assert letter.subject in opened and "joana@cliente.example" in opened
    assert "Cadê meu pedido?" in opened


def test_nothing_in_the_letters_frame_runs(cast: Cast, letter: Letter, enter: Enter) -> None:
    answer = enter(cast.marta).get(f"/letters/{letter.pk}/body")

    policy = answer["Content-Security-Policy"]
    assert "script-src 'none'" in policy and "sandbox" in policy and "frame-ancestors 'self'" in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_the_seller_reads_the_letter_and_not_the_address(cast: Cast, letter: Letter, enter: Enter) -> None:
    page = enter(cast.ana).get(f"/letters/{letter.pk}/").content.decode()

    assert letter.subject in page
    assert "joana@cliente.example" not in page


def test_the_customer_sees_nothing_of_it_on_their_page(cast: Cast, case: Case, letter: Letter, enter: Enter) -> None:
    assert "e-mail enviado" not in enter(cast.cliente).get(f"/my/cases/{case.protocol}/").content.decode()


def test_what_did_not_leave_says_so_where_it_was_written(cast: Cast, case: Case, enter: Enter) -> None:
    replying.reply(case, Message("Chega amanhã.", to="customer", customer_reads=True), by=cast.ana, at=NINE)
    Letter.objects.filter(case=case, party="customer").update(trouble="SMTPDataError: 451", tries=1, subject="x")

    page = enter(cast.marta).get(f"/cases/{case.protocol}/").content.decode()

    assert "o e-mail ao cliente ainda não saiu; nova tentativa em breve" in page
