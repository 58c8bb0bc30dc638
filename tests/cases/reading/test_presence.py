"""Presence: who hears that somebody is writing, and that nothing of it stays."""

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.core.cache import caches
from django.db import connection

from tests.cast import MONDAY, Cast, gather, opener
from tratativa.cases.acting import opening
from tratativa.cases.acting.opening import Opening
from tratativa.cases.core import audience, live
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Entry
from tratativa.cases.reading import presence


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    caches["process"].clear()
    return gather("madeiramadeira")


@pytest.fixture
def chat(cast: Cast) -> Case:
    return opening.open_case(
        Opening(cast.order, reason="", message=Message("Oi!"), kind="Mensageria"), by=cast.cliente, at=MONDAY
    )


@pytest.fixture
def ear(chat: Case) -> Iterator["psycopg.Connection[Any]"]:
    """Somebody who listens on a connection of their own, as the stream does."""
    database = connection.settings_dict
    given = {"host": database["HOST"], "dbname": database["NAME"], "user": database["USER"]}
    with psycopg.connect(**{name: value for name, value in given.items() if value}, autocommit=True) as listening:
        listening.execute(f"listen {live.CHANNEL}")
        yield listening


def heard(ear: "psycopg.Connection[Any]") -> list[dict[str, Any]]:
    return [json.loads(notice.payload) for notice in ear.notifies(timeout=0.3)]


def test_the_customer_learns_that_the_seller_writes_and_the_team_learns_who(
    cast: Cast, chat: Case, ear: "psycopg.Connection[Any]"
) -> None:
    presence.writing(chat, by=cast.ana, readers=audience.EVERYONE)

    own, others = heard(ear)
    assert own["topics"] == [f"case:{chat.pk}:seller"] and own["who"] == str(cast.ana.person_id)
    assert others["topics"] == [f"case:{chat.pk}:customer", f"case:{chat.pk}:marketplace"]
    assert (others["does"], others["party"], others["who"]) == ("writing", "seller", "")
    assert "Ana" not in json.dumps([own, others])


def test_what_the_customer_will_not_read_they_do_not_see_being_written(
    cast: Cast, chat: Case, ear: "psycopg.Connection[Any]"
) -> None:
    presence.writing(chat, by=cast.ana, readers=audience.TEAM_AND_SELLER)

    assert not any(topic.endswith(":customer") for news in heard(ear) for topic in news["topics"])


def test_a_protocol_is_no_conversation_and_only_ones_own_team_hears(cast: Cast, ear: "psycopg.Connection[Any]") -> None:
    case = opener(cast)()
    heard(ear)

    presence.writing(case, by=cast.ana, readers=audience.EVERYONE)
    presence.viewing(case, by=cast.marta)

    assert [news["topics"] for news in heard(ear)] == [[f"case:{case.pk}:seller"], [f"case:{case.pk}:marketplace"]]


def test_however_fast_one_types_it_is_told_once_in_its_time(
    cast: Cast, chat: Case, ear: "psycopg.Connection[Any]"
) -> None:
    for _key in range(50):
        presence.writing(chat, by=cast.cliente, readers=audience.EVERYONE)

    assert len(heard(ear)) == 2


def test_nothing_of_it_is_stored(cast: Cast, chat: Case) -> None:
    before = (Entry.objects.count(), Case.objects.get(pk=chat.pk).row_version)

    presence.writing(chat, by=cast.ana, readers=audience.EVERYONE)
    presence.viewing(chat, by=cast.ana)

    assert (Entry.objects.count(), Case.objects.get(pk=chat.pk).row_version) == before
