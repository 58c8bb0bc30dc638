"""Notices in a real browser: the bell, the way to the case, a colleague named, a browser switched on."""

import json
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Window, unsound
from tests.cast import Cast
from tests.config.desks import until
from tests.notices.push_service import Browser
from tratativa.accounts import actors
from tratativa.accounts.models import Membership, Person
from tratativa.cases.acting import replying
from tratativa.cases.core import protocols
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Entry
from tratativa.notices import making
from tratativa.notices.models import Notice, Subscription

pytestmark = pytest.mark.browser


def tell(case: Case, first: int = 1) -> None:
    """What the job does after each change."""
    making.make(case.pk, first, Entry.objects.filter(case=case).count(), at=timezone.now())


def writes(cast: Cast, case: Case) -> None:
    before = Entry.objects.filter(case=case).count()
    replying.reply(case, Message("E agora?", to="seller"), by=cast.cliente, at=timezone.now())
    tell(case, before + 1)


def test_the_bell_counts_as_things_happen_and_a_notice_leads_to_its_place(
    cast: Cast, case: Case, window: Window
) -> None:
    page = window(cast.ana, "/orders/")
    expect(page).to_have_title(re.compile(r"^Gestão"))
    expect(page.locator("body")).to_have_attribute("data-hears", "stream")

    tell(case)
    expect(page.locator(".rail .bell__count")).to_have_text("1")
    expect(page).to_have_title(re.compile(r"^(• )?\(1\) Gestão"))
    page.locator("[data-bell]").click()
    expect(page.locator(".told__one--unread")).to_have_count(1)
    writes(cast, case)  # the list renews itself
    expect(page.locator(".told__one--unread")).to_have_count(2)
    assert unsound(page) == []

    page.locator(".told__link").first.click()

    last = Notice.objects.get(person=cast.ana.person_id, kind="message").last
    expect(page).to_have_url(re.compile(rf"/cases/{re.escape(protocols.show(case.protocol))}/#entry-{last}$"))
    expect(page.locator(f"#entry-{last}")).to_be_in_viewport()
    expect(page.locator(".rail .bell__count")).to_have_count(0)


def test_who_has_the_case_open_reads_it_there_and_has_no_number(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, f"/cases/{protocols.show(case.protocol)}/")
    expect(page.locator("body")).to_have_attribute("data-hears", "stream")

    writes(cast, case)

    expect(page.locator("#timeline")).to_contain_text("E agora?")
    expect(page.locator(".rail .bell__count")).to_have_count(0)
    assert not Notice.objects.filter(person=cast.ana.person_id, read_at=None).exists()


def test_all_are_read_by_one_press_on_a_telephone(cast: Cast, case: Case, window: Window) -> None:
    tell(case)
    page = window(cast.ana, "/cases/", **PHONE)
    page.locator("[data-bell]").click()

    page.get_by_role("button", name="Marcar todos como lidos").click()

    expect(page.get_by_text("Um aviso marcado como lido.")).to_be_visible()
    expect(page.locator(".told__one--unread")).to_have_count(0)
    expect(page).to_have_title(re.compile(r"^Avisos"))


def test_a_colleague_is_named_by_at_and_a_letter_and_enter(cast: Cast, case: Case, window: Window) -> None:
    person = Person.objects.create_user(email="bia@equipe.example", password=None, name="Beatriz Ávila")
    bia = actors.of_membership(Membership.objects.create(person=person, marketplace=cast.marketplace, role="agent"))
    page = window(cast.marta, f"/cases/{protocols.show(case.protocol)}/actions/anotar")
    field = page.locator("form[data-mentions] textarea").first

    field.press_sequentially("Vê isto, @bea")
    expect(page.get_by_role("option", name="Beatriz Ávila")).to_be_visible()
    field.press("Enter")
    expect(field).to_have_value("Vê isto, @Beatriz Ávila ")
    expect(page.get_by_role("option")).to_have_count(0)
    page.locator("form[data-mentions] button.button--main").click()
    expect(page.locator("#timeline")).to_contain_text("@Beatriz Ávila")

    tell(case)
    assert Notice.objects.filter(person=bia.person_id, kind="mention").count() == 1


# The browser's own push service is on the Internet: what stands in for it here gives what it would.
SERVICE = """
  const known = %s;
  const bytes = (words) => Uint8Array.from(
    atob(words.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0)).buffer;
  PushManager.prototype.getSubscription = async () => null;
  PushManager.prototype.subscribe = async function (asked) {
    window.asked = asked.userVisibleOnly;
    return { endpoint: known.endpoint, getKey: (name) => bytes(known[name]), options: asked };
  };
"""


def switched_on(window: Window, cast: Cast) -> Page:
    one = Browser()
    given = {"endpoint": "https://push.example/abc", "p256dh": one.p256dh, "auth": one.auth}
    page = window(cast.ana, "/orders/", permissions=["notifications"])
    page.add_init_script(SERVICE % json.dumps(given))
    page.goto("/settings/notices/")
    page.get_by_role("button", name="Ligar neste navegador").click()
    expect(page.get_by_text("Os avisos aparecem agora também neste navegador.")).to_be_visible()
    return page


def test_a_browser_is_switched_on_by_a_click_listed_and_switched_off(cast: Cast, case: Case, window: Window) -> None:
    page = switched_on(window, cast)

    row = page.locator("tr[data-current]")
    expect(row).to_contain_text("Chrome")
    assert Subscription.objects.get().sealed["endpoint"] == "https://push.example/abc"
    assert unsound(page) == []
    row.get_by_role("button", name="Desligar").click()
    expect(page.locator("tr[data-current]")).to_have_count(0)
    assert not Subscription.objects.exists()


def test_what_is_pushed_is_shown_by_the_worker_which_keeps_nothing(cast: Cast, case: Case, window: Window) -> None:
    page = switched_on(window, cast)
    wire = page.context.new_cdp_session(page)
    found: list[str] = []
    wire.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(
            one["registrationId"] for one in told["registrations"] if one["scopeURL"].endswith("/notices/")
        ),
    )
    wire.send("ServiceWorker.enable")
    page.evaluate("0")  # what the wire told meanwhile has arrived by its answer
    said = {"title": "Americanas", "body": "Um atendimento agora é seu · 123", "tag": "t", "url": "/notices/"}

    origin = page.evaluate("location.origin")
    wire.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": origin, "registrationId": found[0], "data": json.dumps(said)},
    )

    shown = """async () => {
      const registration = await navigator.serviceWorker.getRegistration("/notices/");
      return (await registration.getNotifications()).map((one) => [one.title, one.body]);
    }"""
    until(lambda: page.evaluate(shown), "a notice of the browser's")  # nothing is evaluated under the page's own policy
    assert page.evaluate(shown) == [[said["title"], said["body"]]]
    assert page.evaluate("caches.keys()") == []
