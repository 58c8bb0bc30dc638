"""Passkeys as a stranger may send them: what a key signed for another page is worth nothing, nor is rubbish."""

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connections
from django.test import Client

from tests.accounts.soft_key import PRESENT, SoftKey
from tests.cast import Cast, gather
from tratativa.accounts.models import Person

WORD = "uma senha bem longa"
LOGIN = "/accounts/2fa/webauthn/login/"
ADD = "/accounts/2fa/webauthn/add/"


@pytest.fixture
def cast(db: None) -> Cast:
    cache.clear()
    return gather()


def browser() -> Client:
    return Client(headers={"X-Requested-With": "XMLHttpRequest", "Accept": "text/html"})


def signed_in(name: str = "ana") -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": f"{name}@equipe.example", "password": WORD}, secure=True)
    client.post("/accounts/reauthenticate/", {"password": WORD}, secure=True)
    return client


def soft(cast: Cast, **given: Any) -> SoftKey:
    return SoftKey(user_pk_to_url_str(Person.objects.get(pk=cast.ana.person_id)), **given)


def options(page: str) -> Any:
    found = re.search(r'id="passkey" type="application/json">(.*?)</script>', page)
    assert found
    return json.loads(found[1])


def add(client: Client, key: SoftKey, **said: Any) -> int:
    asked = options(client.get(ADD, secure=True).text)
    answer = client.post(ADD, {"name": "x", "credential": key.made(asked, **said)}, secure=True)
    return answer.status_code


def enter(key: SoftKey, **said: Any) -> Client:
    """Somebody who comes by the key alone."""
    client = browser()
    asked = client.get(LOGIN, headers={"Accept": "application/json"}, secure=True).json()["request_options"]
    client.post(LOGIN, {"credential": key.used(asked, **said)}, secure=True)
    return client


def is_in(client: Client) -> bool:
    return client.get("/cases/", secure=True).status_code == 200


def test_a_key_opens_where_it_was_made(cast: Cast) -> None:
    key = soft(cast)

    assert add(signed_in(), key) == 302
    assert is_in(enter(key))


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://outra.testserver"},
        {"origin": "https://testserver.evil.example"},
        {"origin": "http://testserver"},
        {"origin": "https://testserver:8443"},
        {"crossOrigin": True},
        {"type": "webauthn.create"},
        {"challenge": "AAAA"},
        {"origin": None},
    ],
    ids=str,
)
def test_what_was_signed_elsewhere_or_for_something_else_opens_nothing(cast: Cast, wrong: dict[str, Any]) -> None:
    key = soft(cast)
    add(signed_in(), key)

    assert not is_in(enter(key, **wrong))


@pytest.mark.parametrize("wrong", [{"rp": "outra.testserver"}, {"flags": PRESENT}, {"flags": 0}], ids=str)
def test_a_key_of_another_desk_or_whose_owner_was_not_there_opens_nothing(cast: Cast, wrong: dict[str, Any]) -> None:
    good = soft(cast)
    add(signed_in(), good)

    assert not is_in(enter(soft(cast, secret=good.secret, **wrong)))


@pytest.mark.parametrize("wrong", [{"flags": PRESENT}, {"origin": "https://outra.testserver"}, {"rp": "x"}], ids=str)
def test_such_a_key_is_not_taken_in_either(cast: Cast, wrong: dict[str, Any]) -> None:
    assert add(signed_in(), soft(cast, **wrong)) == 200
    assert not Authenticator.objects.exists()


def test_the_same_answer_opens_once(cast: Cast) -> None:
    key = soft(cast)
    add(signed_in(), key)
    client = browser()
    asked = client.get(LOGIN, headers={"Accept": "application/json"}, secure=True).json()["request_options"]
    said = key.used(asked)
    client.post(LOGIN, {"credential": said}, secure=True)
    client.post("/accounts/logout/", secure=True)

    client.post(LOGIN, {"credential": said}, secure=True)

    assert not is_in(client)


RUBBISH: dict[str, Callable[[dict[str, Any]], Any]] = {
    "a list": lambda said: [said],
    "a number": lambda said: 1,
    "null": lambda said: None,
    "no response": lambda said: {**said, "response": None},
    "words for bytes": lambda said: {**said, "rawId": "é"},
    "no handle": lambda said: {**said, "response": {**said["response"], "userHandle": None}},
    "a handle of nobody": lambda said: {**said, "response": {**said["response"], "userHandle": "MDAwMA"}},
    "a handle of bytes": lambda said: {**said, "response": {**said["response"], "userHandle": "_____w"}},
    "no client data": lambda said: {**said, "response": {**said["response"], "clientDataJSON": "bnVsbA"}},
    "short data": lambda said: {**said, "response": {**said["response"], "authenticatorData": "AAAA"}},
    "deep": lambda said: {**said, "response": {**said["response"], "signature": [[[[]]]]}},
}


