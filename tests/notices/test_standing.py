"""A seller near a limit: who administers it is told before a consequence may be proposed, once at each step."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.cast import MONDAY, Cast
from tests.notices.telling import run, told
from tratativa.cases import sweeping
from tratativa.cases.models import Case
from tratativa.notices import choosing, wording
from tratativa.notices.models import Notice

Open = Callable[..., Case]


def missed(open_case: Open, times: int, *, at: datetime = MONDAY) -> datetime:
    """So many answers the seller owed and did not give; when they were counted."""
    for number in range(times):
        open_case(words=f"Cadê? {number}", at=at + timedelta(minutes=number))
    counted = at + timedelta(days=1, hours=4)
    sweeping.sweep(at=counted)
    return counted


def alarms() -> list[Notice]:
    return list(Notice.objects.filter(kind="standing").select_related("case", "entry"))


@pytest.mark.parametrize(("times", "expected"), [(3, 0), (4, 1), (5, 2), (7, 2)])
def test_the_last_one_before_the_limit_and_a_fifth_before_it_are_told(
    cast: Cast, open_case: Open, times: int, expected: int
) -> None:
    at = missed(open_case, times)

    run(at, times=2)

    assert [one.person_id for one in alarms()] == [cast.chefe.person_id] * expected
    assert ("standing", 1) not in told(cast.ana) and ("standing", 1) not in told(cast.marta)


def test_it_says_which_count_and_leads_to_the_standing(cast: Cast, open_case: Open) -> None:
    run(missed(open_case, 4))

    (alarm,) = alarms()
    assert wording.tell(alarm).happening == "Perto do limite: Respostas perdidas"
    assert wording.address(alarm) == "/standing/"


def test_what_has_left_the_window_brings_nobody_near(cast: Cast, open_case: Open) -> None:
    missed(open_case, 3)

    run(missed(open_case, 3, at=MONDAY + timedelta(days=63)))

    assert alarms() == []


def test_who_does_not_administer_is_offered_no_such_notice(cast: Cast) -> None:
    assert "standing" in choosing.kinds(cast.chefe)
    assert "standing" not in choosing.kinds(cast.ana)
    assert "standing" not in choosing.kinds(cast.marta)
