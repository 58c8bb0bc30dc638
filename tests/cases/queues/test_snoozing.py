"""A case put aside leaves the team's own list until its moment, or until anything happens; no clock stops for it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.cast import MONDAY, Cast
from tratativa.accounts.actors import Actor
from tratativa.cases.acting import replying
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Snooze
from tratativa.cases.queues import snoozing
from tratativa.cases.reading import inbox
from tratativa.cases.reading.inbox import Filters

LATER = MONDAY + timedelta(hours=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case()


def listed(actor: Actor, *, at: object, aside: str = "") -> list[Case]:
    return inbox.page(actor, Filters(tab="mine", aside=aside), at=at).cases  # type: ignore[arg-type]


def test_it_leaves_the_list_until_its_moment_and_stands_among_those_put_aside(cast: Cast, case: Case) -> None:
    assert listed(cast.ana, at=LATER) == [case]

    snoozing.put_aside(case, LATER + 2 * HOUR, by=cast.ana, at=LATER)

    assert listed(cast.ana, at=LATER) == [] and listed(cast.ana, at=LATER, aside="yes") == [case]
    assert list(inbox.aside(cast.ana, at=LATER)) == [case]
    assert listed(cast.ana, at=LATER + 2 * HOUR) == [case]
    assert not inbox.aside(cast.ana, at=LATER + 2 * HOUR).exists()
    case.refresh_from_db()
    assert case.deadlines.filter(state="running").exists()


def test_whatever_happens_in_it_brings_it_back(cast: Cast, case: Case) -> None:
    snoozing.put_aside(case, LATER + 5 * HOUR, by=cast.ana, at=LATER)

    replying.reply(case, Message("E então?"), by=cast.cliente, at=LATER + HOUR)

    assert listed(cast.ana, at=LATER + 2 * HOUR) == [case]
    snoozing.put_aside(case, LATER + 5 * HOUR, by=cast.ana, at=LATER + 2 * HOUR)
    assert listed(cast.ana, at=LATER + 2 * HOUR) == [] and Snooze.objects.count() == 1


def test_a_team_brings_it_back_by_hand(cast: Cast, case: Case) -> None:
    snoozing.put_aside(case, LATER + HOUR, by=cast.ana, at=LATER)

    snoozing.bring_back(case, by=cast.ana)

    assert listed(cast.ana, at=LATER) == [case]


def test_what_one_team_put_aside_stands_in_no_other_s_way(cast: Cast, case: Case) -> None:
    snoozing.put_aside(case, LATER + HOUR, by=cast.ana, at=LATER)
    Case.objects.filter(pk=case.pk).update(waiting_on="marketplace")

    assert listed(cast.marta, at=LATER) == [case]
    assert not inbox.aside(cast.marta, at=LATER).exists()


def test_nothing_is_put_aside_past_what_is_due_or_into_the_past(cast: Cast, case: Case) -> None:
    due = case.seller_due_at
    assert due

    for until, why in ((due + timedelta(minutes=1), "O prazo vence em"), (LATER, "ainda não passou")):
        with pytest.raises(NotAllowed, match=why):
            snoozing.put_aside(case, until, by=cast.ana, at=LATER)
    with pytest.raises(NotAllowed, match="já venceu"):
        snoozing.put_aside(case, due + 2 * HOUR, by=cast.ana, at=due + HOUR)
    snoozing.put_aside(case, due, by=cast.ana, at=LATER)


def test_where_nothing_is_due_a_year_is_the_longest(cast: Cast, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(seller_due_at=None, due_at=None)
    case.refresh_from_db()

    for years in (2, 7973):
        with pytest.raises(NotAllowed, match="por um ano no máximo"):
            snoozing.put_aside(case, LATER.replace(year=LATER.year + years), by=cast.ana, at=LATER)
    snoozing.put_aside(case, LATER.replace(year=LATER.year + 1), by=cast.ana, at=LATER)


@pytest.mark.parametrize("who", ["marta", "cliente"])
def test_whose_turn_it_is_not_puts_nothing_aside(cast: Cast, case: Case, who: str) -> None:
    with pytest.raises(NotAllowed, match="espera a sua equipe"):
        snoozing.put_aside(case, LATER + HOUR, by=getattr(cast, who), at=LATER)
