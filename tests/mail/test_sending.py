"""Sending: what the database holds while a mail server takes its time, and that one letter leaves once."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from asgiref.sync import sync_to_async
from django.db import connection, connections
from pytest_django import Settings

from tests.cast import MONDAY, gather, opener
from tests.mail.test_letters import free_port
from tratativa.mail.models import Letter
from tratativa.mail.outgoing import sending

OPEN = """
    select count(*) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
    and xact_start is not null and backend_type = 'client backend'
"""


class SlowOffice:
    """A mail server that looks at the database while a letter is in its hands, and goes on when it is told to."""

    def __init__(self) -> None:
        self.transactions: list[int] = []
        self.arrived = 0
        self.reached, self.go_on = threading.Event(), threading.Event()
        database = connection.settings_dict
        given = {"host": database["HOST"], "dbname": database["NAME"], "user": database["USER"]}
        self._given: dict[str, Any] = {name: value for name, value in given.items() if value}

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await sync_to_async(self._look)()
        return "250 OK"

    def _look(self) -> None:
        with psycopg.connect(**self._given, autocommit=True) as looking:
            found = looking.execute(OPEN).fetchone()
        assert found
        self.transactions.append(found[0])
        self.reached.set()
        self.go_on.wait(20)
        self.arrived += 1


@pytest.fixture
def letter(transactional_db: None) -> Letter:
    opener(gather())()
    letter = Letter.objects.filter(party="customer").first()
    assert letter is not None
    return letter


@pytest.fixture
def office(letter: Letter, settings: Settings) -> Iterator[SlowOffice]:
    handler = SlowOffice()
    server = Controller(handler, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "tratativa.mail.outgoing.smtp.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield handler
    handler.go_on.set()
    server.stop()


def test_no_transaction_is_open_while_the_mail_server_answers(letter: Letter, office: SlowOffice) -> None:
    office.go_on.set()

    sending.send(letter.pk, at=MONDAY)

    letter.refresh_from_db()
    assert (office.transactions, office.arrived, letter.state) == ([0], 1, "sent")


def send(letter: Letter) -> str:
    try:
        sending.send(letter.pk, at=MONDAY)
    except sending.Refused as no:
        return str(no)
    finally:
        connections.close_all()
    return "sent"


def test_two_workers_send_one_letter_once(letter: Letter, office: SlowOffice) -> None:
    with ThreadPoolExecutor(2) as workers:
        first = workers.submit(send, letter)
        assert office.reached.wait(20)
        second = workers.submit(send, letter).result(20)
        office.go_on.set()

        assert (first.result(20), second) == ("sent", "another process is sending it")

    assert send(letter) == "sent"  # by whoever comes again: it left before
    assert office.arrived == 1
