"""Whoever opens a session is asked for the second factor their account has, and what fails is told and counted."""

import logging
import re
import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast, gather
from tratativa.accounts.factors import forms
from tratativa.accounts.models import Membership, Person
from tratativa.accounts.people import guarding, invitations
from tratativa.accounts.people.team import Doer, Team, of

WORD = "uma senha bem longa"
NEW = "outra senha bem comprida 7"
LOG = "tratativa.accounts.access.sign_in_log"


@pytest.fixture
def cast(db: None) -> Cast:
    cache.clear()
    return gather()


def guarded(person: Person) -> str:
    """Gives the person a second factor; returns its secret."""
    secret = str(generate_totp_secret())
    TOTP.activate(person, secret)
    return secret


def code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def asked(client: Client) -> Client:
    """The browser of Ana, who has said her password."""
    answer = client.post("/accounts/login/", {"login": "ana@equipe.example", "password": WORD})
    assert answer["Location"] == reverse("mfa_authenticate")
    return client


def test_who_comes_back_by_an_invitation_is_asked_for_the_second_factor_they_had(cast: Cast) -> None:
    ana = Person.objects.get(pk=cast.ana.person_id)
    secret = guarded(ana)
    Membership.objects.filter(person=ana).delete()
    Person.objects.filter(pk=ana.pk).update(is_active=False)
    team = Team(cast.marketplace, cast.seller)
    invitation, _new = invitations.invite(
        team, "ana@equipe.example", "", "agent", by=Doer(command="t"), at=timezone.now()
    )
    browser = Client()

    joined = browser.post(
        invitations.link(invitation).removeprefix("http://127.0.0.1:8000"), {"name": "Ana", "password": NEW}
    )
    before = browser.get("/cases/")
    browser.post(joined["Location"], {"code": code(secret)})

    assert joined["Location"] == reverse("mfa_authenticate")
    assert before.status_code == 302 and "login" in before["Location"]
    assert browser.get("/cases/").status_code == 200


def test_who_joins_in_a_colleague_s_browser_takes_nothing_of_theirs_along(cast: Cast) -> None:
    browser = Client()
    browser.post("/accounts/login/", {"login": "marta@equipe.example", "password": WORD})
    team = Team(cast.marketplace, cast.seller)
    invitation, _new = invitations.invite(
        team, "nova@equipe.example", "", "agent", by=Doer(command="t"), at=timezone.now()
    )

    browser.post(invitations.link(invitation).removeprefix("http://127.0.0.1:8000"), {"name": "Nova", "password": NEW})

    assert "nova@equipe.example" in browser.get("/settings/account/").text


def test_a_wrong_code_is_told_and_after_ten_the_right_one_waits_too(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    secret = guarded(Person.objects.get(pk=cast.ana.person_id))
    here, there = asked(Client(REMOTE_ADDR="192.0.2.7")), asked(Client(REMOTE_ADDR="192.0.2.8"))

    for _try in range(forms.TRIES):
        here.post(reverse("mfa_authenticate"), {"code": "000000"})
    shut = here.post(reverse("mfa_authenticate"), {"code": code(secret)})
    there.post(reverse("mfa_authenticate"), {"code": code(secret)})

    told = [line.getMessage() for line in caplog.records if line.name == LOG and line.levelno == logging.WARNING]
    assert told == [f"{cast.ana.person_id}: a wrong second factor from 192.0.2.7"] * forms.TRIES + [
        f"{cast.ana.person_id}: too many tries of a second factor from 192.0.2.7"
    ]
    assert shut.status_code == 200
    assert there.get("/cases/").status_code == 200


def test_many_addresses_together_have_no_more_tries_than_a_person_has(cast: Cast) -> None:
    secret = guarded(Person.objects.get(pk=cast.ana.person_id))
    for number in range(forms.TRIES_ANYWHERE // forms.TRIES):
        client = asked(Client(REMOTE_ADDR=f"198.51.100.{number}"))
        for _try in range(forms.TRIES):
            client.post(reverse("mfa_authenticate"), {"code": "000000"})

    last = asked(Client(REMOTE_ADDR="203.0.113.9"))
    last.post(reverse("mfa_authenticate"), {"code": code(secret)})

    assert last.get("/cases/").status_code == 302


def test_a_customer_s_wrong_code_is_told(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    browser = Client(REMOTE_ADDR="192.0.2.7")
    door = f"/my/{cast.marketplace.slug}/"
    page = browser.post(door, {"number": "1001", "document": "52998224725"})
    assert page.status_code == 302

    browser.post(page["Location"], {"code": "000000"})

    assert "a wrong code at the customers' door from 192.0.2.7" in caplog.messages


@pytest.mark.parametrize("address", ["", "unix:"])
def test_a_session_from_nowhere_is_on_its_list_and_ended_with_the_others(cast: Cast, address: str) -> None:
    browser = Client(REMOTE_ADDR=address)
    browser.post("/accounts/login/", {"login": "ana@equipe.example", "password": WORD})
    page = browser.get("/settings/account/")
    member = Membership.objects.select_related("person", "marketplace", "seller", "partner").get(
        person_id=cast.ana.person_id
    )

    guarding.sign_out(member, by=Doer(command="t"))

    assert of(member).members().count() >= 1
    assert re.search(r"desconhecido", page.text)
    assert not UserSession.objects.filter(user=member.person).exists()
    assert browser.get("/cases/").status_code == 302


def test_no_table_says_what_a_browser_shows_and_a_copy_of_them_opens_nobodys_pages(cast: Cast) -> None:
    browser = Client()
    browser.post("/accounts/login/", {"login": "ana@equipe.example", "password": WORD})
    shown = browser.cookies[settings.SESSION_COOKIE_NAME].value

    kept = {*Session.objects.values_list("session_key", flat=True)}
    listed = {*UserSession.objects.values_list("session_key", flat=True)}
    thief = Client()

    assert browser.get("/settings/account/").status_code == 200
    assert shown not in kept | listed and listed <= kept and len(listed) == 1
    for name in kept:
        thief.cookies[settings.SESSION_COOKIE_NAME] = name
        assert thief.get("/settings/account/").status_code == 302


def test_another_password_leaves_this_session_on_the_list_and_ends_the_others(cast: Cast) -> None:
    mine, other = Client(), Client()
    for browser in (mine, other):
        browser.post("/accounts/login/", {"login": "ana@equipe.example", "password": WORD})

    mine.post("/accounts/password/change/", {"oldpassword": WORD, "password1": NEW, "password2": NEW})

    assert mine.get("/settings/account/").status_code == 200
    assert other.get("/settings/account/").status_code == 302
    assert "badge--done" in mine.get("/settings/account/").text  # «esta»
