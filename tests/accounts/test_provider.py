"""Signing in by a site's own provider: whom its word lets in, and every way in which that word is not believed."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from urllib.parse import urlsplit

import jwt
import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.accounts.hostile_provider import CLIENT, SECRET, HostileProvider
from tests.cast import Cast, gather
from tests.config.desks import free_port
from tratativa.accounts import clock, signing_in
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.models import Membership, Person
from tratativa.accounts.people import guarding, invitations
from tratativa.accounts.people.team import Doer, Team

WORD = "uma senha bem longa"
NEW = {"email": "nova@empresa.example", "email_verified": True, "name": "Nova Pessoa"}
ANA = {"email": "Ana@equipe.example", "email_verified": True, "name": "Outra Ana"}


@pytest.fixture
def cast(db: None) -> Cast:
    cache.clear()
    return gather()


@pytest.fixture
def provider(settings: Settings) -> Iterator[HostileProvider]:
    made = HostileProvider()
    settings.OIDC_ISSUER, settings.OIDC_CLIENT, settings.OIDC_SECRET = made.issuer, CLIENT, SECRET
    settings.OIDC_NAME = "Minha Empresa"
    yield made
    made.stop()


def invite(cast: Cast, email: str = "nova@empresa.example", role: str = "analyst") -> None:
    team = Team(cast.marketplace, cast.seller)
    invitations.invite(team, email, "", role, by=Doer(command="t"), at=timezone.now())


def is_in(client: Client) -> bool:
    return client.get("/cases/").status_code == 200


def test_without_a_setting_there_is_no_provider(cast: Cast) -> None:
    page = Client().get("/accounts/login/").text

    assert "Minha Empresa" not in page and "/accounts/provider/" not in page
    assert [Client().get(f"/accounts/provider/{way}").status_code for way in ("", "back", "leave")] == [404] * 3


@pytest.mark.parametrize("path", ["3rdparty/", "3rdparty/signup/", "3rdparty/login/error/", "signup/", "sessions/"])
def test_allauth_s_own_doors_stay_shut(cast: Cast, provider: HostileProvider, path: str) -> None:
    assert Client().get(f"/accounts/{path}").status_code == 404


def test_who_was_invited_has_an_account_from_the_first_time_on(cast: Cast, provider: HostileProvider) -> None:
    invite(cast)
    provider.claims = NEW
    client = Client()
    assert "Entrar com Minha Empresa" in client.get("/accounts/login/").text

    answer = provider.sends_back(client, "/accounts/provider/?next=/orders/")
    again = Client()
    provider.sends_back(again)

    member = Membership.objects.get(person__email="nova@empresa.example")
    assert (answer["Location"], is_in(client), is_in(again)) == ("/orders/", True, True)
    assert (member.role, member.seller_id, member.person.name) == ("analyst", cast.seller.pk, "Nova Pessoa")
    assert not member.person.has_usable_password()
    assert [line.what for line in AuditLine.objects.filter(who=member.person)] == ["people.joined"]


def test_whose_domain_is_allowed_joins_in_the_role_of_the_setting(
    cast: Cast, provider: HostileProvider, settings: Settings
) -> None:
    settings.OIDC_DOMAINS, settings.OIDC_ROLE = ["empresa.example"], "mediator"
    provider.claims = NEW
    client = Client()

    provider.sends_back(client)

    member = Membership.objects.get(person__email="nova@empresa.example")
    assert (member.role, member.seller, member.marketplace) == ("mediator", None, cast.marketplace)
    assert is_in(client)


@pytest.mark.parametrize(
    "email",
    ["x@outra.example", "x@sub.empresa.example", "x@empresa.example.evil.example", "x@evil-empresa.example",
     "empresa.example@evil.example", "x@empresa.example\n", "\"x@empresa.example\"@evil.example", "", "x"],
)  # fmt: skip
def test_another_domain_lets_nobody_in(cast: Cast, provider: HostileProvider, settings: Settings, email: str) -> None:
    settings.OIDC_DOMAINS = ["empresa.example"]
    provider.claims = {**NEW, "email": email}
    people = Person.objects.count()
    client = Client()

    answer = provider.sends_back(client)

    if email.strip() != "x@empresa.example":
        assert (answer.status_code, Person.objects.count()) == (403, people)
        assert not is_in(client)


@pytest.mark.parametrize("said", [False, None, "true", "false", 1, "absent"])
def test_an_e_mail_the_provider_does_not_vouch_for_opens_nothing(
    cast: Cast, provider: HostileProvider, settings: Settings, said: Any
) -> None:
    settings.OIDC_DOMAINS, settings.OIDC_LINKS = ["empresa.example", "equipe.example"], True
    invite(cast)
    for claims in (NEW, ANA):
        provider.claims = {**claims, "email_verified": said}
        if said == "absent":
            del provider.claims["email_verified"]
        client = Client()
        assert provider.sends_back(client).status_code == 403
        assert not is_in(client)
    assert not SocialAccount.objects.exists()


def test_an_account_that_is_there_is_opened_only_where_the_site_trusts_the_provider(
    cast: Cast, provider: HostileProvider, settings: Settings
) -> None:
    provider.claims = ANA
    shut = Client()
    refused = provider.sends_back(shut)
    settings.OIDC_LINKS = True
    opened = Client()
    provider.sends_back(opened)

    assert "Já há uma conta com este e-mail" in refused.text and not is_in(shut)
    assert is_in(opened)
    assert SocialAccount.objects.get().user_id == cast.ana.person_id
    assert AuditLine.objects.get(what="people.provider_linked").about == "ana@equipe.example"


def test_an_address_that_only_looks_like_somebody_s_opens_nothing_of_theirs(
    cast: Cast, provider: HostileProvider, settings: Settings
) -> None:
    settings.OIDC_LINKS, settings.OIDC_DOMAINS = True, ["equipe.example"]
    Person.objects.filter(pk=cast.ana.person_id).update(email="mike@equipe.example")
    invite(cast, "kiki@equipe.example")
    for email in ("m\u0131ke@equipe.example", "k\u0131ki@equipe.example"):
        provider.claims = {"sub": email, "email": email, "email_verified": True}
        provider.sends_back(Client())

    assert not SocialAccount.objects.filter(user=cast.ana.person_id).exists()
    assert not Membership.objects.filter(seller=cast.seller, role="analyst").exists()


def test_who_comes_too_often_from_one_address_is_told_to_wait(cast: Cast, provider: HostileProvider) -> None:
    place, at = "192.0.2.7", clock.now()
    signing_in.Attempt.objects.bulk_create(
        signing_in.Attempt(door="provider-from", who=signing_in._hidden(place), at=at) for _try in range(300)
    )

    assert Client(REMOTE_ADDR=place).get("/accounts/provider/").status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.8").get("/accounts/provider/").status_code == 302


def test_the_subject_is_who_it_is_whatever_e_mail_it_has_by_then(
    cast: Cast, provider: HostileProvider, settings: Settings
) -> None:
    settings.OIDC_LINKS = True
    provider.claims = ANA
    provider.sends_back(Client())
    provider.claims = {"email": "marta@equipe.example", "email_verified": True}
    client = Client()

    provider.sends_back(client)

    assert "ana@equipe.example" in client.get("/settings/account/").text


def test_who_was_deactivated_stays_outside(cast: Cast, provider: HostileProvider, settings: Settings) -> None:
    settings.OIDC_LINKS, settings.OIDC_DOMAINS = True, ["equipe.example"]
    provider.claims = ANA
    inside = Client()
    provider.sends_back(inside)
    Person.objects.filter(pk=cast.ana.person_id).update(is_active=False)
    known, unknown = Client(), Client()

    first = provider.sends_back(known)
    provider.claims = {**ANA, "sub": "another"}
    second = provider.sends_back(unknown)

    assert "foi desativada" in first.text and "foi desativada" in second.text
    assert not is_in(known) and not is_in(unknown) and not is_in(inside)


def other_key(provider: HostileProvider) -> Callable[[dict[str, Any]], str]:
    return lambda claims: provider.signed(claims, key=1)


WRONG: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "for another client": lambda said: {**said, "aud": "outra"},
    "for several, by another": lambda said: {**said, "aud": [CLIENT, "outra"], "azp": "outra"},
    "for several, by nobody": lambda said: {**said, "aud": [CLIENT, "outra"]},
    "by another": lambda said: {**said, "azp": "outra"},
    "another nonce": lambda said: {**said, "nonce": "outro"},
    "no nonce": lambda said: {name: said[name] for name in said if name != "nonce"},
    "expired": lambda said: {**said, "exp": said["iat"] - 120},
    "never expires": lambda said: {name: said[name] for name in said if name != "exp"},
    "of tomorrow": lambda said: {**said, "iat": said["iat"] + 86400, "nbf": said["iat"] + 86400},
    "another issuer": lambda said: {**said, "iss": "https://evil.example"},
    "the issuer with a slash": lambda said: {**said, "iss": said["iss"] + "/"},
    "no issuer": lambda said: {name: said[name] for name in said if name != "iss"},
    "nobody": lambda said: {name: said[name] for name in said if name != "sub"},
    "an empty subject": lambda said: {**said, "sub": ""},
    "a long subject": lambda said: {**said, "sub": "x" * 192},
}


@pytest.mark.parametrize("what", WRONG)
def test_a_token_that_is_not_this_answer_is_not_believed(
    cast: Cast, provider: HostileProvider, caplog: pytest.LogCaptureFixture, what: str
) -> None:
    invite(cast)
    provider.claims, provider.spoil = NEW, WRONG[what]
    client = Client()

    answer = provider.sends_back(client)

    assert answer.status_code == 403 and "não chegou, ou não era para esta página" in answer.text
    assert not is_in(client)
    assert not SocialAccount.objects.exists()
    assert any("refused by the provider's word" in line for line in caplog.messages)


SIGNED: dict[str, Callable[[HostileProvider], Callable[[dict[str, Any]], str]]] = {
    "by another key under the same name": other_key,
    "by a key nobody knows": lambda provider: lambda said: provider.signed(said, key=1, kid="k1"),
    "by nobody": lambda _provider: lambda said: jwt.encode(said, None, algorithm="none", headers={"kid": "k0"}),
    "with the secret": lambda _provider: lambda said: jwt.encode(said, SECRET * 3, "HS256", headers={"kid": "k0"}),
    "and then changed": lambda provider: lambda said: provider.signed(said)[:-12] + "AAAAAAAAAAAA",
    "no token": lambda _provider: lambda said: "x",
}


@pytest.mark.parametrize("how", SIGNED)
def test_a_token_somebody_else_signed_is_not_believed(cast: Cast, provider: HostileProvider, how: str) -> None:
    invite(cast)
    provider.claims, provider.sign = NEW, SIGNED[how](provider)
    client = Client()

    assert provider.sends_back(client).status_code == 403
    assert not is_in(client)


@pytest.mark.parametrize(
    "changed",
    [{"state": "outro"}, {"state": ""}, {"error": "access_denied"}, {"iss": "https://evil.example"}],
    ids=str,
)
def test_an_answer_to_no_question_of_ours_is_not_believed(
    cast: Cast, provider: HostileProvider, changed: dict[str, str]
) -> None:
    invite(cast)
    provider.claims = NEW

    assert provider.sends_back(Client(), **changed).status_code == 403
    assert not SocialAccount.objects.exists()


def test_an_answer_counts_once_and_in_the_browser_that_asked(cast: Cast, provider: HostileProvider) -> None:
    invite(cast)
    provider.claims = NEW
    mine, other = Client(), Client()
    provider.sends_back(mine)
    back = {"code": "once", "state": provider.asked["state"][0]}

    assert other.get("/accounts/provider/back", back).status_code == 403
    assert mine.get("/accounts/provider/back", back).status_code == 403


@pytest.mark.parametrize(
    "publish",
    [
        lambda said: {**said, "issuer": "https://evil.example"},
        lambda said: {**said, "jwks_uri": "http://169.254.169.254/keys"},
        lambda said: {**said, "token_endpoint": "http://10.0.0.7/token"},
        lambda said: {},
        lambda said: [],
        lambda said: ("http://127.0.0.1:1/elsewhere",),
        lambda said: {**said, "much": "x" * 700_000},
    ],
)
def test_what_the_provider_publishes_leads_nowhere_else(
    cast: Cast, provider: HostileProvider, publish: Callable[[dict[str, Any]], Any]
) -> None:
    invite(cast)
    provider.claims, provider.publish = NEW, publish
    there = Client()

    begun = there.get("/accounts/provider/")
    answer = provider.sends_back(there) if begun.status_code == 302 else begun

    assert answer.status_code == 403
    assert not SocialAccount.objects.exists()


def test_the_desk_connects_to_no_provider_inside_the_house_that_the_site_does_not_name(
    cast: Cast, provider: HostileProvider, settings: Settings
) -> None:
    settings.CONNECT_TO = ()

    assert Client().get("/accounts/provider/").status_code == 403
    assert provider.requests == []


def test_a_provider_that_is_away_is_told_in_a_sentence(cast: Cast, settings: Settings) -> None:
    settings.OIDC_ISSUER, settings.OIDC_CLIENT = f"http://127.0.0.1:{free_port()}", CLIENT

    assert Client().get("/accounts/provider/").status_code == 403
    assert Client().get("/accounts/login/").status_code == 200


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_the_way_back_leads_nowhere_else(cast: Cast, provider: HostileProvider, to: str) -> None:
    invite(cast)
    provider.claims = NEW

    answer = provider.sends_back(Client(), f"/accounts/provider/?next={to}")

    assert answer["Location"] == "/"


def test_a_demanded_second_factor_is_ours_unless_the_site_says_that_it_is_the_provider_s(
    cast: Cast, provider: HostileProvider, settings: Settings
) -> None:
    invite(cast)
    cast.marketplace.two_factor_roles = ["seller:analyst"]
    cast.marketplace.save()
    provider.claims = NEW
    ours, theirs, password = Client(), Client(), Client()

    provider.sends_back(ours)
    person = Person.objects.get(email="nova@empresa.example")
    person.set_password(WORD)
    person.save()  # and whoever was in is out
    provider.sends_back(ours)
    asked = ours.get("/cases/")["Location"]
    settings.OIDC_TWO_FACTOR = True
    provider.sends_back(theirs)
    password.post("/accounts/login/", {"login": person.email, "password": WORD})

    assert asked == "/accounts/2fa/"
    assert is_in(theirs)
    assert password.get("/cases/")["Location"] == "/accounts/2fa/"


def test_a_second_factor_that_is_there_is_asked_for(cast: Cast, provider: HostileProvider, settings: Settings) -> None:
    settings.OIDC_LINKS = True
    TOTP.activate(Person.objects.get(pk=cast.ana.person_id), generate_totp_secret())
    provider.claims = ANA
    client = Client()

    answer = provider.sends_back(client)

    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert not is_in(client)


def test_who_came_by_the_provider_leaves_here_and_is_shown_the_way_out_there(
    cast: Cast, provider: HostileProvider
) -> None:
    invite(cast)
    provider.claims = NEW
    client = Client()
    provider.sends_back(client)

    left = client.post("/accounts/logout/", follow=True)
    out = client.get("/accounts/provider/leave")

    assert "em Minha Empresa a sua sessão continua" in left.text
    assert not is_in(client)
    assert out["Location"].startswith(f"{provider.issuer}/bye?client_id=mesa&post_logout_redirect_uri=")


def test_an_administrator_ends_such_a_session_as_any_other(cast: Cast, provider: HostileProvider) -> None:
    invite(cast)
    provider.claims = NEW
    client = Client(REMOTE_ADDR="")
    provider.sends_back(client)
    member = Membership.objects.select_related("person", "marketplace", "seller", "partner").get(
        person__email="nova@empresa.example"
    )

    guarding.sign_out(member, by=Doer(command="t"))

    assert not is_in(client)


def test_an_invitation_too_old_lets_nobody_in(cast: Cast, provider: HostileProvider) -> None:
    team = Team(cast.marketplace, cast.seller)
    long_ago = clock.now() - timedelta(days=8)
    invitations.invite(team, "nova@empresa.example", "", "agent", by=Doer(command="t"), at=long_ago)
    provider.claims = NEW

    assert "Ninguém convidou" in provider.sends_back(Client()).text


@pytest.mark.django_db(transaction=True)
def test_of_two_first_times_at_once_there_is_one_account(provider: HostileProvider, settings: Settings) -> None:
    cache.clear()
    gather()
    settings.OIDC_DOMAINS = ["empresa.example"]
    provider.claims = NEW
    clients = [Client(), Client()]
    asked = [re.search(r"state=([^&]+)&?.*", client.get("/accounts/provider/")["Location"]) for client in clients]
    assert all(asked)
    provider.spoil = lambda said: said
    together = Barrier(2)

    def back(number: int) -> int:
        from tratativa.accounts.provider import welcoming

        try:
            together.wait(10)
            person = welcoming.welcome({**NEW, "sub": "s-1"}, at=timezone.now(), whence="192.0.2.7")
            return int(person.is_active)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(back, range(2))) == [1, 1]
    assert Person.objects.filter(email=NEW["email"]).count() == SocialAccount.objects.count() == 1


@pytest.fixture
def kept_provider(settings: Settings) -> Iterator[str]:
    """A provider that somebody else wrote and keeps, as a process of its own."""
    port = free_port()
    settings.OIDC_ISSUER, settings.OIDC_CLIENT, settings.OIDC_SECRET = f"http://127.0.0.1:{port}", CLIENT, SECRET
    command = [sys.executable, "-m", "oidc_provider_mock", "-p", str(port), "--require-nonce"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while True:
        try:
            requests.get(f"{settings.OIDC_ISSUER}/.well-known/openid-configuration", timeout=2).raise_for_status()
            break
        except requests.RequestException:
            assert process.poll() is None and time.monotonic() < end, "the provider did not begin"
            time.sleep(0.1)
    yield str(settings.OIDC_ISSUER)
    process.terminate()
    process.wait(20)


def test_a_provider_of_somebody_else_s_lets_its_people_in(cast: Cast, kept_provider: str, settings: Settings) -> None:
    invite(cast)
    person = {"sub": "nova", "email": NEW["email"], "email_verified": True, "name": "Nova Pessoa"}
    requests.put(f"{kept_provider}/users/nova", json=person, timeout=10).raise_for_status()
    client = Client()

    there = client.get("/accounts/provider/")["Location"]
    back = requests.post(there, data={"sub": "nova"}, allow_redirects=False, timeout=10).headers["Location"]
    assert back.startswith(f"{settings.SITE_URL}/accounts/provider/back?"), back
    parts = urlsplit(back)
    client.get(f"{parts.path}?{parts.query}")

    assert is_in(client)
    assert "nova@empresa.example" in client.get("/settings/account/").text
    assert json.dumps(SocialAccount.objects.get().extra_data) == "{}"
