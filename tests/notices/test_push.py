"""Web Push: what reaches a browser, sealed and signed, and all that stops it."""

import socket
from collections.abc import Iterator
from datetime import time, timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.cast import MONDAY, Cast, local, sign_in
from tests.notices.push_service import Browser, listening, signed_by
from tests.notices.telling import run
from tests.notices.test_ways import given_to
from tests.tampering import switched_off
from tratativa.accounts import reach
from tratativa.accounts.access import kept_sessions
from tratativa.accounts.models import Membership, Person
from tratativa.accounts.people import leaving
from tratativa.accounts.secrecy import sealing
from tratativa.cases.core.refusals import Invalid
from tratativa.cases.models import Case
from tratativa.config import resealing
from tratativa.notices import choosing, jobs, reading
from tratativa.notices.choosing import Ways
from tratativa.notices.models import Email, Kind, Notice, PushKey, Subscription
from tratativa.notices.push import keys, sending, subscriptions, telling
from tratativa.notices.push.subscriptions import Given

MINUTE = timedelta(minutes=1)


@pytest.fixture
def browser(settings: Any) -> Iterator[Browser]:
    """Ana's browser and its push service, which the site says may be connected to."""
    settings.CONNECT_TO = ("127.0.0.1",)
    with listening(Browser()) as one:
        yield one


@pytest.fixture
def subscribed(cast: Cast, browser: Browser) -> Subscription:
    """Ana had pushing switched on, in a session that goes on."""
    session = kept_sessions.name(sign_in(cast.ana).session.session_key)
    Session.objects.update(expire_date=MONDAY + timedelta(days=30))
    return subscribe(cast, browser, session)


def subscribe(cast: Cast, browser: Browser, session: str) -> Subscription:
    given = Given(browser.endpoint, browser.p256dh, browser.auth)
    return subscriptions.begin(
        cast.ana.person, session, given, keys.active(at=MONDAY), browser="Firefox · Linux", at=MONDAY
    )


def pushed(cast: Cast, case: Case, subscription: Subscription) -> Notice:
    """Ana is told of a case given to her, as the worker would."""
    notice = given_to(cast, case)
    telling.push(notice.pk, subscription.pk, at=MONDAY)
    return notice


def test_what_reaches_the_browser_is_the_happening_and_the_protocol_and_no_more(
    cast: Cast, case: Case, browser: Browser, subscribed: Subscription
) -> None:
    notice = pushed(cast, case, subscribed)

    (said,) = browser.got
    assert said == {
        "title": "Americanas", "tag": str(notice.pk), "url": f"/notices/{notice.pk}/",
        "body": f"Um atendimento agora é seu · {said['body'].rpartition(' ')[2]}",
    }  # fmt: skip
    assert case.protocol[-4:] in said["body"].replace("-", "").replace(".", "")


def test_it_is_signed_by_the_desks_key_for_that_service_alone_and_kept_half_a_day(
    cast: Cast, case: Case, browser: Browser, subscribed: Subscription
) -> None:
    pushed(cast, case, subscribed)

    (headers,) = browser.headers
    key, said = signed_by(headers["Authorization"])
    assert key == PushKey.objects.get().public
    assert browser.endpoint.startswith(f"{said['aud']}/push") and said["sub"].startswith(("mailto:", "https:"))
    assert said["exp"] <= (MONDAY + timedelta(hours=24)).timestamp()
    assert (headers["TTL"], headers["Content-Encoding"]) == ("43200", "aes128gcm")


def test_the_same_is_pushed_once_however_often_the_job_runs(
    cast: Cast, case: Case, browser: Browser, subscribed: Subscription
) -> None:
    notice = pushed(cast, case, subscribed)
    telling.push(notice.pk, subscribed.pk, at=MONDAY)

    assert len(browser.got) == 1


def test_a_new_notice_asks_for_its_push_in_a_moment_and_nobody_elses_browser_is_asked(
    cast: Cast, case: Case, subscribed: Subscription
) -> None:
    run(MONDAY)

    asked = ProcrastinateJob.objects.filter(task_name="notices.push")
    assert [job.scheduled_at for job in asked] == [
        MONDAY + timedelta(seconds=20)
    ]  # of Ana's notice, not of the chief's
    jobs.push(**asked[0].args)
    one = ProcrastinateJob.objects.get(task_name="notices.push_one")
    assert one.args["subscription_id"] == str(subscribed.pk) and one.queue_name == "push"


