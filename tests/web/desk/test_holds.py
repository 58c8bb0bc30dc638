"""Retidos: the seller is told, the marketplace decides on its page, and what was asked for can be taken back."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import MONDAY, Cast, gather, opener
from tests.web.conftest import Enter
from tratativa.cases.acting import replying
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Held

PHONE = "Ligue para a transportadora: (41) 3322-7788."


@pytest.fixture
def cast(db: None) -> Cast:
    return gather("madeiramadeira")


@pytest.fixture
def case(cast: Cast) -> Case:
    cast.order.stage = "shipped"
    cast.order.save()
    return opener(cast)()


@pytest.fixture
def hold(cast: Cast, case: Case) -> Callable[[], Held]:
    def held(words: str = PHONE) -> Held:
        replying.reply(case, Message(words, to="customer"), by=cast.ana, at=MONDAY)
        return Held.objects.latest("asked_at", "id")

    return held


def test_the_seller_is_told_that_the_message_waits_and_sees_it_with_its_reason(
    cast: Cast, case: Case, enter: Enter
) -> None:
    client = enter(cast.ana)

    page = client.post(f"/cases/{case.protocol}/reply", {"text": PHONE, "to": "customer"}, follow=True).content.decode()

    assert "Mensagem retida: a equipe do marketplace vai ler antes." in page
    assert "Mensagem retida: o cliente ainda não a recebeu" in page
    assert "Telefone só por exceção" in page
    assert "Encontrado:" not in page  # how it was found is for the team
    assert "o cliente não lê" in page


def test_the_marketplace_reads_it_on_its_page_and_lets_it_go(
    cast: Cast, hold: Callable[[], Held], enter: Enter
) -> None:
    held, client = hold(), enter(cast.marta)

    listed = client.get("/holds/").content.decode()
    released = client.post(f"/holds/{held.pk}/decide", {"decision": "release"}, follow=True).content.decode()

    assert PHONE in listed
    assert "Encontrado: «41) 3322-7788» (um telefone)." in listed
    assert "Liberado" in released and PHONE not in released
    assert PHONE in enter(cast.cliente).get(f"/my/cases/{held.case.protocol}/").content.decode()


def test_a_refusal_without_a_reason_keeps_the_page_and_says_so(
    cast: Cast, hold: Callable[[], Held], enter: Enter
) -> None:
    held = hold()

    answer = enter(cast.marta).post(f"/holds/{held.pk}/decide", {"decision": "refuse", "text": " "})

    assert answer.status_code == 422
    assert "Escreva o motivo." in answer.content.decode()
    assert Held.objects.get().decided_at is None


def test_the_second_to_decide_is_told_that_it_is_done(cast: Cast, hold: Callable[[], Held], enter: Enter) -> None:
    held, client = hold(), enter(cast.marta)
    client.post(f"/holds/{held.pk}/decide", {"decision": "release"})

    answer = client.post(f"/holds/{held.pk}/decide", {"decision": "refuse", "text": "Não."})

    assert answer.status_code == 409
    assert "Isto já foi decidido." in answer.content.decode()


def test_the_author_takes_it_back_from_the_case(cast: Cast, hold: Callable[[], Held], enter: Enter) -> None:
    held = hold()

    page = enter(cast.ana).post(f"/holds/{held.pk}/undo", follow=True).content.decode()

    assert "Desfeito: nada aconteceu." in page
    assert "Mensagem retida: o cliente ainda não a recebeu" not in page


def test_nothing_held_says_so(cast: Cast, case: Case, enter: Enter) -> None:
    assert "Nada espera por você" in enter(cast.marta).get("/holds/").content.decode()


def test_the_list_costs_the_same_for_one_and_for_many(cast: Cast, hold: Callable[..., Held], enter: Enter) -> None:
    client = enter(cast.marta)
    hold()
    client.get("/holds/")
    with CaptureQueriesContext(connection) as one:
        client.get("/holds/")
    for number in range(5):
        hold(f"Ligue para (41) 3322-770{number}.")

    with CaptureQueriesContext(connection) as many:
        client.get("/holds/")

    assert len(many) == len(one) <= 4
