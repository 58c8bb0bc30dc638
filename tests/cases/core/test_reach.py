"""How far somebody reaches who came by a letter's link, and what a seller knows of what waits in its own case."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.cast import MONDAY, Cast, make_order
from tratativa.accounts import actors
from tratativa.accounts.actors import Actor
from tratativa.accounts.formatting import Written
from tratativa.cases import door
from tratativa.cases.acting import pending
from tratativa.cases.core import audience, visibility
from tratativa.cases.messages import addressing
from tratativa.cases.models import Case
from tratativa.cases.orders import returns
from tratativa.cases.reading import inbox
from tratativa.cases.reading.inbox import Filters
from tratativa.orders.models import Return
from tratativa.rulebook.terms.parties import Party

LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def linked(cast: Cast, open_case: Callable[..., Case]) -> tuple[Case, Case, Actor]:
    """Two cases of one customer about two orders, and that customer by the link to the first."""
    first = open_case(words="Cadê a geladeira?")
    other = make_order(cast.marketplace, cast.seller, cast.buyer, "2002")
    second = open_case(order=other, words="Cadê o fogão?")
    return first, second, actors.of_customer(cast.buyer, first.pk)


def test_a_links_session_reads_and_finds_the_words_of_its_case_alone(
    cast: Cast, linked: tuple[Case, Case, Actor]
) -> None:
    first, second, by_link = linked

    texts = visibility.visible_texts(by_link)

    assert {text.case_id for text in texts} == {first.pk}
    assert {text.case_id for text in visibility.visible_texts(cast.cliente)} == {first.pk, second.pk}
    found = Filters(tab="all", q="fogão")
    assert inbox.page(by_link, found, at=LATER).cases == []
    assert inbox.page(cast.cliente, found, at=LATER).cases == [second]


def test_a_links_session_knows_the_order_of_its_case_alone(cast: Cast, linked: tuple[Case, Case, Actor]) -> None:
    _first, _second, by_link = linked

    assert [order.number for order in visibility.visible_orders(by_link)] == ["1001"]
    assert sorted(order.number for order in visibility.visible_orders(cast.cliente)) == ["1001", "2002"]


def test_a_links_session_knows_no_return_of_another_case_about_the_same_order(
    cast: Cast, open_case: Callable[..., Case]
) -> None:
    here = open_case()
    beside = open_case(reason="Produto com defeito", words="E veio riscada.")
    with door.judging(beside.pk, by=cast.ana, at=LATER) as change:
        returns.give_code(change, cast.order, "LX123", LATER)
    by_link = actors.of_customer(cast.buyer, here.pk)

    assert Return.objects.get().case_id == beside.pk
    assert not visibility.visible_returns(by_link).exists()
    assert visibility.visible_returns(cast.cliente).exists()


def test_a_seller_knows_what_it_holds_itself_and_not_what_the_marketplace_holds_in_its_case(
    cast: Cast, open_case: Callable[..., Case]
) -> None:
    case = open_case()
    for who in (cast.ana, cast.marta):
        sending = addressing.Sending(Party.CUSTOMER, audience.EVERYONE)
        with door.judging(case.pk, by=who, at=LATER) as change:
            pending.message(change, Written(f"De {who.name}."), sending, (), "contato")

    assert [held.party for held in visibility.visible_holds(cast.ana)] == ["seller"]
    assert sorted(held.party for held in visibility.visible_holds(cast.marta)) == ["marketplace", "seller"]
    assert not visibility.visible_holds(cast.rival).exists()
    assert not visibility.visible_holds(cast.cliente).exists()