@pytest.mark.parametrize("how", [*RUBBISH, "no json"])
@pytest.mark.parametrize("where", [LOGIN, "/accounts/2fa/authenticate/", "/accounts/2fa/webauthn/reauthenticate/"])
def test_rubbish_is_refused_in_a_sentence(cast: Cast, how: str, where: str) -> None:
    key = soft(cast)
    add(signed_in(), key)
    client = signed_in() if "reauthenticate" in where else Client()
    if where != LOGIN:
        client.post("/accounts/login/", {"login": "ana@equipe.example", "password": WORD}, secure=True)
        page = client.get(where, secure=True, follow=True)
        assert page.status_code == 200
        asked = options(page.text) if 'id="passkey"' in page.text else {"publicKey": {"challenge": "AAAA"}}
    else:
        asked = client.get(LOGIN, headers={"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"},
                           secure=True).json()["request_options"]  # fmt: skip
    said = json.loads(key.used(asked))
    spoilt = "{" if how == "no json" else json.dumps(RUBBISH[how](said))

    answer = client.post(where, {"credential": spoilt}, secure=True)

    assert answer.status_code in {200, 302}
    signs_still = "handle" in how and where != LOGIN  # whose it is is known there, and not asked of the key
    assert not is_in(client) or signs_still or "reauthenticate" in where


def test_what_was_added_by_rubbish_is_nothing(cast: Cast) -> None:
    client = signed_in()
    asked = options(client.get(ADD, secure=True).text)
    made = json.loads(soft(cast).made(asked))
    for spoilt in [*(change(made) for change in RUBBISH.values()), {**made, "response": {"clientDataJSON": "e30"}}]:
        client.get(ADD, secure=True)
        assert client.post(ADD, {"name": "x", "credential": json.dumps(spoilt)}, secure=True).status_code == 200

    assert not Authenticator.objects.exists()


def test_a_name_of_markup_and_lines_is_a_name(cast: Cast) -> None:
    client, key = signed_in(), soft(cast)
    asked = options(client.get(ADD, secure=True).text)
    client.post(ADD, {"name": "<b>x</b>\n\u202ey" + "z" * 20, "credential": key.made(asked)}, secure=True)

    page = client.get("/settings/account/", secure=True).text

    assert "<b>x</b>" not in page and "&lt;b&gt;x&lt;/b&gt;" in page
    assert "\u202e" not in page


def test_whoever_came_in_elsewhere_is_out_with_the_key_that_is_taken_away(cast: Cast) -> None:
    client, key = signed_in(), soft(cast)
    add(client, key)
    thief = enter(key)
    assert is_in(thief)

    client.post(f"/accounts/2fa/webauthn/keys/{Authenticator.objects.get(type='webauthn').pk}/remove/", secure=True)

    assert not is_in(thief)
    assert is_in(client)


def test_nobody_takes_away_or_names_another_s_key(cast: Cast) -> None:
    add(signed_in(), soft(cast))
    kept = Authenticator.objects.get(type="webauthn")
    marta = signed_in("marta")

    for what in ("remove", "edit"):
        assert (
            marta.post(f"/accounts/2fa/webauthn/keys/{kept.pk}/{what}/", {"name": "y"}, secure=True).status_code == 404
        )
    assert Authenticator.objects.filter(pk=kept.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_factors_taken_away_at_once_a_demanded_one_stays() -> None:
    cache.clear()
    cast = gather()
    cast.marketplace.two_factor_roles = ["seller:agent"]
    cast.marketplace.save()
    clients = [signed_in(), signed_in()]
    add(clients[0], soft(cast))
    add(clients[0], soft(cast, id=b"soft-key-another"))
    kept = list(Authenticator.objects.filter(type="webauthn").values_list("pk", flat=True))
    assert len(kept) == 2
    clients[1].cookies = clients[0].cookies
    together = Barrier(2)

    def take(client: Client, pk: int) -> None:
        try:
            together.wait(10)
            client.post(f"/accounts/2fa/webauthn/keys/{pk}/remove/", secure=True)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(take, clients, kept))

    assert Authenticator.objects.filter(type="webauthn").count() == 1
