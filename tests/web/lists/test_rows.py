"""A row of the list: two lines, what is unread, how much time is gone, and nothing its reader may not read."""

import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, local, opener
from tests.web.conftest import NINE, Enter
from tests.web.pages import flat
from tratativa.cases import door, events, sweeping
from tratativa.cases.acting import replying
from tratativa.cases.core import audience, protocols
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.orders.models import Line


def row(client: Client, case: Case, query: str = "tab=all") -> str:
    """The row of this case, as a list draws it."""
    page = flat(client.get(f"/cases/?{query}").text)
    begin = page.index(f'data-row="{case.protocol}"')
    return page[page.rindex("<li", 0, begin) : page.index("</li>", begin)]


def test_a_row_says_what_who_of_what_and_the_last_words(cast: Cast, enter: Enter) -> None:
    Line.objects.create(order=cast.order, sku="LIQ-1", title="Liquidificador", price_cents=19990)
    case = opener(cast)(at=NINE, words="Cadê\n\no meu liquidificador?")

    drawn = row(enter(cast.ana), case)

    for words in ("Atraso na entrega", "Joana Prado", "Liquidificador", "Joana: Cadê o meu liquidificador?"):
        assert words in drawn


def test_what_came_is_bold_until_one_has_looked(cast: Cast, enter: Enter) -> None:
    case = opener(cast)(at=NINE)
    ana, chefe = enter(cast.ana), enter(cast.chefe)
    assert "listed__row--unread" in row(ana, case)

    ana.get(f"/cases/{protocols.show(case.protocol)}/")
    assert "listed__row--unread" not in row(ana, case)
    assert "listed__row--unread" in row(chefe, case)

    replying.reply(case, Message("Ainda não chegou!"), by=cast.cliente, at=NINE)
    assert "listed__row--unread" in row(ana, case) and "Joana: Ainda não chegou!" in row(ana, case)

    replying.reply(case, Message("Vou ver", to="customer", customer_reads=True), by=cast.ana, at=NINE)
    assert "listed__row--unread" not in row(ana, case) and "Você: Vou ver" in row(ana, case)


def test_put_away_it_stays_read(cast: Cast, enter: Enter) -> None:
    case = opener(cast)(at=NINE)
    ana = enter(cast.ana)
    ana.get(f"/cases/{protocols.show(case.protocol)}/")

    ana.post(f"/open/{case.pk}/close")

    assert "listed__row--unread" not in row(ana, case)


def test_what_others_say_among_themselves_is_neither_shown_nor_bold(cast: Cast, enter: Enter) -> None:
    case = opener(cast)(at=NINE, words="Onde está?")
    ana = enter(cast.ana)
    ana.get(f"/cases/{protocols.show(case.protocol)}/")

    with door.judging(case.pk, by=cast.marta, at=NINE) as change:
        said = events.Posted(to="marketplace", action="nota")
        change.record(said, to=audience.TEAM, words="Este vendedor de novo")

    drawn = row(ana, case)
    assert "Joana: Onde está?" in drawn and "de novo" not in drawn
    assert "listed__row--unread" not in drawn
    assert "Este vendedor de novo" in row(enter(cast.marta), case)


def test_the_bar_is_the_share_of_the_clock_and_red_in_its_last_tenth(
    cast: Cast, enter: Enter, clock: time_machine.Traveller
) -> None:
    case = opener(cast)(at=NINE)
    ana = enter(cast.ana)

    clock.move_to(local("2026-11-23 21:00"))
    half = row(enter(cast.ana), case)
    clock.move_to(local("2026-11-24 07:00"))
    last = row(enter(cast.ana), case)
    sweeping.sweep(at=local("2026-11-24 10:00"))
    clock.move_to(local("2026-11-24 10:00"))
    late = row(enter(cast.ana), case)

    assert 'width="50"' in half and "clock--last" not in half
    assert "clock--last" in last and "clock--last" in late and 'width="100"' in late
    assert ana


def test_by_deadline_the_list_has_sections_with_totals(cast: Cast, enter: Enter, clock: time_machine.Traveller) -> None:
    opener(cast)(at=local("2026-11-20 09:00"), words="Antigo")
    sweeping.sweep(at=local("2026-11-23 09:25"))
    for number in range(2):
        opener(cast)(at=NINE, words=f"Novo {number}")

    page = flat(enter(cast.ana).get("/cases/?tab=mine&sort=due").text)

    heads = re.findall(r'data-section="(\w+)"> ?<h2>([^<]+)</h2> ?<span class="[^"]+"> ?(\d+)', page)
    assert heads == [("late", "Vencidos", "1"), ("tomorrow", "Amanhã", "2")]
    assert "3 de 3" in page


def test_a_tab_that_says_the_status_is_not_repeated_by_its_rows(cast: Cast, enter: Enter) -> None:
    case = opener(cast)(at=NINE)
    client = enter(cast.ana)

    assert "Aguardando parceiro" in row(client, case, "tab=all")
    assert "Aguardando parceiro" not in row(client, case, "tab=mine")


def test_how_close_the_rows_stand_is_remembered(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.ana)

    client.post("/cases/density", {"density": "compact"})
    assert "listed--compact" in client.get("/cases/").text
    client.post("/cases/density", {"density": "tiny"})
    assert "listed--compact" in client.get("/cases/").text


def test_a_list_that_renews_itself_gets_its_rows_alone(cast: Cast, case: Case, enter: Enter) -> None:
    answer = enter(cast.ana).get("/cases/?tab=all", headers={"HX-Request": "true"}).text

    assert f'data-row="{case.protocol}"' in answer and "<html" not in answer and "<ul" not in answer


@pytest.mark.parametrize("query", ["tab=all", "tab=mine&sort=due", "tab=all&q=valor:%3E1", "tab=all&assignee=nobody"])
def test_a_list_costs_the_same_for_one_and_for_many(query: str, cast: Cast, enter: Enter) -> None:
    opener(cast)(at=NINE)
    client = enter(cast.marta)
    client.get(f"/cases/?{query}")
    with CaptureQueriesContext(connection) as one:
        client.get(f"/cases/?{query}")
    for number in range(12):
        opener(cast)(at=NINE, words=f"Pergunta {number}")

    with CaptureQueriesContext(connection) as many:
        client.get(f"/cases/?{query}")

    assert len(many) == len(one)
