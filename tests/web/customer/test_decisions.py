"""What the customer is told of a decision and of their case's status: in plain words, to them (issue 12, point 32)."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, local, make_order
from tests.web.conftest import NINE, Enter
from tests.web.pages import flat
from tratativa.cases import sweeping
from tratativa.cases.acting import actions, opening, replying
from tratativa.cases.acting.opening import Opening
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.cases.orders import command_outcomes
from tratativa.orders.models import Command

LATE = local("2026-11-25 10:00")


@pytest.fixture
def mediated(case: Case, cast: Cast, clock: Any) -> Case:
    """A case whose customer called the marketplace after the seller's silence."""
    clock.move_to(LATE)
    sweeping.sweep(at=LATE)
    return actions.perform(case, "Falar com a Americanas", by=cast.cliente, at=LATE)


def rule(case: Case, cast: Cast, **given: Any) -> None:
    fields = {"a-favor-de": "customer", "decisao": "O pedido não chegou.", **given}
    checked = ["Li o que o cliente e o parceiro disseram"]
    actions.perform(case, "Decidir mediação", by=cast.marta, at=LATE, fields=fields, checked=checked)


def settle(outcome: str) -> None:
    for command in Command.objects.filter(answered_at=None):
        command_outcomes.settle(command.marketplace_id, command.key, outcome, at=LATE)


def decision(cast: Cast, case: Case, enter: Enter) -> tuple[str, bool]:
    """The words of the decision on the customer's page, and whether they stand in green."""
    page = flat(enter(cast.cliente).get(f"/my/cases/{case.protocol}/").content.decode())
    found = re.search(r'<section class="(decision[^"]*)" id="decision"(.*?)</section>', page, re.S)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found.group(2)).split()), "decision--good" in found.group(1)


def test_a_partial_refund_is_told_with_its_amount_and_term(mediated: Case, cast: Cast, enter: Enter) -> None:
    rule(mediated, cast, **{"reembolso": "amount", "valor-do-reembolso": "120,50"})

    asked, green = decision(cast, mediated, enter)
    assert green
    assert "Decidido a seu favor em 25/11/2026." in asked
    assert 'id="decided"' in enter(cast.cliente).get(f"/my/cases/{mediated.protocol}/").content.decode()
    assert "Reembolso de R$ 120,50 solicitado em 25/11/2026; falta a confirmação." in asked
    assert "O dinheiro chega na conta de onde saiu o Pix, assim que o reembolso é confirmado." in asked

    settle("confirmed")
    paid, _green = decision(cast, mediated, enter)
    assert "Reembolso de R$ 120,50 confirmado em 25/11/2026." in paid
    assert "falta a confirmação" not in paid


def test_a_cancelled_order_is_called_cancelled_only_once_it_is(mediated: Case, cast: Cast, enter: Enter) -> None:
    rule(mediated, cast, **{"cancelar-o-pedido": True})

    asked, _green = decision(cast, mediated, enter)
    assert "O cancelamento do pedido 1001 foi solicitado em 25/11/2026; falta a confirmação." in asked
    assert "R$ 199,90" in asked

    settle("confirmed")
    assert "O pedido 1001 foi cancelado em 25/11/2026." in decision(cast, mediated, enter)[0]


def test_a_refusal_is_told_as_one_and_promises_no_money(mediated: Case, cast: Cast, enter: Enter) -> None:
    rule(mediated, cast, reembolso="full")
    settle("refused")

    told, _green = decision(cast, mediated, enter)

    assert "O reembolso de R$ 199,90 não foi aceito, em 25/11/2026." in told
    assert "O dinheiro chega" not in told


def test_a_decision_for_the_seller_is_told_plainly_and_not_in_green(mediated: Case, cast: Cast, enter: Enter) -> None:
    rule(mediated, cast, **{"a-favor-de": "seller", "decisao": "A entrega está provada."})

    told, green = decision(cast, mediated, enter)

    assert "Decidido a favor de Casa Aurora em 25/11/2026." in told
    assert not green


def test_while_nothing_is_decided_nothing_is_told(case: Case, cast: Cast, enter: Enter) -> None:
    page = enter(cast.cliente).get(f"/my/cases/{case.protocol}/").content.decode()

    assert re.search(r'id="decision"[^>]*hidden', page)


def status(cast: Cast, enter: Enter) -> str:
    page = flat(enter(cast.cliente).get("/my/").content.decode())
    found = re.search(r'<span class="badge[^"]*">([^<]+)</span>', page)
    assert found
    return found.group(1)


def test_the_status_speaks_to_the_customer(cast: Cast, case: Case, enter: Enter, clock: Any) -> None:
    assert status(cast, enter) == "Esperando a loja até amanhã 09:00"

    replying.reply(
        case, Message("Qual o seu CEP?", to="customer", customer_reads=True, wait_for_answer=True), by=cast.ana, at=NINE
    )
    assert status(cast, enter).startswith("Sua vez")

    replying.reply(case, Message("01310-100"), by=cast.cliente, at=local("2026-11-23 09:20"))
    clock.move_to(LATE)
    sweeping.sweep(at=LATE)
    assert status(cast, enter).startswith("Esperando a loja: o prazo passou (")


def test_a_case_being_decided_or_ended_says_so(mediated: Case, cast: Cast, enter: Enter) -> None:
    assert status(cast, enter) == "Americanas está decidindo"

    rule(mediated, cast)

    assert status(cast, enter) == "Encerrado"


def test_many_cases_cost_no_query_more(cast: Cast, case: Case, enter: Enter) -> None:
    browser = enter(cast.cliente)
    with CaptureQueriesContext(connection) as one:
        browser.get("/my/")
    for number in range(5):
        order = make_order(cast.marketplace, cast.seller, cast.buyer, f"20{number}")
        opening.open_case(
            Opening(order, reason="Atraso na entrega", message=Message("Cadê?")), by=cast.cliente, at=NINE
        )

    with CaptureQueriesContext(connection) as many:
        browser.get("/my/")

    assert len(many) <= len(one)


def test_a_refund_that_no_system_answered_is_called_recorded_and_not_confirmed(
    mediated: Case, cast: Cast, enter: Enter
) -> None:
    rule(mediated, cast, **{"reembolso": "amount", "valor-do-reembolso": "120,50"})
    for command in Command.objects.filter(answered_at=None):
        command_outcomes.deliver(command.pk, at=LATE)

    told = decision(cast, mediated, enter)[0]
    line = flat(enter(cast.marta).get(f"/cases/{mediated.protocol}/").text)

    assert "Reembolso de R$ 120,50 registrado em 25/11/2026; a loja o paga por fora deste site." in told
    assert "Reembolso de R$ 120,50 registrado na mesa; a loja o paga fora dela." in line
    assert "confirmado" not in told.split("O dinheiro chega")[0] and "ao sistema do marketplace" not in line