def test_in_quiet_hours_the_push_waits(cast: Cast, case: Case, browser: Browser, subscribed: Subscription) -> None:
    choosing.choose(cast.ana.person, {}, (time(8), time(10, 30)), 8)
    notice = given_to(cast, case)

    telling.spread(notice.pk, at=MONDAY)

    waiting = ProcrastinateJob.objects.filter(task_name="notices.push", args__notice_id=str(notice.pk))
    assert {job.scheduled_at for job in waiting} == {local("2026-11-23 10:30")}
    assert not ProcrastinateJob.objects.filter(task_name="notices.push_one").exists()


@pytest.mark.parametrize(
    "how", ["read", "unwanted", "left", "shut", "session", "expired", "signed out", "off", "elsewhere"]
)
def test_nothing_is_pushed_any_more(
    how: str, cast: Cast, case: Case, browser: Browser, subscribed: Subscription
) -> None:
    notice = given_to(cast, case)
    person = Person.objects.get(pk=cast.ana.person_id)
    if how == "read":
        case.refresh_from_db()
        reading.see(case, cast.ana, at=MONDAY)
    elif how == "unwanted":
        choosing.choose(cast.ana.person, {Kind.ASSIGNED: Ways(True, False, Email.NONE)}, (None, None), 8)
    elif how == "left":
        Membership.objects.filter(person=person).delete()
    elif how == "shut":
        Person.objects.filter(pk=person.pk).update(is_active=False)
    elif how == "session":
        Session.objects.all().delete()
    elif how == "expired":
        Session.objects.update(expire_date=MONDAY - MINUTE)
    elif how == "signed out":
        UserSession.objects.filter(user=person).exists() or pytest.fail("the session is on nobody's list")
        leaving.end_sessions(person)
    elif how == "off":
        subscriptions.end(person.pk, subscribed.pk)
    else:
        with switched_off():
            Case.objects.filter(pk=case.pk).update(seller=cast.rival.seller_id)

    telling.spread(notice.pk, at=MONDAY)
    telling.push(notice.pk, subscribed.pk, at=MONDAY)

    assert browser.headers == [] and not ProcrastinateJob.objects.filter(task_name="notices.push_one").exists()


def test_a_subscription_dies_with_the_account_and_with_its_session(cast: Cast, subscribed: Subscription) -> None:
    with reach.within(cast.marketplace.pk):  # whoever shuts an account reaches no row of its person's
        Person.objects.filter(pk=cast.ana.person_id).update(is_active=False)

    assert not Subscription.objects.exists()


def test_another_sessions_end_leaves_it(cast: Cast, subscribed: Subscription) -> None:
    sign_in(cast.ana)
    Session.objects.exclude(session_key=subscribed.session).delete()

    assert Subscription.objects.exists()


@pytest.mark.parametrize("status", [404, 410])
def test_an_address_that_is_gone_takes_its_subscription_along(
    status: int, cast: Cast, case: Case, browser: Browser, subscribed: Subscription
) -> None:
    browser.status = status

    pushed(cast, case, subscribed)

    assert not Subscription.objects.exists()


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_service_that_is_down_is_asked_another_time(
    status: int, cast: Cast, case: Case, browser: Browser, subscribed: Subscription
) -> None:
    notice = given_to(cast, case)
    browser.status = status
    with pytest.raises(sending.Later):
        telling.push(notice.pk, subscribed.pk, at=MONDAY)

    browser.status = 201
    telling.push(notice.pk, subscribed.pk, at=MONDAY)

    assert len(browser.got) == 1


def test_a_service_that_never_takes_anything_is_left_alone_for_an_hour(
    cast: Cast, case: Case, browser: Browser, subscribed: Subscription
) -> None:
    notice = given_to(cast, case)
    browser.status = 503
    for _turn in range(telling.PATIENCE):
        with pytest.raises(sending.Later):
            telling.push(notice.pk, subscribed.pk, at=MONDAY)
    asked = len(browser.headers)

    browser.status = 201
    telling.push(notice.pk, subscribed.pk, at=MONDAY + telling.REST - MINUTE)
    resting = len(browser.headers)
    telling.push(notice.pk, subscribed.pk, at=MONDAY + telling.REST)

    assert (asked, resting, len(browser.headers)) == (3, 3, 4)
    assert (Subscription.objects.get().failures, len(browser.got)) == (0, 1)


