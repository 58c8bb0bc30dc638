"""Calendário: opening hours, twelve months with their holidays, and when each deadline would end."""

import re

import pytest

from tests.cast import Cast
from tests.web.conftest import Enter
from tests.web.pages import flat
from tests.web.settings.test_people import admin

ROOM = "/settings/calendar/"


def test_hours_holidays_and_what_each_deadline_would_be_from_now(cast: Cast, enter: Enter) -> None:
    page = flat(enter(admin(cast)).get(ROOM).text)

    assert "seg–sex 08:00–18:00" in page
    assert page.count("<caption>") == 12
    assert page.lower().index("<caption>novembro 2026") < page.lower().index("<caption>outubro 2027")
    assert re.search(r'aria-current="date"\s*>23</td>', page)
    assert "Natal" in page
    assert "Responder ao cliente" in page


def test_a_deadline_is_counted_from_the_moment_asked_for(cast: Cast, enter: Enter) -> None:
    page = enter(admin(cast)).get(ROOM, {"from": "2026-12-24T16:00"}).text

    assert "termina seg 28/12/2026 18:00; não conta feriado: sex 25/12 (Natal)." in page
    assert 'value="2026-12-24T16:00"' in page


@pytest.mark.parametrize("raw", ["amanhã", "0001-01-01T00:00", "9999-12-31T23:59", "2026-12-24T16:00+03:00"])
def test_a_moment_that_cannot_be_is_said_by_its_field(raw: str, cast: Cast, enter: Enter) -> None:
    answer = enter(admin(cast)).get(ROOM, {"from": raw})

    assert answer.status_code == 422
    assert "Escreva um dia e uma hora" in answer.text
