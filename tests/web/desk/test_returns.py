"""Reversas: the list of what is on its way back, found by number or code, page after page."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import MONDAY, Cast, gather, make_order
from tests.web.conftest import Enter
from tratativa.cases.acting import actions, opening
from tratativa.cases.acting.opening import Opening
from tratativa.cases.messages.addressing import Message
from tratativa.cases.reading import paging

Returned = Callable[[range], None]


@pytest.fixture
def cast(db: None) -> Cast:
    return gather("casas-bahia")


@pytest.fixture
def returned(cast: Cast) -> Returned:
    """Gives posting codes to returns of orders with these numbers, a minute apart."""

    def give(numbers: range) -> None:
        for number in numbers:
            at = MONDAY + timedelta(minutes=number - 5000)
            order = make_order(cast.marketplace, cast.seller, cast.buyer, str(number))
            case = opening.open_case(
                Opening(order, reason="Devolução do produto", message=Message("Não serviu.")), by=cast.cliente, at=at
            )
            code = {"codigo-de-postagem": f"LX 000 {number}"}
            actions.perform(case, "Informar o código de postagem", fields=code, by=cast.ana, at=at)

    return give


def test_a_return_is_found_by_its_order_or_its_posting_code(cast: Cast, returned: Returned, enter: Enter) -> None:
    returned(range(5000, 5003))
    client = enter(cast.ana)

    assert client.get("/returns/").content.decode().count("<tr data-row>") == 3
    for query in ("5001", "lx 000 5001"):
        page = client.get("/returns/", {"q": query}).content.decode()
        assert ("LX 000 5001" in page, "LX 000 5002" in page) == (True, False)
    assert "Nada com este número" in client.get("/returns/", {"q": "9999"}).content.decode()


def test_another_sellers_returns_are_not_in_the_list(cast: Cast, returned: Returned, enter: Enter) -> None:
    returned(range(5000, 5001))

    assert "Nenhuma reversa" in enter(cast.rival).get("/returns/").content.decode()


def test_older_returns_are_pages_away_each_at_the_same_price(cast: Cast, returned: Returned, enter: Enter) -> None:
    returned(range(5000, 5001))
    client = enter(cast.ana)
    client.get("/returns/")
    with CaptureQueriesContext(connection) as one:
        client.get("/returns/")
    returned(range(5001, 5001 + paging.SIZE))

    with CaptureQueriesContext(connection) as full:
        newest = client.get("/returns/")

    assert len(full) == len(one)
    older = client.get(newest.context["after_url"])
    assert [row["order"] for row in older.context["rows"]] == ["5000"]
    back = client.get(older.context["before_url"])
    assert [row["order"] for row in back.context["rows"]] == [row["order"] for row in newest.context["rows"]]
