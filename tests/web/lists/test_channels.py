"""«Todos os canais»: somebody who works for sellers of two marketplaces reads both in one list."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, gather, local, opener
from tests.web.conftest import NINE, Enter
from tests.web.pages import flat
from tratativa.accounts.models import Customer, Membership, Person, Role
from tratativa.cases.core import protocols
from tratativa.cases.models import Case


@pytest.fixture
def second(cast: Cast) -> Cast:
    """Another marketplace; Ana works for its seller too."""
    for person in Person.objects.all():
        person.email = f"a-{person.email}"
        person.save()
    other = gather("casas-bahia")
    Membership.objects.create(
        person_id=cast.ana.person, marketplace=other.marketplace, seller=other.seller, role=Role.AGENT
    )
    Customer.objects.filter(pk=other.buyer.pk).update(name="Beto Bahia")
    return other


def shown(client: Client, query: str = "tab=mine") -> list[str]:
    """The protocols of the list, in its order."""
    return re.findall(r'data-row="(\d+)"', client.get(f"/cases/channels/?{query}").text)


def test_both_stand_in_one_list_by_what_is_due_and_each_wears_its_mark(cast: Cast, second: Cast, enter: Enter) -> None:
    later = opener(cast)(at=local("2026-11-23 09:20"))
    sooner = opener(second)(at=local("2026-11-23 08:00"))
    client = enter(cast.ana)

    page = flat(client.get("/cases/channels/").text)

    assert set(shown(client)) == {later.protocol, sooner.protocol}
    assert "Beto Bahia" in page and "Joana Prado" in page
    assert page.count('class="listed__channel"') == 2 and 'data-accent="' in page
    assert "Todos os canais" in client.get("/cases/").text


def test_a_row_opens_its_case_acting_for_its_own_seller(cast: Cast, second: Cast, enter: Enter) -> None:
    opener(cast)(at=NINE)
    other = opener(second)(at=NINE)
    client = enter(cast.ana)
    page = flat(client.get("/cases/channels/").text)
    begin = page.index(f'data-row="{other.protocol}"')
    act, lead = re.findall(r'action="([^"]+)"|name="next" value="([^"]+)"', page[begin:])[:2]

    answer = client.post(act[0], {"next": lead[1]}, follow=True)

    assert answer.redirect_chain[-1][0] == f"/cases/{protocols.show(other.protocol)}/"
    assert "Beto Bahia" in answer.text


def test_pages_follow_one_another_across_marketplaces(cast: Cast, second: Cast, enter: Enter) -> None:
    def several(open_case: Callable[..., Case], count: int, minute: int) -> list[str]:
        return [open_case(at=local(f"2026-11-23 08:{minute + one:02d}")).protocol for one in range(count)]

    everything = several(opener(cast), 28, 0) + several(opener(second), 27, 15)
    client = enter(cast.ana)
    first = client.get("/cases/channels/?tab=all&sort=activity").text
    following = re.search(r'href="([^"]+)" rel="next"', flat(first))
    assert following
    query = following.group(1).replace("&amp;", "&").split("?")[1]

    pages = shown(client, "tab=all&sort=activity") + shown(client, query)
    back = re.search(r'href="([^"]+)" rel="prev"', flat(client.get(f"/cases/channels/?{query}").text))

    assert sorted(pages) == sorted(everything) and len(pages) == 55
    assert back and shown(client, back.group(1).replace("&amp;", "&").split("?")[1]) == pages[:50]


def test_what_is_looked_for_is_found_in_every_marketplace_and_in_any_tab(
    cast: Cast, second: Cast, enter: Enter
) -> None:
    opener(cast)(at=NINE, words="Chegou com a tampa rachada")
    other = opener(second)(at=NINE, words="A tampa não fecha")
    client = enter(cast.ana)

    page = flat(client.get("/cases/channels/?tab=all&q=tampa").text)

    assert len(shown(client, "tab=all&q=tampa")) == 2
    assert shown(client, "tab=all&q=beto") == [other.protocol]
    assert "2 de 2" in page
    assert 'value="tampa"' in page
    assert "Nada em nenhum canal com esta busca" in client.get("/cases/channels/?tab=all&q=geladeira").text
    assert 'role="alert"' in client.get("/cases/channels/?tab=all&q=prazo:ontem").text


def test_the_list_and_its_sections_say_how_many_there_are_in_all(cast: Cast, second: Cast, enter: Enter) -> None:
    for minute in range(30):
        opener(cast)(at=local(f"2026-11-23 08:{minute:02d}"))
        opener(second)(at=local(f"2026-11-23 08:{minute:02d}"))

    page = flat(enter(cast.ana).get("/cases/channels/?tab=mine").text)

    assert "50 de 60" in page
    assert sum(int(one) for one in re.findall(r'</h2>\s*<span class="tab__count[^"]*">(\d+)', page)) == 60


def test_it_costs_the_same_for_few_and_for_many(cast: Cast, second: Cast, enter: Enter) -> None:
    opener(cast)(at=NINE)
    opener(second)(at=NINE)
    client = enter(cast.ana)
    client.get("/cases/channels/")
    with CaptureQueriesContext(connection) as few:
        client.get("/cases/channels/")
    for number in range(9):
        opener(second)(at=NINE, words=f"Pergunta {number}")

    with CaptureQueriesContext(connection) as many:
        client.get("/cases/channels/")

    assert len(many) == len(few)


def test_one_who_works_for_one_seller_has_no_such_list(cast: Cast, case: Case, enter: Enter) -> None:
    assert enter(cast.ana).get("/cases/channels/").status_code == 404
    assert "Todos os canais" not in enter(cast.ana).get("/cases/").text
