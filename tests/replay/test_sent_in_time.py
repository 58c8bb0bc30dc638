"""A message that waited its ten seconds is replayed as it counted: from when its author sent it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.replay.conftest import MONDAY
from tests.replay.test_same_rules import differences, judged_again, read
from tratativa.cases import sweeping
from tratativa.cases.acting import pressing
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Deadline, Pressed


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case(at=MONDAY)


def the_duty(case: Case) -> Deadline:
    return case.deadlines.filter(party="seller", state="running").order_by("due_at")[0]


def sent(case: Case, cast: Cast, *, late: timedelta) -> Deadline:
    """Sent so long after the due moment, swept meanwhile, and said."""
    duty = the_duty(case)
    message = Message("Chega amanhã.", to="customer", customer_reads=True)
    pressed = pressing.press(case, message, by=cast.ana, at=duty.due_at + late)
    assert isinstance(pressed, Pressed)
    sweeping.sweep(at=pressed.pressed_at + timedelta(seconds=5))
    pressing.say_due(pressed.pk, at=pressed.leaves_at)
    duty.refresh_from_db()
    return duty


@pytest.mark.parametrize(("late", "state"), [(timedelta(0), "met"), (timedelta(microseconds=1), "missed")])
def test_the_replay_judges_it_as_it_was_judged(cast: Cast, case: Case, late: timedelta, state: str) -> None:
    duty = sent(case, cast, late=late)
    (history,) = read([case.pk])

    again = judged_again(history)

    assert duty.state == state
    assert [one.state for one in again.clocks if one.rule == duty.rule][:1] == [state]
    assert differences(history) == []
