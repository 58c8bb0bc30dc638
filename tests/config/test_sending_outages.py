"""What somebody sent and could take back, while processes are killed: it is said once, and never lost."""

import os
import re
import signal
from collections.abc import Callable
from http.cookiejar import CookieJar
from typing import LiteralString
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import psycopg

from tests.config.desks import Desk, gone, until
from tratativa.serve import postgres

REAL = {"DJANGO_SETTINGS_MODULE": "tratativa.config.settings"}
QUICK = {"TRATATIVA_HEARTBEAT": "0.5", "TRATATIVA_REQUEUE_CRON": "* * * * * */1"}

ANA = """
    select m.id from accounts_membership m join accounts_person p on p.id = m.person_id
    join accounts_marketplace k on k.id = m.marketplace_id where p.name = 'Ana Lima' and k.slug = 'americanas'
"""
HERS = """
    select c.protocol from cases_case c join accounts_membership m on m.seller_id = c.seller_id
    where m.id = %s and c.closed_at is null and c.kind = 'atendimento' and c.waiting_on = 'seller'
    and c.customer_id is not null and c.internal = false order by c.opened_at desc limit 1
"""
WAITING = "select id from cases_pressed where ended_at is null"
OUTCOMES = "select outcome, body from cases_pressed"
SAID = "select count(*) from cases_text where body = %s"


class Visitor:
    """Somebody at a browser without scripts."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.browser = desk, build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        return str(self.browser.open(self.desk.address + path, timeout=60).read().decode())

    def post(self, path: str, form: str, **given: str) -> str:
        """Sends given fields with the hidden key of the form whose page this is."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        assert token
        data = urlencode({**given, "csrfmiddlewaretoken": token.group(1)}).encode()
        headers = {"Origin": self.desk.address, "Referer": self.desk.address + path}
        request = Request(self.desk.address + path, data, headers)  # noqa: S310  # our own desk
        answer = self.browser.open(request, timeout=60)
        return str(answer.read().decode())


def test_a_message_outlives_the_worker_the_database_and_the_desk(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(**REAL, **QUICK)
    desk.start("demo")
    words = "Sai amanhã, haja o que houver."
    visitor = Visitor(desk)
    ((ana,),) = ask(desk, ANA)
    ((protocol,),) = ask(desk, HERS, ana)
    visitor.post(f"/demo/enter/staff/{ana}", visitor.get("/demo/"))
    page = visitor.get(f"/cases/{protocol}/")

    sent = visitor.post(
        f"/cases/{protocol}/reply", page,
        text=words, to="customer", customer_reads="yes", switch="shown", confirmed="yes", undo="yes",
    )  # fmt: skip
    assert "Enviando para" in sent
    assert len(ask(desk, WAITING)) == 1
    assert ask(desk, SAID, words) == [(0,)]
    victims = [*desk.children("tratativa.cli worker"), *desk.children("postgres")]
    assert len(victims) > 1
    for one in victims:
        os.kill(one, signal.SIGKILL)
    desk.stop(signal.SIGKILL)
    until(lambda: all(gone(one) for one in victims), "what was killed to be gone")

    again = make_desk(**REAL, **QUICK)
    again.start("demo")
    until(lambda: ask(again, OUTCOMES) == [("said", "")], "the message to be said", again.said)
    assert ask(again, SAID, words) == [(1,)]


def ask(desk: Desk, query: LiteralString, *values: object) -> list[tuple[object, ...]]:
    url = postgres.running(desk.home / "demo")
    assert url, "nobody keeps this database"
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(query, values).fetchall()
