"""The live stream: only who may hear, only what concerns them, and a fresh start after every silence."""

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlencode

import pytest
import time_machine
from django.core import signing

from tests.config.desks import PATIENCE, Desk, until
from tratativa.accounts.access import sessions
from tratativa.config import hearers, streaming
from tratativa.serve import roles

SESSION = "abcdefghijklmnopqrstuvwxyz012345"


PERSON, MARKETPLACE = uuid.UUID(int=71), uuid.UUID(int=72)
WHO = f"marketplace:{MARKETPLACE}:::{PERSON}:"
# Somebody of a team, signed in, written as the product writes them; run in a process on that desk's database.
SIGN_IN = f"""
import django; django.setup()
from django.contrib.sessions.models import Session
from tratativa.accounts.access import kept_sessions
from tratativa.accounts.models import Marketplace, Membership, Person
market, _ = Marketplace.objects.get_or_create(pk="{MARKETPLACE}", slug="mercado", name="Mercado", rulebook="americanas")
named = {{"email": "marta@mesa.example", "name": "Marta", "is_active": True}}
person, _ = Person.objects.update_or_create(pk="{PERSON}", defaults=named)
person.set_password("correct horse"); person.save()
Membership.objects.update_or_create(person=person, marketplace=market, defaults={{"role": "agent"}})
says = {{"_auth_user_id": "{PERSON}", "_auth_user_backend": "tratativa.accounts.signing_in.Backend"}}
says["_auth_user_hash"] = person.get_session_auth_hash()
kept = kept_sessions.SessionStore().encode(says)
name = kept_sessions.name("{SESSION}")
Session(session_key=name, session_data=kept, expire_date="2100-01-01T00:00Z").save()
"""


def sign_in(desk: Desk) -> None:
    """Whose token `token` is, signed in on that desk."""
    secret = (desk.home / "secret").read_text()
    env = {**desk.env, "DATABASE_URL": desk.url(roles.SERVING), "TRATATIVA_SECRET_KEY": secret}
    env |= {"DJANGO_SETTINGS_MODULE": "tratativa.config.settings", "TRATATIVA_DATA": str(desk.home)}
    subprocess.run([sys.executable, "-c", SIGN_IN], env=env, check=True, timeout=PATIENCE)


@pytest.fixture(autouse=True, scope="module")
def _signed_in(lasting_desk: Desk) -> None:
    sign_in(lasting_desk)


class Listener:
    """A page's EventSource, by hand."""

    def __init__(self, desk: Desk, token: str, session: str = SESSION, **headers: str) -> None:
        headers["Cookie"] = f"theme=dark; session={session}"
        self.connection = HTTPConnection("127.0.0.1", desk.port, timeout=PATIENCE)
        self.connection.request("GET", f"/events?{urlencode({'token': token})}", headers=headers)
        self.answer: HTTPResponse = self.connection.getresponse()

    def next(self) -> tuple[str, str]:
        """The next event and its data; greetings and pings are passed over."""
        event = data = ""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            line = self.answer.readline().decode().rstrip("\n")
            if line.startswith("event: "):
                event = line.removeprefix("event: ")
            elif line.startswith("data: "):
                data = line.removeprefix("data: ")
            elif event and not line:
                return event, data
        raise AssertionError(f"nothing but pings for {PATIENCE:.0f} s")


def token(desk: Desk, *topics: str, salt: str = hearers.SALT, at: float | None = None) -> str:
    """What a page shows that began to be drawn at that moment, now where none is given."""
    key = (desk.home / "secret").read_text()
    said = {"topics": topics, "session": sessions.digest(SESSION), "at": time.time() if at is None else at}
    said |= {"party": "marketplace", "who": WHO, "until": f"person:{PERSON}"}
    return signing.dumps(said, key=key, salt=salt)


def announce(desk: Desk, news: str, *topics: str) -> None:
    payload = json.dumps({"topics": topics, "id": news, "at": time.time()})
    desk.ask("select pg_notify(%s, %s)", streaming.CHANNEL, payload)


def test_a_page_hears_what_concerns_it_and_nothing_else(lasting_desk: Desk) -> None:
    seller = Listener(lasting_desk, token(lasting_desk, "seller:7"))
    customer = Listener(lasting_desk, token(lasting_desk, "customer:9", "case:5:customer"))

    announce(lasting_desk, "first", "seller:7", "marketplace:1")
    announce(lasting_desk, "second", "case:5:customer")

    assert seller.answer.status == 200
    assert seller.answer.getheader("content-type") == "text/event-stream; charset=utf-8"
    assert "default-src 'none'" in (seller.answer.getheader("content-security-policy") or "")
    assert seller.answer.getheader("x-content-type-options") == "nosniff"
    assert seller.answer.getheader("x-frame-options") == "DENY"
    assert seller.answer.getheader("referrer-policy") == "same-origin"
    assert seller.next() == ("change", '{"id": "first"}')
    assert customer.next() == ("change", '{"id": "second"}')


def test_a_page_is_told_what_changed_while_it_was_on_its_way(lasting_desk: Desk) -> None:
    drawn = time.time()
    witness = Listener(lasting_desk, token(lasting_desk, "seller:31"))
    announce(lasting_desk, "between", "seller:31")
    assert witness.next() == ("change", '{"id": "between"}')

    late = Listener(lasting_desk, token(lasting_desk, "seller:31", at=drawn))
    other = Listener(lasting_desk, token(lasting_desk, "seller:32", at=drawn))
    fresh = Listener(lasting_desk, token(lasting_desk, "seller:31", "seller:32"))  # drawn after it
    announce(lasting_desk, "after", "seller:32")

    assert late.next() == ("change", '{"id": "between"}')
    assert other.next() == fresh.next() == ("change", '{"id": "after"}')


