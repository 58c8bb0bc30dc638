"""Procurar: the page, the palette's first hits, and what a telephone system opens."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, opener
from tests.web.conftest import NINE, Enter
from tratativa.accounts.models import Customer
from tratativa.cases import door
from tratativa.cases.core import protocols
from tratativa.cases.models import Case
from tratativa.cases.orders import returns


@pytest.fixture
def named(cast: Cast) -> Case:
    Customer.objects.filter(pk=cast.buyer.pk).update(name="Joana Prado", phone="+5511987654321")
    return opener(cast)(at=NINE)


def test_one_box_finds_the_person_the_case_and_the_order(cast: Cast, named: Case, enter: Enter) -> None:
    page = enter(cast.marta).get("/find/?q=joan").text

    assert "Joana Prado" in page and protocols.show(named.protocol) in page
    assert f"/cases/?tab=all&amp;sort=activity&amp;customer={cast.buyer.pk}" in page
    assert "/orders/1001" in enter(cast.marta).get("/find/?q=1001").text


def test_a_person_leads_to_all_their_cases_in_any_tab(cast: Cast, named: Case, enter: Enter) -> None:
    address = f"/cases/?tab=all&customer={cast.buyer.pk}"

    assert protocols.show(named.protocol) in enter(cast.marta).get(address).text
    assert "<strong>Joana Prado</strong>" in enter(cast.marta).get(address).text
    stranger = enter(cast.rival).get(address).text
    assert "Joana Prado" not in stranger and protocols.show(named.protocol) not in stranger


def test_the_palette_gets_the_first_of_each_and_nothing_around_them(cast: Cast, named: Case, enter: Enter) -> None:
    first = enter(cast.marta).get("/find/?q=joana", headers={"HX-Request": "true"}).text

    assert "<html" not in first
    assert re.findall(r'data-url="(/cases/[\d-]+/)"', first) == [f"/cases/{protocols.show(named.protocol)}/"]


def test_nothing_asked_and_nothing_found_say_what_to_do(cast: Cast, enter: Enter) -> None:
    page = enter(cast.marta)

    assert "O que você tem em mãos?" in page.get("/find/?q=de").text
    assert "Nada encontrado por «&lt;b&gt;zzz»" in page.get("/find/?q=<b>zzz").text


def test_the_telephone_opens_its_customer(cast: Cast, named: Case, enter: Enter) -> None:
    page = enter(cast.marta)

    for number in ("+55 11 98765-4321", "5511987654321", "(11) 98765.4321", "sip:11987654321@pbx"):
        answer = page.get("/open", {"phone": number})
        assert answer.headers["Location"] == f"/cases/?tab=all&sort=activity&customer={cast.buyer.pk}"


def test_a_number_that_several_have_shows_them_all_and_one_nobody_has_says_so(
    cast: Cast, named: Case, enter: Enter
) -> None:
    Customer.objects.create(marketplace=cast.marketplace, name="Pedro Prado", phone="011987654321")
    page = enter(cast.marta)

    several = page.get("/open?phone=11987654321", follow=True).text
    nobody = page.get("/open?phone=11900000000", follow=True).text

    assert "Pedro Prado" in several and "Joana Prado" in several
    assert "Nada encontrado" in nobody


def test_the_page_asks_the_same_however_much_is_found(cast: Cast, named: Case, enter: Enter) -> None:
    client = enter(cast.marta)
    client.get("/find/?q=joana")
    with CaptureQueriesContext(connection) as one:
        client.get("/find/?q=joana")
    for _case in range(6):
        opener(cast)(at=NINE)
    with CaptureQueriesContext(connection) as seven:
        client.get("/find/?q=joana")

    assert len(seven) == len(one)


@pytest.fixture
def long_ago(cast: Cast) -> Case:
    """A case whose words are older than what the team's search reads by itself."""
    return opener(cast)(at=NINE - timedelta(days=300), words="A jabuticabeira chegou seca.")


def test_all_of_the_past_is_looked_through_by_one_link_and_by_no_other_page(
    cast: Cast, long_ago: Case, enter: Enter
) -> None:
    client = enter(cast.marta)

    bounded = client.get("/find/?q=jabuticabeira").text
    link = re.search(r'href="(/find/\?[^"]*history=all[^"]*)"', bounded)
    assert link
    whole = client.get(unescape(link.group(1))).text

    shown = protocols.show(long_ago.protocol)
    assert shown not in bounded
    assert "Palavras são procuradas nas mensagens dos últimos quatro meses." in bounded
    assert shown in whole
    assert "Procurar em toda a história" not in whole


def test_the_list_looks_as_far_as_its_address_says(cast: Cast, long_ago: Case, enter: Enter) -> None:
    client, shown = enter(cast.marta), protocols.show(long_ago.protocol)

    assert shown not in client.get("/cases/?tab=all&q=jabuticabeira").text
    assert shown in client.get("/cases/?tab=all&q=jabuticabeira&history=all").text


def test_a_seller_is_offered_no_more_than_it_reads_already(cast: Cast, long_ago: Case, enter: Enter) -> None:
    page = enter(cast.ana).get("/find/?q=jabuticabeira").text

    assert protocols.show(long_ago.protocol) in page
    assert "Procurar em toda a história" not in page


def test_a_posting_code_is_found_on_the_page_and_in_the_palette(cast: Cast, named: Case, enter: Enter) -> None:
    assert named.order is not None
    with door.judging(named.pk, by=cast.ana, at=NINE) as change:
        returns.give_code(change, named.order, "LX987654321BR", NINE + timedelta(days=5))
    client = enter(cast.ana)

    page = client.get("/find/?q=lx 987 654 321 br").text
    first = client.get("/find/?q=LX987654321BR", headers={"HX-Request": "true"}).text
    stranger = enter(cast.rival).get("/find/?q=LX987654321BR").text

    for told in (page, first):
        assert protocols.show(named.protocol) in told
    assert protocols.show(named.protocol) not in stranger
