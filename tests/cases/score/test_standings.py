"""A seller's standing: what counts, within which window, and what a contest changes (A-29, M-09, C-16)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.cast import MONDAY, Cast, local
from tratativa.cases import sweeping
from tratativa.cases.core import justification
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.models import Case, Mark
from tratativa.cases.reading import scorecards, timeline
from tratativa.cases.score import contests
from tratativa.evidence import walking
from tratativa.rulebook.language.deadlines import Deadline

LATE = local("2026-11-24 09:01")
WHY = "Respondemos por telefone antes do prazo."


@pytest.fixture
def miss(open_case: Callable[..., Case]) -> Callable[[int], list[Mark]]:
    """Cases the seller did not answer in time, and their marks."""

    def missed(times: int) -> list[Mark]:
        for number in range(times):
            open_case(words=f"Cadê meu pedido? {number}")
        sweeping.sweep(at=LATE)
        return list(Mark.objects.order_by("at", "id"))

    return missed


def counted(cast: Cast, *, at=LATE) -> int:
    standing = scorecards.read(cast.seller.pk, cast.marta, at=at)
    assert standing
    return standing.tallies[0].counted


def test_a_missed_answer_counts_and_says_by_which_rule_of_which_case(
    cast: Cast, miss: Callable[[int], list[Mark]]
) -> None:
    (mark,) = miss(1)

    standing = scorecards.read(cast.seller.pk, cast.chefe, at=LATE)

    assert standing
    (tally,) = standing.tallies
    (event,) = tally.events
    assert (tally.metric.id, tally.counted, event.mark) == ("resposta-perdida", 1, mark)
    assert isinstance(event.rule, Deadline)
    assert event.rule.label == "Responder ao cliente"


def test_what_is_older_than_the_window_counts_no_more(cast: Cast, miss: Callable[[int], list[Mark]]) -> None:
    (mark,) = miss(1)

    assert counted(cast, at=mark.at + timedelta(days=60, seconds=-1)) == 1
    assert counted(cast, at=mark.at + timedelta(days=60)) == 0


def test_five_misses_propose_nothing_and_the_sixth_proposes_a_suspension(
    cast: Cast, miss: Callable[[int], list[Mark]]
) -> None:
    miss(5)
    before = scorecards.read(cast.seller.pk, cast.marta, at=LATE)

    miss(6)
    after = scorecards.read(cast.seller.pk, cast.marta, at=LATE)

    assert before and before.tallies[0].counted == 5 and not before.proposed
    assert after and after.tallies[0].counted == 11
    assert [one.propose for one in after.proposed] == ["suspension"]
    assert after.proposed == after.score.consequences


def test_an_agent_of_the_seller_knows_the_total_and_not_the_events(
    cast: Cast, miss: Callable[[int], list[Mark]]
) -> None:
    miss(2)

    standing = scorecards.read(cast.seller.pk, cast.ana, at=LATE)

    assert standing
    assert (standing.tallies[0].counted, standing.tallies[0].events) == (2, ())


def test_an_administrator_of_another_seller_sees_no_event_of_this_one(
    cast: Cast, miss: Callable[[int], list[Mark]]
) -> None:
    miss(1)

    standing = scorecards.read(cast.seller.pk, replace(cast.rival, role="admin"), at=LATE)

    assert standing
    assert standing.tallies[0].events == ()


def test_an_accepted_contest_voids_the_mark_and_keeps_it(cast: Cast, miss: Callable[[int], list[Mark]]) -> None:
    (mark,) = miss(1)

    contests.contest(mark, WHY, by=cast.chefe, at=LATE)
    assert counted(cast) == 1
    contests.decide(mark, "A ligação está registrada.", accept=True, by=cast.marta, at=LATE)

    assert counted(cast) == 0
    assert Mark.objects.get().state == "voided"
    case = Case.objects.get()
    lines = [(line.event, line.words) for line in timeline.read(case, cast.chefe)][-2:]
    assert lines == [("mark.contested", WHY), ("mark.decided", "A ligação está registrada.")]
    assert walking.walk(marketplace_id=case.marketplace_id).faults == ()


def test_a_refused_contest_leaves_the_mark_counting(cast: Cast, miss: Callable[[int], list[Mark]]) -> None:
    (mark,) = miss(1)

    contests.contest(mark, WHY, by=cast.chefe, at=LATE)
    contests.decide(mark, "Não há registro da ligação.", accept=False, by=cast.marta, at=LATE)

    assert (counted(cast), Mark.objects.get().state) == (1, "kept")


def test_the_customer_reads_nothing_of_a_contest(cast: Cast, miss: Callable[[int], list[Mark]]) -> None:
    (mark,) = miss(1)

    contests.contest(mark, WHY, by=cast.chefe, at=LATE)
    contests.decide(mark, "Não.", accept=False, by=cast.marta, at=LATE)

    assert not [line for line in timeline.read(Case.objects.get(), cast.cliente) if line.event.startswith("mark.")]


def test_an_event_is_contested_once_and_decided_once(cast: Cast, miss: Callable[[int], list[Mark]]) -> None:
    (mark,) = miss(1)

    with pytest.raises(NotAllowed, match="Não há contestação"):
        contests.decide(mark, "Cedo demais.", accept=True, by=cast.marta, at=LATE)
    contests.contest(mark, WHY, by=cast.chefe, at=LATE)
    with pytest.raises(NotAllowed, match="já foi contestado"):
        contests.contest(mark, WHY, by=cast.chefe, at=LATE)
    contests.decide(mark, "Não.", accept=False, by=cast.marta, at=LATE)
    with pytest.raises(NotAllowed, match="Não há contestação"):
        contests.decide(mark, "Sim.", accept=True, by=cast.marta, at=LATE)

    assert Mark.objects.get().state == "kept"


def test_whoever_contested_does_not_decide_although_they_work_for_both(
    cast: Cast, miss: Callable[[int], list[Mark]]
) -> None:
    (mark,) = miss(1)
    contests.contest(mark, WHY, by=cast.chefe, at=LATE)

    with pytest.raises(NotAllowed, match="Quem contestou não decide"):
        contests.decide(mark, "Sim.", accept=True, by=replace(cast.marta, person_id=cast.chefe.person_id), at=LATE)


def test_only_the_sellers_own_administrator_contests(cast: Cast, miss: Callable[[int], list[Mark]]) -> None:
    (mark,) = miss(1)

    for other in (cast.ana, replace(cast.rival, role="admin"), cast.marta, cast.cliente):
        with pytest.raises(NotAllowed):
            contests.contest(mark, WHY, by=other, at=LATE)
        with pytest.raises(NotAllowed):
            contests.decide(mark, WHY, accept=True, by=other, at=LATE)


def test_a_contest_without_a_reason_or_too_long_is_refused(cast: Cast, miss: Callable[[int], list[Mark]]) -> None:
    (mark,) = miss(1)

    for words in ("  ", "a" * (justification.LIMIT + 1)):
        with pytest.raises(Invalid):
            contests.contest(mark, words, by=cast.chefe, at=LATE)


def test_a_contest_that_waits_is_shown_although_its_event_is_old(cast: Cast, miss: Callable[[int], list[Mark]]) -> None:
    (mark,) = miss(1)
    contests.contest(mark, WHY, by=cast.chefe, at=LATE)

    standing = scorecards.read(cast.seller.pk, cast.marta, at=MONDAY + timedelta(days=90))

    assert standing
    assert standing.tallies[0].counted == 0
    assert [event.mark for event in standing.tallies[0].events] == [mark]


def test_a_standing_takes_two_queries_however_many_events(
    cast: Cast, miss: Callable[[int], list[Mark]], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    miss(3)
    scorecards.read(cast.seller.pk, cast.marta, at=LATE)

    with django_assert_num_queries(2):
        scorecards.read(cast.seller.pk, cast.marta, at=LATE)
