"""Paused clocks: what a pause moves, the warning before the end included."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY, Cast, gather, local, opener
from tratativa.cases import sweeping
from tratativa.cases.acting import replying
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Deadline

WEDNESDAY = local("2026-11-25 10:00")


@pytest.fixture
def cast(db: None) -> Cast:
    return gather("compra-agora")


@pytest.fixture
def case(cast: Cast) -> Case:
    return opener(cast)(reason="Pedidos")


def clock(case: Case) -> Deadline:
    return case.deadlines.get(rule="resolucao")


def ask_and_answer(
    cast: Cast, case: Case, *, asked: timedelta = timedelta(), answered: timedelta = timedelta()
) -> None:
    """The marketplace waits for the customer from Monday at ten to Wednesday at ten, each put off by so much."""
    question = Message("Qual é o número da nota?", to="customer", wait_for_answer=True)
    replying.reply(case, question, by=cast.marta, at=MONDAY + timedelta(hours=1) + asked)
    replying.reply(case, Message("É a 1234."), by=cast.cliente, at=WEDNESDAY + answered)


def warnings(case: Case) -> list[object]:
    return list(case.entries.filter(event="deadline.warned", data__rule="resolucao").values_list("at", flat=True))


def test_the_warning_moves_with_the_end_and_comes_when_its_own_time_comes(cast: Cast, case: Case) -> None:
    before = clock(case)
    assert before.warn_at is not None

    ask_and_answer(cast, case)

    after = clock(case)
    assert after.warn_at is not None and after.state == "running"
    assert after.due_at > before.due_at and after.warn_at > before.warn_at
    share = (before.warn_at - before.started_at) / (before.due_at - before.started_at)
    assert (after.warn_at - after.started_at) / (after.due_at - after.started_at) == pytest.approx(share)
    assert after.next_at == after.warn_at
    sweeping.sweep(at=after.warn_at - timedelta(minutes=1))
    assert warnings(case) == []
    sweeping.sweep(at=after.warn_at + timedelta(minutes=1))
    assert warnings(case) == [after.warn_at]


def test_who_was_warned_is_not_warned_again_after_a_pause(cast: Cast, case: Case) -> None:
    first = clock(case)
    assert first.warn_at is not None
    sweeping.sweep(at=first.warn_at + timedelta(minutes=1))
    assert len(warnings(case)) == 1

    ask_and_answer(cast, case, asked=first.warn_at - MONDAY, answered=first.warn_at - MONDAY)

    after = clock(case)
    assert after.next_at == after.due_at
    sweeping.sweep(at=after.due_at - timedelta(minutes=1))
    assert len(warnings(case)) == 1
