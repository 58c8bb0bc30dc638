"""The list: every filter, every tab, every page, and always the same few queries."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.cast import MONDAY, Cast, make_order
from tratativa.cases import sweeping
from tratativa.cases.acting import actions, replying
from tratativa.cases.core import rulebook_versions
from tratativa.cases.core.protocols import show
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.cases.reading import inbox

Opened = Callable[..., Case]
NOW = MONDAY + timedelta(days=2)


def found(cast: Cast, **params: str) -> list[str]:
    filters, errors = inbox.parse({"tab": "all", **params})
    assert errors == {}
    return [case.order_number for case in inbox.page(cast.ana, filters, at=NOW).cases]


@pytest.fixture
def three(cast: Cast, open_case: Opened) -> list[Case]:
    """1001 waits for the seller, late; 1002 waits for the marketplace; 1003 is closed."""
    orders = [
        cast.order,
        *(make_order(cast.marketplace, cast.seller, cast.buyer, number) for number in ("1002", "1003")),
    ]
    late = open_case()
    asked = open_case(
        order=orders[1], by=cast.ana, to="marketplace", reason="Nota fiscal", words="Preciso de ajuda com a nota.",
        at=MONDAY + timedelta(days=1), external_id="EXT-9", platform="app",
    )  # fmt: skip
    closed = open_case(order=orders[2], at=MONDAY + timedelta(hours=30))
    replying.reply(
        closed, Message("Pronto.", to="customer", customer_reads=True), by=cast.ana, at=MONDAY + timedelta(hours=31)
    )
    actions.perform(closed, "Encerrar atendimento", by=cast.ana, at=MONDAY + timedelta(hours=31))
    sweeping.sweep(at=NOW)
    return [late, asked, closed]


@pytest.mark.parametrize(
    ("params", "orders"),
    [
        ({"status": "Aguardando marketplace"}, ["1002"]),
        ({"status": "Encerrado"}, ["1003"]),
        ({"reason": "nota-fiscal"}, ["1002"]),
        ({"waiting_on": "seller"}, ["1001"]),
        ({"order": "1002"}, ["1002"]),
        ({"external_id": "EXT-9"}, ["1002"]),
        ({"platform": "app"}, ["1002"]),
        ({"origin": "seller"}, ["1002"]),
        ({"document": "529.982.247-25"}, ["1001", "1002", "1003"]),
        ({"document": "111.444.777-35"}, []),
        ({"overdue": "yes"}, ["1001"]),
        ({"overdue": "no"}, ["1002", "1003"]),
        ({"opened_from": "2026-11-24", "opened_to": "2026-11-24"}, ["1002", "1003"]),
        ({"opened_to": "2026-11-23"}, ["1001"]),
        ({"origin": "customer", "overdue": "no", "document": "52998224725"}, ["1003"]),
    ],
)
def test_each_filter_finds_what_it_names(
    cast: Cast, three: list[Case], params: dict[str, str], orders: list[str]
) -> None:
    assert sorted(found(cast, **params)) == orders


def test_the_protocol_finds_its_case_however_it_is_typed(cast: Cast, three: list[Case]) -> None:
    assert found(cast, protocol=three[1].protocol) == ["1002"]
    assert found(cast, protocol=show(three[1].protocol)) == ["1002"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("protocol", "123"), ("document", "111"), ("opened_from", "31/02/2026"), ("opened_to", "9999-99-99"),
        ("waiting_on", "ninguém"), ("origin", "<script>"),
    ],
)  # fmt: skip
def test_a_filter_that_makes_no_sense_says_so_by_name(name: str, value: str) -> None:
    _filters, errors = inbox.parse({name: value})

    assert list(errors) == [name]


def test_pages_by_keyset_show_every_case_once_in_both_directions(cast: Cast, open_case: Opened) -> None:
    for index in range(23):
        open_case(at=MONDAY + timedelta(minutes=index // 3))
    for sort in inbox.filtering.SORTS:
        filters, _errors = inbox.parse({"tab": "all", "sort": sort})
        pages, after = [], ""
        while True:
            page = inbox.page(cast.ana, filters, at=NOW, after=after, size=5)
            pages.append(page)
            after = page.after
            if not after:
                break
        forward = [case.pk for page in pages for case in page.cases]
        assert len(forward) == len(set(forward)) == 23
        back = inbox.page(cast.ana, filters, at=NOW, before=pages[2].before, size=5)
        assert [case.pk for case in back.cases] == [case.pk for case in pages[1].cases]
        assert pages[0].before == ""


@pytest.mark.parametrize("cursor", ["x", "e30", "W10", "bnVsbA", "WyJhIiwgMV0", "A" * 500])
def test_a_cursor_that_is_not_ours_begins_at_the_beginning(cast: Cast, three: list[Case], cursor: str) -> None:
    filters, _errors = inbox.parse({"tab": "all"})

    assert len(inbox.page(cast.ana, filters, at=NOW, after=cursor).cases) == 3


def test_the_list_costs_one_query_and_the_tabs_one(
    cast: Cast, three: list[Case], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    filters, _errors = inbox.parse({"tab": "all"})

    inbox.page(cast.ana, filters, at=NOW)  # the rulebook's version is remembered from here on
    with django_assert_num_queries(1):
        inbox.page(cast.ana, filters, at=NOW)
    with django_assert_num_queries(1):
        counted = inbox.counts(cast.ana, rulebook_versions.in_force(cast.marketplace.pk), at=NOW)
    assert counted == {"mine": 1, "customer": 0, "marketplace": 1, "mediation": 0, "overdue": 1}


def test_search_finds_words_whatever_their_accents_and_number(cast: Cast, open_case: Opened) -> None:
    open_case(words="Quero saber das devoluções dos cartões.")

    for words in ("devolução", "devolucao", "devoluções", "cartão", "CARTOES", '"devoluções dos cartões"'):
        assert found(cast, q=words) == ["1001"], words
    assert found(cast, q="geladeira") == []


def test_search_never_finds_words_the_reader_may_not_read(cast: Cast, open_case: Opened) -> None:
    case = open_case()
    replying.reply(case, Message("O fabricante trapaceou.", to="marketplace"), by=cast.ana, at=MONDAY)
    filters, _errors = inbox.parse({"tab": "all", "q": "trapaceou"})

    assert len(inbox.page(cast.marta, filters, at=MONDAY).cases) == 1
    assert inbox.page(cast.cliente, filters, at=MONDAY).cases == []
    assert inbox.page(cast.rival, filters, at=MONDAY).cases == []


def test_closed_cases_leave_the_lists_after_ninety_days_but_are_found_by_name(cast: Cast, three: list[Case]) -> None:
    much_later = NOW + timedelta(days=120)
    listed, _errors = inbox.parse({"tab": "closed"})
    named, _errors = inbox.parse({"tab": "closed", "order": "1003"})

    assert inbox.page(cast.ana, listed, at=much_later).cases == []
    assert len(inbox.page(cast.ana, named, at=much_later).cases) == 1


def test_what_was_closed_without_an_answer_stays_overdue_until_somebody_answers(cast: Cast, open_case: Opened) -> None:
    case = open_case(to="marketplace", reason="Cancelamento", words="Quero cancelar a compra.")
    actions.perform(case, "Encerrar atendimento", by=cast.marta, at=MONDAY + timedelta(hours=1))
    book = rulebook_versions.in_force(cast.marketplace.pk)
    overdue = inbox.parse({"tab": "overdue"})[0]
    narrowed = inbox.parse({"tab": "all", "overdue": "yes"})[0]

    for at in (MONDAY + timedelta(hours=2), MONDAY + timedelta(days=30)):
        sweeping.sweep(at=at)
        assert [one.pk for one in inbox.page(cast.marta, overdue, at=at).cases] == [case.pk]
        assert [one.pk for one in inbox.export(cast.marta, narrowed, at=at)] == [case.pk]
        assert inbox.counts(cast.marta, book, at=at)["overdue"] == 1

    late = MONDAY + timedelta(days=31)
    actions.perform(case, "Reabrir atendimento", by=cast.marta, at=late)
    replying.reply(case, Message("A compra foi cancelada.", to="customer"), by=cast.marta, at=late)
    assert inbox.page(cast.marta, overdue, at=late).cases == []
    assert inbox.counts(cast.marta, book, at=late)["overdue"] == 0
