"""Denunciar mensagem: from the ⋯ of a message to the decision, and what each reads of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast, gather, opener
from tests.web.conftest import NINE, Enter
from tests.web.pages import flat
from tratativa.cases.acting import replying
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Report
from tratativa.cases.score import reports

RUDE = "Não me incomode com isso."


@pytest.fixture
def cast(db: None) -> Cast:
    return gather("madeiramadeira")


@pytest.fixture
def case(cast: Cast) -> Case:
    case = opener(cast)()
    replying.reply(case, Message(RUDE, to="customer"), by=cast.ana, at=NINE)
    return case


def denounce(case: Case, cast: Cast, words: str = "") -> Report:
    message = case.entries.filter(event="message.posted", party="seller").latest("number")
    return reports.report(message, reason="offence", words=words, by=cast.cliente, at=NINE)


def test_the_customer_denounces_from_the_message_and_sees_that_they_did(cast: Cast, case: Case, enter: Enter) -> None:
    phone = enter(cast.cliente)
    number = case.entries.filter(event="message.posted", party="seller").get().number
    place = reverse("my_report", args=[case.protocol, number])

    assert f"messages/{number}/report" in phone.get(f"/my/cases/{case.protocol}/").content.decode()
    assert RUDE in phone.get(place).content.decode()
    assert phone.post(place, {"reason": "offence", "text": "Fui tratada mal."}).status_code == 302

    page = phone.get(f"/my/cases/{case.protocol}/").content.decode()
    assert "Denúncia enviada." in page
    assert "Você denunciou uma mensagem: Foi ofensiva ou desrespeitosa" in page
    assert "Denunciar mensagem" not in page
    assert phone.post(place, {"reason": "offence"}).status_code == 409


def test_a_mistake_keeps_what_was_chosen_and_written(cast: Cast, case: Case, enter: Enter) -> None:
    number = case.entries.filter(event="message.posted", party="seller").get().number

    answer = enter(cast.cliente).post(
        reverse("my_report", args=[case.protocol, number]), {"reason": "other", "text": ""}
    )

    assert answer.status_code == 422
    assert "Conte o que há de errado com a mensagem." in answer.content.decode()
    assert 'value="other" checked' in flat(answer.content.decode())


@pytest.mark.parametrize("number", [1, 2, 99])
def test_what_is_no_message_of_the_sellers_cannot_be_denounced(
    number: int, cast: Cast, case: Case, enter: Enter
) -> None:
    assert enter(cast.cliente).get(reverse("my_report", args=[case.protocol, number])).status_code == 404


def test_the_marketplace_reads_it_and_the_seller_does_not(cast: Cast, case: Case, enter: Enter) -> None:
    denounce(case, cast, "Fui tratada mal.")

    for path in (f"/cases/{case.protocol}/", "/reports/", f"/sellers/{cast.seller.pk}/"):
        assert "Fui tratada mal." in enter(cast.marta).get(path).content.decode()
    for path in (f"/cases/{case.protocol}/", "/standing/", "/cases/?tab=all"):
        page = enter(cast.chefe).get(path).content.decode()
        assert "denúncia" not in page.lower() and "Fui tratada mal." not in page


def test_a_mediator_confirms_with_a_reason_and_the_count_says_where_it_comes_from(
    cast: Cast, case: Case, enter: Enter
) -> None:
    report, desk = denounce(case, cast), enter(cast.marta)
    place = reverse("decide_report", args=[report.pk])

    empty = desk.post(place, {"decision": "confirm", "text": ""})
    undecided = desk.post(place, {"text": "Sem respeito."})
    done = desk.post(place, {"decision": "confirm", "text": "O cliente merece respeito."})
    again = desk.post(place, {"decision": "dismiss", "text": "Pensei melhor."})

    assert [answer.status_code for answer in (empty, undecided, done, again)] == [422, 422, 302, 409]
    assert "Escolha entre confirmar" in undecided.content.decode()
    assert "Sem respeito.</textarea>" in undecided.content.decode()
    page = enter(cast.ana).get(f"/cases/{case.protocol}/").content.decode()
    assert "O cliente merece respeito." in page
    assert "Mensagem denunciada pelo cliente" in enter(cast.chefe).get("/standing/").content.decode()


def test_the_queue_costs_the_same_however_long_it_is(cast: Cast, case: Case, enter: Enter) -> None:
    desk = enter(cast.marta)
    counts = []
    for words in ("Primeira.", "Segunda.", "Terceira."):
        replying.reply(case, Message(words, to="customer"), by=cast.ana, at=NINE)
        denounce(case, cast)
        with CaptureQueriesContext(connection) as asked:
            desk.get("/reports/")
        counts.append(len(asked))

    assert counts[0] == counts[-1]
