"""A marketplace that is paid in dollars: its pages, letters and lists say dollars, and its people type them."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest

import tratativa
from tests.cast import MONDAY, Cast, gather, opener, rewrite
from tests.web.conftest import Enter
from tratativa.cases.acting import actions
from tratativa.cases.core.refusals import Invalid
from tratativa.cases.models import Case
from tratativa.orders.models import Command

PACKAGE = Path(tratativa.__file__).parent


@pytest.fixture
def cast(db: None) -> Cast:
    cast = gather("americanas")
    dollars = {"currency": "USD", "locale": "en_US"}
    rewrite(cast.marketplace, lambda data: data.update(money=dollars), at=MONDAY - timedelta(days=1))
    cast.order.total_cents = 150_000
    cast.order.save()
    return cast


@pytest.fixture
def case(cast: Cast) -> Case:
    return opener(cast)(reason="Produto com defeito", words="It came broken.", at=MONDAY)


def give_back(cast: Cast, case: Case, amount: str) -> Command:
    filled = {"Quanto": "amount", "Valor": amount}
    actions.perform(case, "Devolver dinheiro ao cliente", by=cast.marta, at=MONDAY + timedelta(hours=1), fields=filled)
    return Command.objects.get(verb="refund")


@pytest.mark.parametrize(("typed", "cents"), [("$40.00", 4_000), ("1,500.00", 150_000)])
def test_an_agent_types_dollars(cast: Cast, case: Case, typed: str, cents: int) -> None:
    assert give_back(cast, case, typed).data["amount_cents"] == cents


def test_reais_are_no_dollars(cast: Cast, case: Case) -> None:
    with pytest.raises(Invalid) as refused:
        give_back(cast, case, "R$ 40,00")

    assert refused.value.errors == {"valor": "Escreva em «Valor» um valor como 199.90."}


def test_the_case_and_what_is_given_back_are_told_in_dollars(cast: Cast, case: Case, enter: Enter) -> None:
    give_back(cast, case, "$1,500.00")

    for address in (f"/cases/{case.protocol}/", "/orders/", f"/orders/{cast.order.number}/"):
        page = enter(cast.marta).get(address).content.decode()
        assert "$1,500.00" in page
        assert "R$" not in page
    told = enter(cast.marta).get(f"/cases/{case.protocol}/").content.decode()
    assert "Reembolso de $1,500.00 a registrar" in told


def test_a_sheet_says_its_currency_and_divides_as_its_people_do(cast: Cast, case: Case, enter: Enter) -> None:
    answer = b"".join(enter(cast.marta).get("/cases/export.csv?tab=all")).decode("utf-8-sig")
    heading, line = csv.reader(answer.splitlines(), delimiter=";")

    assert line[heading.index("Valor ($)")] == "1500.00"


def test_no_line_of_the_engine_names_a_currency() -> None:
    said = [
        path
        for path in PACKAGE.rglob("*.py")
        if "migrations" not in path.parts and "demo" not in path.parts and "BRL" in path.read_text()
    ]

    assert said == []
