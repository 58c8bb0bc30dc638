"""The e-mail somebody signs in with changes when both addresses said yes, and tells nobody whose the new one is."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.core import mail
from django.core.cache import cache
from django.db import connections
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from tests.cast import Cast, gather, local
from tratativa.accounts import jobs
from tratativa.accounts.addresses import changing
from tratativa.accounts.addresses.models import EmailChange
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.models import Membership, Person, Seller
from tratativa.accounts.people import invitations, leaving
from tratativa.accounts.people.team import Doer, Team
from tratativa.accounts.secrecy import masking

WORD = "uma senha bem longa"
OLD, NEW = "ana@equipe.example", "ana@nova.example"


@pytest.fixture(autouse=True)
def clock(settings: Settings) -> Iterator[time_machine.Traveller]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with time_machine.travel(local("2026-11-23 09:30"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def cast(db: None) -> Cast:
    cache.clear()
    return gather()


def sign_in(email: str = OLD) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": email, "password": WORD})
    return client


def sure(client: Client) -> Client:
    client.post("/accounts/reauthenticate/", {"password": WORD})
    return client


def letters() -> dict[str, str]:
    """Has the letters sent that were asked for; by address, what each says."""
    mail.outbox.clear()
    for job in ProcrastinateJob.objects.filter(task_name="accounts.send_email_change").order_by("id"):
        jobs.send_email_change(**job.args)
    return {letter.to[0]: str(letter.body) for letter in mail.outbox}


def link(body: str) -> str:
    found = re.search(r"http://[^/]+(/email-change/\S+)", body)
    assert found
    return found[1]


def ask(client: Client, new: str = NEW) -> dict[str, str]:
    assert client.post("/settings/account/email", {"email": new}).status_code == 302
    return letters()


def test_both_say_yes_and_whoever_else_is_in_is_out(cast: Cast) -> None:
    mine, elsewhere = sure(sign_in()), sign_in()
    sent = ask(mine)

    first = Client().post(link(sent[NEW]), {"do": "yes"})
    between = sign_in()
    second = mine.post(link(sent[OLD]), {"do": "yes"})

    assert "Falta o outro endereço" in first.text
    assert between.get("/cases/").status_code == 302  # it was in, until the address changed
    assert "você entra com ana@nova.example" in second.text
    assert (mine.get("/cases/").status_code, elsewhere.get("/cases/").status_code) == (200, 302)
    assert sign_in(NEW).get("/cases/").status_code == 200
    assert sign_in(OLD).get("/cases/").status_code == 302
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(NEW, True, True)]
    assert list(AuditLine.objects.order_by("at", "id").values_list("what", flat=True)) == [
        "people.email_change_asked", "people.email_changed",
    ]  # fmt: skip


@pytest.mark.parametrize("side", [OLD, NEW])
def test_one_yes_alone_changes_nothing(cast: Cast, side: str) -> None:
    sent = ask(sure(sign_in()))

    for _again in range(2):
        Client().post(link(sent[side]), {"do": "yes"})

    assert Person.objects.filter(email=OLD).exists()
    assert sign_in(OLD).get("/cases/").status_code == 200


def test_looking_at_a_link_changes_nothing(cast: Cast) -> None:
    sent = ask(sure(sign_in()))

    for body in sent.values():
        assert Client().get(link(body)).status_code == 200

    assert not EmailChange.objects.exclude(old_said_yes_at=None, new_said_yes_at=None).exists()


def test_the_old_address_stops_it_and_whoever_asked_is_out(cast: Cast) -> None:
    thief = sure(sign_in())
    sent = ask(thief)
    Client().post(link(sent[NEW]), {"do": "yes"})

    stopped = Client().post(link(sent[OLD]), {"do": "stop"})
    late = [Client().post(link(body), {"do": "yes"}).status_code for body in sent.values()]

    assert "A troca foi parada" in stopped.text
    assert late == [410, 410]
    assert thief.get("/cases/").status_code == 302
    assert AuditLine.objects.filter(what="people.email_change_stopped").exists()


def test_the_new_address_cannot_stop_it_nor_say_yes_for_the_old(cast: Cast) -> None:
    sent = ask(sure(sign_in()))
    crossed = link(sent[NEW]).replace("/new/", "/old/")

    Client().post(link(sent[NEW]), {"do": "stop"})

    assert Client().post(crossed, {"do": "yes"}).status_code == 410
    change = EmailChange.objects.get()
    assert (change.ended_at, change.old_said_yes_at) == (None, None)


def test_after_a_day_neither_link_opens(cast: Cast, clock: time_machine.Traveller) -> None:
    sent = ask(sure(sign_in()))
    Client().post(link(sent[NEW]), {"do": "yes"})

    clock.shift(timedelta(hours=25))

    assert Client().post(link(sent[OLD]), {"do": "yes"}).status_code == 410
    assert Person.objects.filter(email=OLD).exists()


def test_one_asked_for_anew_ends_the_one_before(cast: Cast) -> None:
    mine = sure(sign_in())
    first = ask(mine, "a@nova.example")
    ask(mine, "b@nova.example")

    assert Client().get(link(first["a@nova.example"])).status_code == 410
    assert EmailChange.objects.filter(ended_at=None).count() == 1


def test_an_address_that_is_somebody_s_answers_as_any_other_and_only_its_reader_knows(cast: Cast) -> None:
    mine = sure(sign_in())
    mine.get("/settings/account/")  # what signing in had to say is said
    free = mine.post("/settings/account/email", {"email": NEW}, follow=True)
    taken = mine.post("/settings/account/email", {"email": "Marta@equipe.example"}, follow=True)
    sent = letters()

    tell = re.compile(r'value="[^"]{20,}"|nonce="[^"]+"|slip-\w+')
    seen = [tell.sub("", page.text).replace("marta@equipe.example", NEW) for page in (free, taken)]
    assert seen[0] == seen[1]
    assert "Já há uma com ele" in sent["marta@equipe.example"] and "/email-change/" not in sent["marta@equipe.example"]
    assert "/email-change/" in sent[OLD]


def test_who_made_an_account_of_the_address_meanwhile_keeps_it(cast: Cast) -> None:
    sent = ask(sure(sign_in()))
    Client().post(link(sent[OLD]), {"do": "yes"})
    Person.objects.create_user(email=NEW, password=None, name="Outra")

    late = Client().post(link(sent[NEW]), {"do": "yes"})

    assert late.status_code == 409
    assert Person.objects.filter(email=OLD).exists()


def test_the_password_is_asked_again_first(cast: Cast) -> None:
    answer = sign_in().post("/settings/account/email", {"email": NEW})

    assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert not EmailChange.objects.exists()


@pytest.mark.parametrize(
    ("given", "why"),
    [("nada", "não é um endereço"), (OLD.upper(), "já é o seu"), ("", "Diga o e-mail."), ("a\n@x.y", "não é")],
)
def test_what_cannot_be_is_told_at_its_field(cast: Cast, given: str, why: str) -> None:
    page = sure(sign_in()).post("/settings/account/email", {"email": given})

    assert page.status_code == 422
    assert why in page.text


def test_without_letters_nothing_is_asked(cast: Cast, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

    page = sure(sign_in()).post("/settings/account/email", {"email": NEW})

    assert "não saem cartas" in page.text
    assert not EmailChange.objects.exists()


def test_who_was_deactivated_changes_nothing_any_more(cast: Cast) -> None:
    sent = ask(sure(sign_in()))
    Person.objects.filter(email=OLD).update(is_active=False)

    assert [Client().post(link(body), {"do": "yes"}).status_code for body in sent.values()] == [410, 410]


def test_the_account_shows_what_waits_and_lets_it_be(cast: Cast) -> None:
    mine = sure(sign_in())
    ask(mine)
    page = mine.get("/settings/account/").text
    mine.post("/settings/account/email/give-up")

    assert "Troca para ana@nova.example" in page
    assert "Troca para" not in mine.get("/settings/account/").text
    assert mine.get("/cases/").status_code == 200


def test_the_links_are_in_no_log(cast: Cast) -> None:
    sent = ask(sure(sign_in()))

    for body in sent.values():
        path = link(body)
        assert path.rsplit("/", 1)[1] not in masking.masked(f"GET {path} 200")


@pytest.mark.django_db(transaction=True)
def test_both_at_once_change_it_once() -> None:
    cache.clear()
    gather()
    sent = ask(sure(sign_in()))
    together = Barrier(2)

    def say(body: str) -> int:
        try:
            together.wait(10)
            return Client().post(link(body), {"do": "yes"}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(say, sent.values())) == [200, 200]
    assert Person.objects.filter(email=NEW).count() == 1
    assert EmailChange.objects.get().done
    assert timedelta(days=1) == changing.LIFE


def invited(cast: Cast, email: str, seller: Seller | None = None) -> str:
    """An older invitation's link, to the marketplace's team or a seller's."""
    at = local("2026-11-22 09:30")
    asked, _new = invitations.invite(
        Team(cast.marketplace, seller), email, "", "admin", by=Doer(command="prova"), at=at
    )
    return invitations.link(asked).removeprefix("http://127.0.0.1:8000")


