"""Customs: dates and numbers in figures, as the people of a rulebook's locale write them."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from tratativa.rulebook.terms import customs


@pytest.mark.parametrize(
    ("locale", "day", "minute", "hours"),
    [
        ("pt_BR", "04/03/2026", "04/03/2026 17:05", "1234,5"),
        ("en_US", "3/4/2026", "3/4/2026 17:05", "1234.5"),
        ("en_GB", "04/03/2026", "04/03/2026 17:05", "1234.5"),
        ("fr_CA", "2026-03-04", "2026-03-04 17:05", "1234,5"),
        ("", "2026-03-04", "2026-03-04 17:05", "1234.5"),
    ],
)
def test_a_day_an_hour_and_a_number_are_written_as_people_there_do(
    locale: str, day: str, minute: str, hours: str
) -> None:
    assert customs.day(date(2026, 3, 4), locale) == day
    assert customs.minute(datetime(2026, 3, 4, 17, 5), locale) == minute  # noqa: DTZ001 - figures, not a moment
    assert customs.tenths(Decimal("1234.54"), locale) == hours
