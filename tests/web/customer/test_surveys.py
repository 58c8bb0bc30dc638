"""The survey: a tap records, another changes, words are optional; a letter's link shows, and only its button votes."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, local
from tests.web.conftest import NINE, Enter
from tests.web.pages import flat
from tratativa.accounts import signing_in
from tratativa.cases import sweeping
from tratativa.cases.acting import actions, replying
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Entry, Survey
from tratativa.cases.score import survey_answers
from tratativa.mail.models import Letter
from tratativa.mail.outgoing import writing

ASKED = local("2026-11-28 09:31")


@pytest.fixture
def surveyed(case: Case, cast: Cast, clock: Any) -> Case:
    """A closed case whose customer has been asked how it was."""
    replying.reply(case, Message("Enviamos hoje.", to="customer", customer_reads=True), by=cast.ana, at=NINE)
    actions.perform(case, "Encerrar atendimento", by=cast.ana, at=NINE, fields={})
    clock.move_to(ASKED)
    sweeping.sweep(at=ASKED)
    return Case.objects.get(pk=case.pk)


def given(case: Case) -> tuple[int | None, str]:
    survey = Survey.objects.get(case=case)
    return survey.score, survey.comment


def answers(case: Case) -> int:
    return Entry.objects.filter(case=case, event="survey.answered").count()


def by_letter(cast: Cast, case: Case, score: int = 4) -> str:
    secret = signing_in.make_link(cast.buyer, case.pk, at=ASKED)
    return reverse("customer_survey", args=[secret, score])


def test_a_tap_records_and_another_changes_it(surveyed: Case, cast: Cast, enter: Enter) -> None:
    client, place = enter(cast.cliente), reverse("my_survey", args=[surveyed.protocol])
    before = client.get(f"/my/cases/{surveyed.protocol}/").text

    client.post(place, {"score": "5"})
    first = given(surveyed)
    page = client.post(place, {"score": "2"}, follow=True).text

    assert 'aria-pressed="true"' not in before and "Quer contar mais?" not in before
    assert (first, given(surveyed)) == ((5, ""), (2, ""))
    assert answers(surveyed) == 2
    assert "Sua nota: <strong>ruim</strong>" in flat(page)
    assert page.count('aria-pressed="true"') == 1


def test_a_score_stands_while_its_case_is_open_again(surveyed: Case, cast: Cast, enter: Enter) -> None:
    client, place = enter(cast.cliente), reverse("my_survey", args=[surveyed.protocol])
    client.post(place, {"score": "5"})
    replying.reply(surveyed, Message("Não chegou.", to="marketplace"), by=cast.cliente, at=ASKED)
    reopened = Case.objects.get(pk=surveyed.pk).is_open

    page = client.post(place, {"score": "1", "comment": "mudei"}, follow=True).text

    assert reopened
    assert given(surveyed) == (5, "")
    assert "A sua nota fica, e pode mudar quando ele terminar." in page


def test_ten_answers_a_day_are_kept_and_the_last_stands(surveyed: Case, cast: Cast) -> None:
    for turn in range(survey_answers.MOST):
        survey_answers.answer(surveyed, turn % 5 + 1, by=cast.cliente, at=ASKED + timedelta(minutes=turn))

    with pytest.raises(NotAllowed, match="Tente de novo amanhã"):
        survey_answers.answer(surveyed, 1, by=cast.cliente, at=ASKED + timedelta(hours=1))
    before = Survey.objects.get(case=surveyed).score
    survey_answers.answer(surveyed, 1, by=cast.cliente, at=ASKED + survey_answers.WITHIN)

    assert (before, Survey.objects.get(case=surveyed).score) == (5, 1)


def test_the_customer_reads_that_they_were_asked_and_not_that_a_customer_was(
    surveyed: Case, cast: Cast, enter: Enter
) -> None:
    page = enter(cast.cliente).get(f"/my/cases/{surveyed.protocol}/").text

    assert "Perguntamos a você como foi o atendimento." in page
    assert "enviada ao cliente" not in page


def test_words_are_optional_and_stay_when_the_score_changes(surveyed: Case, cast: Cast, enter: Enter) -> None:
    client, place = enter(cast.cliente), reverse("my_survey", args=[surveyed.protocol])

    client.post(place, {"score": "5"})
    client.post(place, {"score": "5", "comment": "Foi rápido."})
    client.post(place, {"score": "4"})
    client.post(place, {"score": "4"})

    assert given(surveyed) == (4, "Foi rápido.")
    assert answers(surveyed) == 3


def test_too_many_words_are_refused_and_not_lost(surveyed: Case, cast: Cast, enter: Enter) -> None:
    answer = enter(cast.cliente).post(
        reverse("my_survey", args=[surveyed.protocol]), {"score": "3", "comment": "a" * 2001}
    )

    assert answer.status_code == 422
    assert "no máximo 2000" in answer.text and "a" * 2001 in answer.text
    assert given(surveyed) == (None, "")


def test_a_case_nobody_asked_about_has_nothing_to_rate(case: Case, cast: Cast, enter: Enter) -> None:
    page = enter(cast.cliente).post(reverse("my_survey", args=[case.protocol]), {"score": "3"}, follow=True)

    assert "Não há pesquisa neste atendimento." in page.text
    assert not Survey.objects.exists()


def test_a_mail_scanner_that_follows_every_link_votes_nothing(surveyed: Case, cast: Cast, client: Client) -> None:
    for score in range(1, 6):
        page = client.get(by_letter(cast, surveyed, score))
        assert page.status_code == 200
        client.head(by_letter(cast, surveyed, score))

    assert given(surveyed) == (None, "")
    assert client.get("/my/").status_code == 302  # nor is it let in


def test_a_letters_score_is_confirmed_by_one_tap_and_lets_its_customer_in(
    surveyed: Case, cast: Cast, client: Client
) -> None:
    place = by_letter(cast, surveyed)
    shown = flat(client.get(place).text)

    landed = client.post(place, {"score": "4"}, follow=True)

    assert "Você tocou em <strong>bom</strong>" in shown and cast.buyer.name in shown
    assert given(surveyed) == (4, "")
    assert landed.redirect_chain[-1][0].endswith("/#survey")
    assert "Nota registrada." in landed.text


@pytest.mark.parametrize("score", ["", "0", "6", "x"])
def test_a_letters_score_that_is_none_is_refused(score: str, surveyed: Case, cast: Cast, client: Client) -> None:
    client.post(by_letter(cast, surveyed), {"score": score})

    assert given(surveyed) == (None, "")


def test_a_link_of_another_case_rates_nothing(surveyed: Case, cast: Cast, client: Client) -> None:
    foreign = reverse("customer_survey", args=["nobody", 5])

    assert client.get(foreign).status_code == 410
    assert client.post(foreign, {"score": "5"}).status_code == 410
    assert given(surveyed) == (None, "")


def test_the_letter_has_five_links_that_show_and_none_that_votes(surveyed: Case, cast: Cast, client: Client) -> None:
    letter = Letter.objects.get(case=surveyed, kind="survey.sent")

    content = writing.write(letter, at=ASKED)

    assert [label for label, _url in content.scores] == ["1 péssimo", "2 ruim", "3 regular", "4 bom", "5 ótimo"]
    assert all(re.search(r"/my/link/[^/?]+/survey/[1-5]$", url) for _label, url in content.scores)
    path = content.scores[0][1].partition("/my/")[2]
    assert client.get(f"/my/{path}").status_code == 200
    assert given(surveyed) == (None, "")
    assert not mail.outbox
