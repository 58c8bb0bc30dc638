"""Avisos in the browser: switched on for one's own session, listed and switched off; the worker keeps nothing."""

from typing import Any

from django.test import Client

from tests.cast import Cast
from tests.notices.push_service import Browser
from tests.web.conftest import Enter
from tratativa.notices.models import Subscription

ROOM = "/settings/notices/"


def begin(browser: Client, **other: Any) -> Any:
    page = browser.get(ROOM).content.decode()
    key = page.partition('data-push="')[2].partition('"')[0]
    one = Browser()
    given = {"key": key, "endpoint": "https://push.example/abc", "p256dh": one.p256dh, "auth": one.auth}
    return browser.post(f"{ROOM}browsers", given | other, headers={"user-agent": "Mozilla Firefox/140.0 Linux"})


def test_a_browser_switched_on_is_listed_as_this_one_and_switched_off_again(cast: Cast, enter: Enter) -> None:
    here, there = enter(cast.ana), enter(cast.ana)

    answer = begin(here)

    assert answer.json() == {"kept": True}
    assert "Firefox · Linux" in here.get(ROOM).content.decode() and "data-current" in here.get(ROOM).content.decode()
    assert "data-current" not in there.get(ROOM).content.decode()
    there.post(f"{ROOM}browsers/{Subscription.objects.get().pk}/end")
    assert not Subscription.objects.exists()


def test_nobody_switches_anothers_off(cast: Cast, enter: Enter) -> None:
    begin(enter(cast.ana))

    answer = enter(cast.chefe).post(f"{ROOM}browsers/{Subscription.objects.get().pk}/end")

    assert answer.status_code == 404 and Subscription.objects.exists()


def test_signing_out_ends_it(cast: Cast, enter: Enter) -> None:
    browser = enter(cast.ana)
    begin(browser)

    browser.post("/accounts/logout/")

    assert not Subscription.objects.exists()


def test_what_no_browser_gives_is_refused_in_words(cast: Cast, enter: Enter) -> None:
    answer = begin(enter(cast.ana), endpoint="http://10.0.0.1/x")

    assert answer.status_code == 422 and answer.json()["error"] == "O navegador deu um endereço que a mesa não usa."


def test_an_older_key_than_the_desks_is_refused(cast: Cast, enter: Enter) -> None:
    answer = begin(enter(cast.ana), key="x")

    assert answer.status_code == 422 and "Recarregue" in answer.json()["error"]


def test_the_worker_hears_of_no_request_and_keeps_no_page(client: Client, db: None) -> None:
    answer = client.get("/notices/worker.js")

    words = answer.content.decode()
    assert answer["Content-Type"].startswith("text/javascript")
    assert '"push"' in words and '"fetch"' not in words and "caches" not in words