def test_only_a_token_of_this_desk_and_for_the_stream_is_heard(lasting_desk: Desk) -> None:
    good = token(lasting_desk, "seller:7")
    with time_machine.travel("2020-01-01T00:00:00Z"):
        old = token(lasting_desk, "seller:7")
    other_use = token(lasting_desk, "seller:7", salt="something.else")
    other_key = signing.dumps({"topics": ["seller:7"]}, key="not ours", salt=hearers.SALT)

    refused = [Listener(lasting_desk, text).answer.status for text in ("", "x", good[:-1], old, other_use, other_key)]

    assert refused == [403] * 6


def test_a_token_is_heard_only_in_the_session_it_was_made_in(lasting_desk: Desk) -> None:
    good = token(lasting_desk, "seller:7")
    key = (lasting_desk.home / "secret").read_text()
    unbound = signing.dumps({"topics": ["seller:7"]}, key=key, salt=hearers.SALT)

    assert Listener(lasting_desk, good).answer.status == 200
    assert [Listener(lasting_desk, good, session=other).answer.status for other in ("", "another")] == [403] * 2
    assert Listener(lasting_desk, unbound).answer.status == 403
    assert Listener(lasting_desk, good).answer.status == 200


def test_a_notice_that_is_not_ours_does_not_end_the_news(lasting_desk: Desk) -> None:
    page = Listener(lasting_desk, token(lasting_desk, "seller:7"))

    lasting_desk.ask("select pg_notify(%s, 'no json')", streaming.CHANNEL)
    announce(lasting_desk, "after", "seller:7")

    assert page.next() == ("change", '{"id": "after"}')


def test_a_page_that_comes_back_fetches_everything_again(lasting_desk: Desk) -> None:
    back = Listener(lasting_desk, token(lasting_desk, "seller:7"), **{"Last-Event-ID": "1"})

    assert back.next() == ("resync", "{}")


def test_after_an_outage_of_the_database_every_page_fetches_everything_again(lasting_desk: Desk) -> None:
    page = Listener(lasting_desk, token(lasting_desk, "seller:7"))
    (server,) = lasting_desk.children("bin/postgres")

    os.kill(server, signal.SIGKILL)
    until(lasting_desk.healthy, "pages that reach the database again")

    assert page.next() == ("resync", "{}")
    announce(lasting_desk, "later", "seller:7")
    assert page.next() == ("change", '{"id": "later"}')


def test_a_stopping_desk_ends_the_streams_of_its_pages(desk: Desk) -> None:
    sign_in(desk)
    page = Listener(desk, token(desk, "seller:7"))

    status = desk.stop()

    assert status == 0
    assert page.answer.read().decode().startswith("retry:")


@pytest.mark.parametrize("news", [0, hearers.BACKLOG])
def test_a_page_too_slow_for_its_news_starts_over(news: int) -> None:
    page = hearers.Page(hearers.Token(frozenset({"seller:7"}), SESSION, "marketplace", WHO, frozenset(), 0.0))
    for _number in range(news):
        page.put(b"change")

    page.put(b"one more")

    assert page.waiting.get_nowait() == (hearers.RESYNC if news else b"one more")
    assert page.waiting.empty()


def test_a_page_hears_who_is_writing_apart_from_what_changed(lasting_desk: Desk) -> None:
    page = Listener(lasting_desk, token(lasting_desk, "case:5:customer"))
    doing = {"topics": ["case:5:customer"], "id": "5", "does": "writing", "party": "seller", "who": "", "words": "no"}

    lasting_desk.ask("select pg_notify(%s, %s)", streaming.CHANNEL, json.dumps(doing))

    assert page.next() == ("presence", '{"id": "5", "does": "writing", "party": "seller", "who": ""}')


TAKEN_AWAY = {
    "signing out": "delete from django_session",
    "leaving the team": "delete from accounts_membership",
    "an account that is shut": "update accounts_person set is_active = false",
    "another password": "update accounts_person set password = 'x'",
    "another role": "update accounts_membership set seller_id = null, role = 'admin'",
}


@pytest.fixture
def desk_that_forgives(lasting_desk: Desk) -> Iterator[Desk]:
    """The desk the others share: whose right was taken away has it back afterwards."""
    yield lasting_desk
    sign_in(lasting_desk)


@pytest.mark.parametrize("how", TAKEN_AWAY)
def test_whose_right_is_taken_away_hears_nothing_a_second_later(desk_that_forgives: Desk, how: str) -> None:
    desk = desk_that_forgives
    good = token(desk, "seller:7")
    page = Listener(desk, good)
    assert page.answer.status == 200

    began = time.monotonic()
    desk.ask(TAKEN_AWAY[how])
    page.answer.read()  # to its end

    assert time.monotonic() - began < 1
    again = Listener(desk, good).answer.status
    assert again == (200 if how == "another role" else 403)  # whoever still may comes back by themselves


def test_a_token_of_somebody_else_is_not_heard_in_this_session(lasting_desk: Desk) -> None:
    key = (lasting_desk.home / "secret").read_text()
    said = {"topics": ["seller:7"], "session": sessions.digest(SESSION), "at": time.time(), "party": "marketplace"}
    other = said | {"who": WHO.replace(str(PERSON), str(uuid.UUID(int=99))), "until": "person:x"}

    assert Listener(lasting_desk, signing.dumps(other, key=key, salt=hearers.SALT)).answer.status == 403
