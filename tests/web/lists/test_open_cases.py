"""Several cases open at once: a strip across the desk, with what is new in each, for the person and nobody else."""

import re
from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
import time_machine
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, make_order
from tests.web.conftest import NINE, Enter
from tests.web.pages import flat
from tratativa.cases.acting import replying
from tratativa.cases.core import live, protocols
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Draft, OpenCase
from tratativa.cases.reading import open_cases

Opens = Callable[..., Case]
SECONDS = count()


@pytest.fixture
def cases(cast: Cast, open_case: Opens) -> list[Case]:
    """Three cases of the seller's."""
    orders = [make_order(cast.marketplace, cast.seller, cast.buyer, f"20{number}") for number in range(3)]
    return [open_case(order=order) for order in orders]


def address(case: Case) -> str:
    return f"/cases/{protocols.show(case.protocol)}/"


def tabs(page: str) -> list[str]:
    """The keys of the cases on a page's strip, in order."""
    strip = page[page.index("strip__tabs") : page.index("strip__sheet")] if "strip__tabs" in page else ""
    return re.findall(r'data-open-case="([^"]+)"', flat(strip))


def fresh(page: str) -> list[str]:
    strip = page[page.index("strip__tabs") : page.index("strip__sheet")]
    return re.findall(r'strip__tab--news" data-open-case="([^"]+)"', flat(strip))


def look(browser: Client, *paths: str) -> str:
    """The last of these pages, each asked for a second after the one before."""
    for path in paths:
        with time_machine.travel(NINE + timedelta(minutes=30, seconds=next(SECONDS)), tick=False):
            page = browser.get(path).content.decode()
    return page


def test_what_was_opened_stands_on_every_page_in_its_order(cast: Cast, cases: list[Case], enter: Enter) -> None:
    ana = enter(cast.ana)

    page = look(ana, *(address(case) for case in cases), "/orders/")

    assert tabs(page) == [str(case.pk) for case in cases]
    assert 'aria-current="page"' in look(ana, address(cases[1])).split("strip__sheet")[0].split("strip__tabs")[1]


def test_news_of_an_open_case_show_on_its_tab_until_it_is_looked_at(
    cast: Cast, cases: list[Case], enter: Enter
) -> None:
    ana = enter(cast.ana)
    look(ana, address(cases[0]), address(cases[1]))
    replying.reply(cases[0], Message("Oi?"), by=cast.cliente, at=NINE)

    before, after = look(ana, "/cases/"), look(ana, address(cases[0]), "/cases/")

    assert (fresh(before), fresh(after)) == ([str(cases[0].pk)], [])


def test_news_that_the_open_page_showed_by_itself_are_no_news(cast: Cast, cases: list[Case], enter: Enter) -> None:
    ana = enter(cast.ana)
    look(ana, address(cases[0]))
    replying.reply(cases[0], Message("Oi?"), by=cast.cliente, at=NINE)

    page = look(ana, f"{address(cases[0])}timeline", "/cases/")

    assert fresh(page) == []


def test_a_case_put_away_is_gone_and_the_one_beside_it_opens(cast: Cast, cases: list[Case], enter: Enter) -> None:
    ana = enter(cast.ana)
    look(ana, *(address(case) for case in cases))
    Draft.objects.create(case=cases[1], author_id=cast.ana.person, body="Já respondo", saved_at=NINE)

    answer = ana.post(f"/open/{cases[1].pk}/close", {"current": "yes", "next": address(cases[1])})

    assert answer["Location"] == address(cases[2])
    assert tabs(look(ana, "/cases/")) == [str(cases[0].pk), str(cases[2].pk)]
    assert Draft.objects.filter(case=cases[1]).exists()


def test_the_last_one_put_away_leads_back_to_the_list(cast: Cast, case: Case, enter: Enter) -> None:
    ana = enter(cast.ana)
    look(ana, address(case))

    answer = ana.post(f"/open/{case.pk}/close", {"current": "yes"}, follow=True)

    assert answer.request["PATH_INFO"] == "/cases/"
    assert tabs(answer.content.decode()) == []


def test_putting_another_away_leaves_one_where_one_was(cast: Cast, cases: list[Case], enter: Enter) -> None:
    ana = enter(cast.ana)
    look(ana, address(cases[0]), address(cases[1]))

    answer = ana.post(f"/open/{cases[0].pk}/close", {"next": "/orders/"})

    assert answer["Location"] == "/orders/"


def test_past_eight_the_first_one_makes_room(cast: Cast, open_case: Opens, enter: Enter) -> None:
    ana = enter(cast.ana)
    opened = [open_case() for _number in range(10)]

    page = look(ana, *(address(case) for case in opened))

    assert tabs(page) == [str(case.pk) for case in opened[2:]]
    assert OpenCase.objects.filter(away=False).count() == open_cases.LIMIT


def test_the_strip_is_ones_own(cast: Cast, case: Case, enter: Enter) -> None:
    look(enter(cast.ana), address(case))

    assert tabs(look(enter(cast.marta), "/cases/")) == []
    assert tabs(look(enter(cast.chefe), "/cases/")) == []


def test_what_one_may_no_longer_see_leaves_the_strip(cast: Cast, case: Case, enter: Enter) -> None:
    rival = enter(cast.rival)
    OpenCase.objects.create(person_id=cast.rival.person, case=case, opened_at=NINE)
    session = rival.session
    session["open_cases"] = True
    session.save()

    assert tabs(look(rival, "/cases/")) == []


def test_the_page_of_one_case_hears_of_the_others(cast: Cast, cases: list[Case], enter: Enter) -> None:
    page = look(enter(cast.ana), address(cases[0]), address(cases[1]))

    token = re.search(r'data-live="([^"]+)"', page)
    assert token
    assert set(signing.loads(token[1], salt=live.SALT)["topics"]) == {
        live.notices_topic(cast.ana.person),
        *(live.case_topic(case.pk, cast.ana.party) for case in cases[:2]),
    }


def test_the_strip_costs_nothing_before_anything_is_opened_and_one_query_after(
    cast: Cast, cases: list[Case], enter: Enter
) -> None:
    ana = enter(cast.ana)
    look(ana, "/cases/")
    with CaptureQueriesContext(connection) as before:
        look(ana, "/cases/")
    look(ana, *(address(case) for case in cases))

    with CaptureQueriesContext(connection) as after:
        look(ana, "/cases/")

    assert (len(before), len(after)) == (11, 12)
