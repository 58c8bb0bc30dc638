"""Avisos: the bell's number, the page behind it, and how a notice becomes read."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, answerer, ask
from tests.notices.telling import run
from tests.tampering import owning, switched_off
from tests.web.conftest import NINE, Enter
from tratativa.accounts import reach
from tratativa.cases.acting import replying
from tratativa.cases.core import protocols
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.notices import reading
from tratativa.notices.models import Notice

Open = Callable[..., Case]
MANY = 20_000


def shown(case: Case) -> str:
    return protocols.show(case.protocol)


def body(browser: Client, path: str = "/notices/") -> str:
    return browser.get(path).content.decode()


@pytest.fixture
def told(case: Case) -> Case:
    """Of this case the seller's people were told that it is new."""
    run(NINE)
    return case


def test_every_page_says_how_many_are_unread_in_its_title_and_at_the_bell(cast: Cast, told: Case, enter: Enter) -> None:
    page = body(enter(cast.ana), "/orders/")

    assert re.search(r"<title>\s*\(1\) ", page) and 'data-bell="1"' in page


def test_nobody_who_was_told_nothing_sees_a_number(cast: Cast, told: Case, enter: Enter) -> None:
    page = body(enter(cast.marta))

    assert re.search(r"<title>\s*Avisos", page) and 'data-bell=""' in page and "Nenhum aviso ainda" in page


def test_opening_a_notice_leads_to_the_case_at_the_place_and_reads_it(cast: Cast, told: Case, enter: Enter) -> None:
    replying.reply(told, Message("E agora?", to="seller"), by=cast.cliente, at=NINE + timedelta(minutes=20))
    run(NINE + timedelta(minutes=20))
    browser = enter(cast.ana)
    notice = Notice.objects.get(person=cast.ana.person_id, kind="message")

    answer = browser.get(f"/notices/{notice.pk}/")

    assert answer["Location"] == f"/cases/{shown(told)}/#entry-{notice.last}"
    assert f'id="entry-{notice.last}"' in body(browser, answer["Location"])
    notice.refresh_from_db()
    assert notice.read_at


def test_opening_the_case_reads_all_that_was_told_of_it_for_oneself_alone(cast: Cast, told: Case, enter: Enter) -> None:
    enter(cast.ana).get(f"/cases/{shown(told)}/")

    assert 'data-bell=""' in body(enter(cast.ana))
    assert 'data-bell="1"' in body(enter(cast.chefe))


def test_all_are_marked_read_but_what_came_after_the_page_was_drawn(
    cast: Cast, told: Case, open_case: Open, enter: Enter
) -> None:
    browser = enter(cast.ana)
    open_case(at=NINE + timedelta(minutes=10))
    run(NINE + timedelta(minutes=10))

    browser.post("/notices/read", {"until": (NINE + timedelta(minutes=5)).isoformat()})
    first = body(browser)
    browser.post("/notices/read")

    assert 'data-bell="1"' in first
    assert 'data-bell=""' in body(browser)


def test_the_unread_are_marked_and_stand_in_a_list_of_their_own(
    cast: Cast, told: Case, open_case: Open, enter: Enter
) -> None:
    other = open_case(at=NINE + timedelta(minutes=10))
    run(NINE + timedelta(minutes=10))
    browser = enter(cast.ana)
    browser.get(f"/cases/{shown(told)}/")

    everything, unread = body(browser), body(browser, "/notices/?show=unread")

    assert shown(told) in everything and everything.count("told__one--unread") == 1
    assert shown(told) not in unread.partition('id="notices"')[2] and shown(other) in unread


def test_a_notice_of_somebody_elses_is_nobodys_else(cast: Cast, told: Case, enter: Enter) -> None:
    notice = Notice.objects.get(person=cast.ana.person_id)

    assert enter(cast.chefe).get(f"/notices/{notice.pk}/").status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_whoever_left_the_team_finds_nothing_of_it(cast: Cast, told: Case, enter: Enter) -> None:
    with switched_off():
        Case.objects.filter(pk=told.pk).update(seller=cast.rival.seller_id)

    assert shown(told) not in body(enter(cast.ana)).partition('id="notices"')[2]
    assert 'data-bell=""' in body(enter(cast.ana))


def test_a_partner_has_a_bell_of_its_own(cast: Cast, told: Case, enter: Enter) -> None:
    sonia = answerer(cast.marketplace, "ka", "Sônia Sócia")
    child = ask(told, "ka", cast.marta)
    run(NINE)
    browser = enter(sonia)

    listed = body(browser)
    browser.get(f"/partner/cases/{shown(child)}/")

    assert shown(child) in listed and 'data-bell="1"' in listed
    assert 'data-bell=""' in body(browser)


def test_a_partner_by_a_letters_link_and_a_customer_have_none(cast: Cast, told: Case, enter: Enter) -> None:
    assert "data-bell" not in body(enter(cast.cliente), "/my/")


def test_fifty_notices_cost_as_many_queries_as_one(cast: Cast, told: Case, open_case: Open, enter: Enter) -> None:
    browser = enter(cast.ana)
    body(browser)
    with CaptureQueriesContext(connection) as one:
        body(browser)
    for minutes in range(30):
        open_case(at=NINE + timedelta(minutes=minutes % 20))
    run(NINE + timedelta(minutes=25))

    with CaptureQueriesContext(connection) as many:
        page = body(browser)

    assert page.count('class="told__one ') == 31
    assert len(many) == len(one) <= 5  # the session, the person, the notices, how many are unread, who acted


def test_among_many_notices_ones_own_are_looked_up(cast: Cast, told: Case) -> None:
    names = [one.column for one in Notice._meta.concrete_fields]
    own = {
        "id": "gen_random_uuid()", "first": "n + 100", "last": "n + 100", "at": "at - n * interval '1 minute'",
        "person_id": f"case when n %% 100 = 0 then person_id else '{cast.chefe.person_id}'::uuid end",
        "read_at": "case when n %% 1000 = 0 then null else at end",
    }  # fmt: skip
    picked = ", ".join(own.get(name, f'"{name}"') for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    source = Notice.objects.get(person=cast.ana.person_id)
    with owning(), connection.cursor() as cursor:
        cursor.execute(
            # Our own columns and expressions.
            f"insert into notices_notice ({listed}) select {picked} from notices_notice, generate_series(1, {MANY}) n"  # noqa: S608
            " where id = %s", [source.pk],
        )  # fmt: skip
        cursor.execute("analyze notices_notice")

    with reach.within(*cast.ana.owners):
        page = reading.of(cast.ana).order_by(*reading.ORDER)[:51].explain()
        unread = reading.of(cast.ana).filter(read_at=None)[:100].explain()

    assert "Seq Scan on notices_notice" not in page and "notice_newest" in page
    assert "Seq Scan on notices_notice" not in unread