@pytest.mark.parametrize("status", [400, 302])
def test_a_service_that_only_ever_refuses_is_left_alone_too(
    status: int, cast: Cast, case: Case, browser: Browser, subscribed: Subscription
) -> None:
    notice = given_to(cast, case)
    browser.status = status
    for _turn in range(telling.PATIENCE):
        telling.push(notice.pk, subscribed.pk, at=MONDAY)
    asked = len(browser.headers)

    telling.push(notice.pk, subscribed.pk, at=MONDAY + telling.REST - MINUTE)

    assert (asked, len(browser.headers)) == (3, 3)
    assert Subscription.objects.get().trouble


def test_what_is_no_address_is_tried_once(cast: Cast, case: Case, browser: Browser, subscribed: Subscription) -> None:
    subscribed.sealed = subscribed.sealed | {"endpoint": "https://.../"}
    subscribed.save()

    pushed(cast, case, subscribed)

    assert Subscription.objects.get().trouble == "the desk does not connect to it"


def test_a_redirect_is_followed_by_nobody(cast: Cast, case: Case, browser: Browser, subscribed: Subscription) -> None:
    with listening(Browser(private=browser.private)) as other:
        browser.status, browser.location = 307, other.endpoint
        pushed(cast, case, subscribed)

        assert other.headers == []
    assert Subscription.objects.get().trouble == "HTTP 307"


def test_a_refusal_is_shown_and_not_tried_for_ever(
    cast: Cast, case: Case, browser: Browser, subscribed: Subscription
) -> None:
    browser.status = 403

    pushed(cast, case, subscribed)

    assert Subscription.objects.get().trouble == "HTTP 403"


def test_an_address_inside_the_house_is_not_connected_to_once_the_site_names_it_no_more(
    cast: Cast, case: Case, browser: Browser, subscribed: Subscription, settings: Any
) -> None:
    settings.CONNECT_TO = ()

    pushed(cast, case, subscribed)

    assert browser.headers == []
    assert Subscription.objects.get().trouble == "the desk does not connect to it"


@pytest.mark.parametrize(
    "endpoint",
    ["http://push.example/x", "ftp://push.example/x", "https://", "https://user@push.example/x", "", "https://a b/",
     "https://push.example/" + "x" * 1000, "javascript:alert(1)", "https://[::1"],
)  # fmt: skip
def test_an_address_no_browser_gives_is_refused_and_looked_up_by_nobody(
    endpoint: str, cast: Cast, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **_how: pytest.fail(f"looked up {asked}"))
    browser.endpoint = endpoint

    with pytest.raises(Invalid):
        subscribe(cast, browser, "s")


def test_keys_no_browser_gives_are_refused(cast: Cast, browser: Browser) -> None:
    for p256dh, auth in (("AAAA", browser.auth), (browser.p256dh, "AAAA"), ("%%", browser.auth), ("", "")):
        with pytest.raises(Invalid):
            subscriptions.begin(
                cast.ana.person,
                "s",
                Given(browser.endpoint, p256dh, auth),
                keys.active(at=MONDAY),
                browser="",
                at=MONDAY,
            )


def test_after_a_new_key_those_of_before_are_told_by_theirs_until_they_are_gone(
    cast: Cast, case: Case, browser: Browser, subscribed: Subscription
) -> None:
    former = PushKey.objects.get().public
    keys.rotate(at=MONDAY)

    pushed(cast, case, subscribed)
    subscriptions.end(cast.ana.person, subscribed.pk)
    keys.rotate(at=MONDAY)

    assert signed_by(browser.headers[0]["Authorization"])[0] == former
    assert former not in PushKey.objects.values_list("public", flat=True)
    assert PushKey.objects.filter(retired_at=None).count() == 1


def test_keys_and_addresses_are_sealed_and_sealed_anew_with_the_desks_others(
    cast: Cast, case: Case, browser: Browser, subscribed: Subscription
) -> None:
    before = sealing.ring().active
    stored = PushKey.objects.get().private
    assert sealing.is_sealed(stored) and "PRIVATE" not in stored

    resealing.rotate()

    assert before not in resealing.used()
    pushed(cast, case, Subscription.objects.get())
    assert len(browser.got) == 1


def test_a_persons_browsers_are_so_many_at_most(cast: Cast, browser: Browser, subscribed: Subscription) -> None:
    for number in range(subscriptions.MOST + 2):
        browser.endpoint = f"http://127.0.0.1:9/{number}"
        subscribe(cast, browser, subscribed.session)

    assert Subscription.objects.count() == subscriptions.MOST
