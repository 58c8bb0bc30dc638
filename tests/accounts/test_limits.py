"""Limits are one for all processes, and aim at who tries, not at whom they try."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache, caches
from django.db import connections
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.cast import MONDAY
from tratativa.accounts import clock, jobs, signing_in
from tratativa.accounts.access import shared_cache, whence
from tratativa.accounts.access.models import Attempt, Remembered
from tratativa.accounts.models import Person
from tratativa.cli import exposure

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


@pytest.fixture
def person() -> Person:
    return Person.objects.create_user(email="ana@loja.example", name="Ana Lima", password="correta-cavalo")


def at_once(count: int, work: object) -> list[object]:
    def one(_index: int) -> object:
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def sign_in(address: str, words: str = "errada-bateria") -> int:
    page = Client(REMOTE_ADDR=address).post(reverse("account_login"), {"login": "ana@loja.example", "password": words})
    return page.status_code


def test_of_tries_at_once_no_more_pass_than_may() -> None:
    def attempt() -> bool:
        try:
            signing_in.slow_down("door", "10.0.0.1", limit=5, within=HOUR, at=MONDAY)
        except signing_in.TooManyTries:
            return False
        return True

    assert sum(at_once(20, attempt)) == 5
    assert Attempt.objects.count() == 5


def test_a_code_of_two_factors_opens_one_session_once_whoever_is_first(person: Person) -> None:
    secret = generate_totp_secret()
    held = TOTP.activate(person, secret)
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))

    assert sum(at_once(8, lambda: held.validate_code(code))) == 1


def test_what_one_process_remembers_another_knows() -> None:
    here, there = (shared_cache.SharedCache("", {}) for _process in range(2))

    assert here.add("used", "y", timeout=60)
    assert not there.add("used", "y", timeout=60)
    assert there.get("used") == "y"
    assert there.delete("used")
    assert here.get("used", "gone") == "gone"


def test_the_shared_cache_is_a_cache() -> None:
    cache.set("list", [1.5, 2.25], timeout=60)
    cache.set("over", 1, timeout=-1)

    assert cache.get("list") == [1.5, 2.25]
    assert cache.get("over") is None
    assert cache.add("over", 2)
    assert cache.get("over") == 2
    assert cache.incr("over") == 3
    assert cache.touch("list", 60)
    assert not cache.touch("nothing")
    assert type(caches["default"]) is shared_cache.SharedCache
    cache.clear()
    assert not Remembered.objects.exists()


def test_who_knows_an_address_shuts_nobody_out(person: Person) -> None:
    guesses = [sign_in("203.0.113.9") for _ in range(12)]
    assert guesses == [200] * 12  # the page again, with what was wrong

    assert sign_in("203.0.113.9", "correta-cavalo") == 200  # not from where the guesses come
    assert sign_in("198.51.100.7", "correta-cavalo") == 302


def test_who_signs_in_often_is_no_guesser(person: Person) -> None:
    assert [sign_in("198.51.100.7", "correta-cavalo") for _ in range(12)] == [302] * 12


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("unix", ""),
    ],
)
def test_a_household_of_ipv6_is_one_place(address: str, network: str) -> None:
    request: HttpRequest = RequestFactory(REMOTE_ADDR=address).get("/")

    assert whence.network(request) == network


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    yield
    caches["default"].clear()


def test_the_doctor_tells_when_every_try_comes_from_one_address(settings: Any) -> None:
    settings.PROXIES = ""
    for number in range(30):
        signing_in.slow_down("door", "10.0.0.1", limit=300, within=HOUR, at=clock.now() - timedelta(minutes=number))

    alone = exposure.addresses()
    signing_in.slow_down("password-from", "10.0.0.2", limit=300, within=HOUR, at=clock.now())

    assert not alone.well
    assert "As últimas 30 tentativas de entrar vieram todas do mesmo endereço." in alone.sentence
    assert "TRATATIVA_PROXIES" in alone.sentence
    assert exposure.addresses().well


def test_tries_of_long_ago_are_forgotten() -> None:
    signing_in.slow_down("door", "10.0.0.1", limit=5, within=HOUR, at=clock.now() - timedelta(days=9))
    cache.set("over", 1, timeout=-10 * 24 * 3600)
    signing_in.slow_down("door", "10.0.0.1", limit=5, within=HOUR, at=clock.now())

    jobs.forget_tries(timestamp=0)

    assert Attempt.objects.count() == 1
    assert not Remembered.objects.exists()


def test_too_many_tries_from_one_place_are_told_in_a_sentence(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    page = Client(REMOTE_ADDR="203.0.113.9")

    answers = [page.post(reverse("account_login"), {"login": "a@b.example", "password": "x"}) for _ in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert "Foram muitas tentativas seguidas." in answers[2].content.decode()
    assert answers[2]["Retry-After"] == "60"
