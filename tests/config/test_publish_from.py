"""From when rules are published: a day that comes, and no slip that nobody could take back."""

from zoneinfo import ZoneInfo

import pytest

from tests.cast import MONDAY, local
from tratativa.accounts.people.refusals import Refused
from tratativa.founding import beginning_dates

HERE = ZoneInfo("America/Sao_Paulo")


def test_a_date_is_the_beginning_of_the_day_where_the_rules_count() -> None:
    assert beginning_dates.read("2026-12-01", HERE, at=MONDAY) == local("2026-12-01 00:00")


@pytest.mark.parametrize("raw", ["2020-01-01", "2101-01-01", "9999-12-31T23:59:00-14:00", "0001-01-01T00:00:00+14:00"])
def test_a_day_that_is_past_or_too_far_off_is_refused(raw: str) -> None:
    with pytest.raises(Refused):
        beginning_dates.read(raw, HERE, at=MONDAY)
