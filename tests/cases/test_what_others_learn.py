"""What others learn of a case beyond its words: whose name stands beside them, and who hears that something changed."""

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.core.cache import caches
from django.db import connection

from tests.cast import MONDAY, Cast, gather, opener, sign_in
from tratativa.accounts.actors import Actor
from tratativa.cases import door, events
from tratativa.cases.acting import replying
from tratativa.cases.core import audience, live, protocols
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.cases.reading import timeline


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    caches["process"].clear()
    return gather()


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case in which the seller's and the marketplace's people wrote to the customer."""
    case = opener(cast)()
    for by in (cast.ana, cast.marta):
        replying.reply(case, Message("Já respondo.", to="customer", customer_reads=True), by=by, at=MONDAY)
    return case


def names(case: Case, actor: Actor) -> set[str]:
    return {line.who for line in timeline.read(case, actor)}


def test_the_customer_reads_organisations_and_no_names_of_their_staff(cast: Cast, case: Case) -> None:
    shown = names(case, cast.cliente)
    page = sign_in(cast.cliente).get(f"/my/cases/{protocols.show(case.protocol)}/").text

    assert shown >= {"Casa Aurora", "Americanas"}
    for name in ("Ana Lima", "Marta Mesa"):
        assert not any(name in who for who in shown)
        assert name not in page


def test_a_seller_reads_their_own_people_s_names_and_not_the_marketplace_s(cast: Cast, case: Case) -> None:
    assert "Ana Lima · Casa Aurora" in names(case, cast.ana)
    assert not any("Marta" in who for who in names(case, cast.ana))
    assert "Ana Lima · Casa Aurora" in names(case, cast.marta)


@pytest.fixture
def ear(case: Case) -> Iterator["psycopg.Connection[Any]"]:
    """Somebody who listens on a connection of their own, as the stream does."""
    database = connection.settings_dict
    given = {"host": database["HOST"], "dbname": database["NAME"], "user": database["USER"]}
    with psycopg.connect(**{name: value for name, value in given.items() if value}, autocommit=True) as listening:
        listening.execute(f"listen {live.CHANNEL}")
        yield listening


def topics(ear: "psycopg.Connection[Any]") -> set[str]:
    return {topic for notice in ear.notifies(timeout=0.3) for topic in json.loads(notice.payload)["topics"]}


def test_a_note_of_the_team_is_news_to_the_team_alone(cast: Cast, case: Case, ear: "psycopg.Connection[Any]") -> None:
    with door.judging(case.pk, by=cast.marta, at=MONDAY) as change:
        change.record(events.Noted(), to=audience.TEAM, words="Parece fraude.")

    heard = topics(ear)
    assert f"case:{case.pk}:marketplace" in heard
    assert not [topic for topic in heard if topic.endswith((":customer", ":seller", ":partner"))]
    assert not heard & {live.inbox_topic(cast.ana), live.inbox_topic(cast.cliente)}


def test_what_seller_and_marketplace_say_to_each_other_is_no_news_to_the_customer(
    cast: Cast, case: Case, ear: "psycopg.Connection[Any]"
) -> None:
    replying.reply(case, Message("Preciso de ajuda.", to="marketplace"), by=cast.ana, at=MONDAY)

    heard = topics(ear)
    assert {f"case:{case.pk}:marketplace", f"case:{case.pk}:seller"} <= heard
    assert not [topic for topic in heard if "customer" in topic]


def test_what_the_customer_reads_is_news_to_them_and_to_no_neighbour(
    cast: Cast, case: Case, ear: "psycopg.Connection[Any]"
) -> None:
    replying.reply(case, Message("Sai amanhã.", to="customer", customer_reads=True), by=cast.ana, at=MONDAY)

    heard = topics(ear)
    assert {f"case:{case.pk}:customer", live.inbox_topic(cast.cliente)} <= heard
    assert not heard & {live.inbox_topic(cast.vizinho), live.inbox_topic(cast.rival)}
