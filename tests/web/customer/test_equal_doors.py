"""The door and the reset do the same whether somebody is known or not: by the statements they make, in order."""

import re
from collections.abc import Callable, Sequence

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast, local
from tratativa.cases.models import Case
from tratativa.mail.outgoing import sending

DOOR, CODE = "/my/americanas/", "/my/americanas/code"
KNOWN, UNKNOWN = "529.982.247-25", "111.444.777-35"


def statements(work: Callable[[], object]) -> Sequence[str]:
    """What the database was asked, its values and the columns' names aside: what is written, and to how many tables."""
    with CaptureQueriesContext(
        connection,
    ) as seen:
        work()
    asked = [one["sql"].split("--")[0] for one in seen.captured_queries]
    return [re.sub(r"'[^']*'|\d+", "?", sql.split("WHERE")[0])[:60] for sql in asked]


def kinds(work: Callable[[], object]) -> list[str]:
    """`select`, or `write`: an update of a try and an insertion of one cost the same."""
    return [
        "write" if one.split()[0].upper() in {"INSERT", "UPDATE"} else one.split()[0].lower()
        for one in statements(work)
    ]


@pytest.mark.parametrize("number", ["1001", "9999"])
def test_the_door_asks_the_same_of_the_database_for_a_buyer_and_a_stranger(cast: Cast, number: str) -> None:
    def knock(document: str) -> Sequence[str]:
        return statements(lambda: Client().post(DOOR, {"number": number, "document": document}))

    knock(KNOWN)  # what is asked once in a process

    assert knock(KNOWN) == knock(UNKNOWN)


def test_the_door_asks_the_same_by_a_protocol(cast: Cast, case: Case) -> None:
    def knock(document: str) -> Sequence[str]:
        return statements(lambda: Client().post(DOOR, {"number": case.protocol, "document": document}))

    knock(KNOWN)

    assert knock(KNOWN) == knock(UNKNOWN)


def test_a_wrong_code_costs_as_many_writes_whether_there_is_a_right_one(cast: Cast) -> None:
    def guess(document: str) -> list[str]:
        client = Client()
        client.post(DOOR, {"number": "1001", "document": document})
        if document == KNOWN:
            sending.send_code(str(cast.buyer.pk), at=local("2026-11-23 09:30"))
        return kinds(lambda: client.post(CODE, {"code": "000000"}))

    guess(KNOWN)

    assert guess(KNOWN) == guess(UNKNOWN)


def test_a_stranger_who_knows_a_document_shuts_its_buyer_out_nowhere(cast: Cast) -> None:
    for _try in range(10):
        Client(REMOTE_ADDR="203.0.113.9").post(DOOR, {"number": "9999", "document": KNOWN})

    assert Client(REMOTE_ADDR="203.0.113.9").post(DOOR, {"number": "1001", "document": KNOWN}).status_code == 429
    assert Client(REMOTE_ADDR="198.51.100.7").post(DOOR, {"number": "1001", "document": KNOWN}).status_code == 302


def test_a_carriers_customers_come_in_by_one_address(cast: Cast) -> None:
    documents = ["111.444.777-35", "529.982.247-25", "123.456.789-09", "935.411.347-80"]
    answers = [
        Client(REMOTE_ADDR="203.0.113.9").post(DOOR, {"number": "9999", "document": document}).status_code
        for document in documents * 6
    ]

    assert answers == [302] * 24


def test_the_reset_asks_the_same_for_a_member_and_a_stranger(cast: Cast) -> None:
    def ask(email: str) -> Sequence[str]:
        return statements(lambda: Client().post(reverse("account_reset_password"), {"email": email}))

    ask("ana@americanas.example")

    assert ask("ana@americanas.example") == ask("nobody@example.com")
    assert mail.outbox == []
