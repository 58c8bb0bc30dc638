"""The one question: who may do what, must do what, and why not."""

from datetime import UTC, datetime

import pytest

from tratativa.rulebook import reading, sentences, shipped, verdict
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.verdict import Available, Clock, Unavailable

REPLY = frozenset({"responder"})
DUE = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
OPEN = {
    "case.status": "open",
    "case.mediation": "none",
    "case.origin": "customer",
    "case.waiting_on": "seller",
    "history.offered": frozenset(),
    "history.customer_answered": False,
    "history.customer_waiting": True,
}
OFFERED = {"history.offered": frozenset({"falar-com-a-americanas"}), "case.mediation": "offered"}


@pytest.fixture(scope="module")
def book():
    return reading.load(shipped.FOLDER / "americanas").book


def ask(book, party: Party, clocks=(), **facts):
    return verdict.verdict(book, {**OPEN, **facts}, clocks, party)


def why(answer) -> str:
    assert isinstance(answer, Unavailable)
    return answer.why


def test_every_action_of_a_party_is_answered_once_in_the_rulebooks_order(book) -> None:
    answers = ask(book, Party.SELLER)

    labels = [one.action.label for one in (*answers.available, *answers.unavailable)]
    assert sorted(labels) == sorted(
        ["Responder", "Encerrar atendimento", "Reabrir atendimento", "Anotar", "Atribuir responsável"]
    )
    assert [one.action.label for one in answers.available] == ["Responder", "Anotar", "Atribuir responsável"]


def test_the_mediation_waits_for_its_offer_and_says_so(book) -> None:
    assert "ainda corre" in why(ask(book, Party.CUSTOMER).find("Falar com a Americanas"))
    assert isinstance(ask(book, Party.CUSTOMER, **OFFERED).find("Falar com a Americanas"), Available)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"case.mediation": "asked"}, "já está cuidando"),
        ({"case.mediation": "ruled", "case.status": "closed"}, "já decidiu"),
        ({"case.status": "closed", "history.customer_waiting": False}, "escreva uma mensagem para reabri-lo"),
    ],
)
def test_a_refusal_says_which_thing_stands_in_the_way(book, facts, words) -> None:
    assert words in why(ask(book, Party.CUSTOMER, **{**OFFERED, **facts}).find("falar-com-a-americanas"))


def test_a_reply_that_stops_a_running_clock_must_be_given_by_its_due_time(book) -> None:
    clocks = [Clock(Party.SELLER, DUE, REPLY), Clock(Party.MARKETPLACE, DUE, REPLY)]

    reply = ask(book, Party.SELLER, clocks).find("Responder")

    assert isinstance(reply, Available)
    assert (reply.mandatory, reply.due_at) == (True, DUE)


def test_of_two_clocks_the_nearer_counts(book) -> None:
    later = DUE.replace(day=25)

    reply = ask(book, Party.SELLER, [Clock(Party.SELLER, later, REPLY), Clock(Party.SELLER, DUE, REPLY)]).find(
        "Responder"
    )

    assert isinstance(reply, Available)
    assert reply.due_at == DUE


def test_another_partys_clock_obliges_nobody_else(book) -> None:
    reply = ask(book, Party.CUSTOMER, [Clock(Party.SELLER, DUE, REPLY)]).find("Responder")

    assert isinstance(reply, Available)
    assert (reply.mandatory, reply.due_at) == (False, None)


def test_another_partys_action_is_not_ones_own(book) -> None:
    assert ask(book, Party.SELLER).find("Decidir mediação") is None
    assert ask(book, Party.CUSTOMER).find("Encerrar atendimento") is None
    assert ask(book, Party.PARTNER).available == ()


def test_a_closed_case_takes_a_customers_word_but_no_sellers(book) -> None:
    closed = {"case.status": "closed"}

    assert isinstance(ask(book, Party.CUSTOMER, **closed).find("Responder"), Available)
    assert "reabra-o" in why(ask(book, Party.SELLER, **closed).find("Responder"))


def test_the_seller_closes_only_what_the_customer_heard_about(book) -> None:
    assert "Responda ao cliente" in why(ask(book, Party.SELLER).find("Encerrar atendimento"))
    heard = ask(book, Party.SELLER, **{"history.customer_waiting": False})
    assert isinstance(heard.find("Encerrar atendimento"), Available)
    assert isinstance(ask(book, Party.MARKETPLACE).find("Encerrar atendimento"), Available)


@pytest.mark.parametrize(
    ("facts", "label"),
    [
        ({"case.status": "closed", "case.mediation": "asked"}, "Encerrado"),
        ({"case.mediation": "asked"}, "Em mediação"),
        ({}, "Aguardando parceiro"),
        ({"case.waiting_on": "customer"}, "Aguardando cliente"),
        ({"case.waiting_on": "marketplace"}, "Aguardando marketplace"),
    ],
)
def test_the_first_status_that_holds_names_the_case(book, facts, label) -> None:
    assert verdict.status_label(book, {**OPEN, **facts}, Party.SELLER)[0] == label


def test_a_case_the_rulebook_names_not_has_no_status(book) -> None:
    assert verdict.status_label(book, {**OPEN, "case.waiting_on": "nobody"}, Party.SELLER) == ("", "neutral")


def test_a_suspended_seller_answers_what_it_owes_and_nothing_else(book) -> None:
    waiting = {"case.waiting_on": "customer", "seller.suspended": True}

    silent = ask(book, Party.SELLER, **waiting)
    owing = ask(book, Party.SELLER, [Clock(Party.SELLER, DUE, REPLY)], **waiting)
    its_turn = ask(book, Party.SELLER, **{"seller.suspended": True})

    assert why(silent.find("Responder")) == sentences.SUSPENDED.pt
    assert [one.action.label for one in silent.available] == ["Anotar", "Atribuir responsável"]  # its own business
    assert isinstance(owing.find("Responder"), Available)
    assert isinstance(its_turn.find("Responder"), Available)
    assert isinstance(ask(book, Party.MARKETPLACE, **waiting).find("Responder"), Available)
