"""Desempenho: the seller's page, the marketplace's, and the contest between them."""

from collections.abc import Callable

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, local
from tests.web.conftest import Enter
from tests.web.pages import flat
from tratativa.cases import sweeping
from tratativa.cases.core import protocols
from tratativa.cases.models import Case, Mark
from tratativa.cases.reading import scorecards
from tratativa.cases.score import contests

LATE = local("2026-11-24 09:01")


@pytest.fixture
def miss(open_case: Callable[..., Case], clock: time_machine.Traveller) -> Callable[[int], Mark]:
    """Cases the seller did not answer in time; the page is looked at a little later."""

    def missed(times: int) -> Mark:
        for number in range(times):
            open_case(words=f"Cadê? {number}")
        sweeping.sweep(at=LATE)
        clock.move_to(local("2026-11-24 10:00"))
        return Mark.objects.earliest("at")

    return missed


def test_an_administrator_reads_which_protocol_counted_and_why(
    cast: Cast, miss: Callable[[int], Mark], enter: Enter
) -> None:
    mark = miss(1)

    page = enter(cast.chefe).get("/standing/").content.decode()

    assert "Respostas perdidas" in page
    assert f"/cases/{protocols.show(mark.case.protocol)}/" in page
    assert "Prazo «Responder ao cliente» perdido: Parceiro tem" in page
    assert "qual é o prazo de resposta ao cliente?" in page
    assert f"/standing/{mark.pk}/contest" in page


def test_an_agent_reads_the_total_alone(cast: Cast, miss: Callable[[int], Mark], enter: Enter) -> None:
    mark = miss(2)

    page = enter(cast.ana).get("/standing/").content.decode()

    assert '<p class="tally__count number">2</p>' in flat(page)
    assert protocols.show(mark.case.protocol) not in page
    assert "/contest" not in page


def test_the_way_there_is_offered_to_sellers_only(cast: Cast, enter: Enter) -> None:
    assert 'href="/standing/"' in enter(cast.ana).get("/cases/").content.decode()
    assert 'href="/standing/"' not in enter(cast.marta).get("/cases/").content.decode()


def test_the_marketplace_reads_the_proposal_with_the_rule_quoted(
    cast: Cast, miss: Callable[[int], Mark], enter: Enter
) -> None:
    miss(5)
    client = enter(cast.marta)
    assert "Proposta:" not in client.get(f"/sellers/{cast.seller.pk}/").content.decode()

    miss(1)
    page = client.get(f"/sellers/{cast.seller.pk}/").content.decode()

    assert "Proposta: Suspensão das vendas" in page
    assert "Respostas perdidas: mais de 5 em 60 dias" in page
    score = scorecards.score(cast.marketplace.pk)
    assert score
    assert f"<q>{score.consequences[0].text}</q>" in page


def test_a_contest_goes_to_the_marketplace_and_its_decision_comes_back(
    cast: Cast, miss: Callable[[int], Mark], enter: Enter
) -> None:
    mark = miss(1)
    seller, mediator = enter(cast.chefe), enter(cast.marta)

    assert seller.post(f"/standing/{mark.pk}/contest", {"text": "Ligamos às 10h."}).status_code == 302
    assert "Ligamos às 10h." in mediator.get(f"/sellers/{cast.seller.pk}/").content.decode()
    decided = mediator.post(f"/sellers/marks/{mark.pk}/decide", {"decision": "accept", "text": "Confere."})

    assert decided.status_code == 302
    page = seller.get("/standing/").content.decode()
    assert "Anulado" in page
    assert "Confere." in page
    assert '<p class="tally__count number">0</p>' in flat(page)


def test_a_refused_contest_says_so_and_keeps_counting(cast: Cast, miss: Callable[[int], Mark], enter: Enter) -> None:
    mark = miss(1)
    contests.contest(mark, "Ligamos.", by=cast.chefe, at=LATE)

    enter(cast.marta).post(f"/sellers/marks/{mark.pk}/decide", {"decision": "refuse", "text": "Não há registro."})

    page = enter(cast.chefe).get("/standing/").content.decode()
    assert "Mantido" in page
    assert '<p class="tally__count number">1</p>' in flat(page)


def test_an_empty_contest_is_refused_beside_its_event(cast: Cast, miss: Callable[[int], Mark], enter: Enter) -> None:
    mark = miss(1)

    refused = enter(cast.chefe).post(f"/standing/{mark.pk}/contest", {"text": " "})

    assert refused.status_code == 422
    assert f'id="text-{mark.pk}-error"' in refused.content.decode()


def test_a_decision_that_is_neither_keeps_what_was_written(
    cast: Cast, miss: Callable[[int], Mark], enter: Enter
) -> None:
    mark = miss(1)
    contests.contest(mark, "Ligamos.", by=cast.chefe, at=LATE)

    refused = enter(cast.marta).post(f"/sellers/marks/{mark.pk}/decide", {"decision": "talvez", "text": "Veremos."})

    assert refused.status_code == 422
    assert "Veremos." in refused.content.decode()
    assert Mark.objects.get(pk=mark.pk).state == "contested"


def test_contesting_again_is_told_and_changes_nothing(cast: Cast, miss: Callable[[int], Mark], enter: Enter) -> None:
    mark = miss(1)
    contests.contest(mark, "Ligamos.", by=cast.chefe, at=LATE)

    again = enter(cast.chefe).post(f"/standing/{mark.pk}/contest", {"text": "De novo."})

    assert again.status_code == 409
    assert "Este evento já foi contestado." in again.content.decode()


def test_the_page_asks_the_database_no_more_for_ten_events_than_for_one(
    cast: Cast, miss: Callable[[int], Mark], enter: Enter
) -> None:
    miss(1)
    client = enter(cast.chefe)
    client.get("/standing/")

    with CaptureQueriesContext(connection) as one:
        client.get("/standing/")
    miss(9)
    client.get("/standing/")  # what is remembered for seconds may be forgotten by now
    with CaptureQueriesContext(connection) as ten:
        client.get("/standing/")

    assert len(ten) == len(one)