def test_an_older_invitation_dies_with_the_address_it_was_sent_to(cast: Cast) -> None:
    rival = Seller.objects.get(name="Loja Rival")
    old, others, again = invited(cast, OLD, rival), invited(cast, "outra@x.example"), invited(cast, NEW, cast.seller)
    sent = ask(sure(sign_in()))
    before = Client().get(old).status_code
    for side in (NEW, OLD):
        Client().post(link(sent[side]), {"do": "yes"})

    assert (before, Client().get(old).status_code, Client().get(again).status_code) == (200, 410, 410)
    assert Client().get(others).status_code == 200
    assert Client().post(old, {"name": "Outro", "password": WORD}).status_code == 410
    told = AuditLine.objects.filter(what="people.invitation_withdrawn").values_list("about", flat=True)
    assert sorted(told) == [OLD, NEW]


def test_no_link_of_before_leads_back_into_an_account_that_was_shut(cast: Cast) -> None:
    rival = Seller.objects.get(name="Loja Rival")
    joining, sent = invited(cast, OLD, rival), ask(sure(sign_in()))
    person = Person.objects.get(email=OLD)
    reset = f"/accounts/password/reset/key/{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}/"
    before = Client().get(reset).status_code

    leaving.leave(Membership.objects.get(person=person), by=Doer(command="prova"), at=local("2026-11-23 09:30"))

    after = [Client().get(joining).status_code, Client().get(link(sent[NEW])).status_code]
    person.refresh_from_db()
    assert (before, after) == (302, [410, 410])
    Person.objects.filter(pk=person.pk).update(is_active=True)
    assert Client().get(joining).status_code == Client().get(link(sent[OLD])).status_code == 410
    assert Client().get(reset).status_code == 200  # the page that says it is void, instead of leading on
    assert not person.has_usable_password()
