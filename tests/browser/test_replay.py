"""What would have been, in a browser: a bar that moves by itself, figures that open, both themes, a telephone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Window, unsound
from tests.browser.test_looks import RESULTS
from tests.cast import MONDAY, Cast
from tests.web.settings.test_people import admin
from tests.web.settings.test_replaying import answered, doer, page_of, shorter
from tratativa.accounts import clock
from tratativa.accounts.actors import Actor
from tratativa.replay import asking, running
from tratativa.replay.models import Replay
from tratativa.studio import drafts
from tratativa.studio.models import Draft

pytestmark = pytest.mark.browser


@pytest.fixture
def boss(cast: Cast) -> Actor:
    return admin(cast)


@pytest.fixture
def draft(cast: Cast, boss: Actor) -> Draft:
    """A draft that gives sellers less time, and a case one of them answered later than that."""
    answered(cast)
    made = drafts.begin(cast.marketplace, "Prazos de dezembro", by=doer(boss), at=MONDAY)
    shorter(made, boss)
    return made


def replayed(draft: Draft, boss: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """A replay that a worker has done."""
    monkeypatch.setattr(running, "processes", lambda: 1)
    asked = asking.ask(draft, MONDAY.date(), by=doer(boss), at=MONDAY)
    asking.perform(asked.pk)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_is_accessible_and_fits(
    theme: str, cast: Cast, boss: Actor, draft: Draft, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    RESULTS.mkdir(exist_ok=True)
    replayed(draft, boss, monkeypatch)
    page = window(boss, page_of(draft), color_scheme=theme, heard=False)
    for group in page.locator("details[class^=replay], details.replay__group").all():
        group.evaluate("one => { one.open = true }")
    found = unsound(page)

    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=RESULTS / f"settings-replay-{theme}-{width}.png", full_page=True)

    assert found == []


def test_the_bar_moves_and_ends_by_itself(
    cast: Cast, boss: Actor, draft: Draft, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asking.ask(draft, MONDAY.date(), by=doer(boss), at=MONDAY)
    Replay.objects.filter(pk=asked.pk).update(state="runs", cases=200, judged=50, seen_at=clock.now())
    page = window(boss, page_of(draft), heard=False, **PHONE)
    bar = page.get_by_role("progressbar")
    expect(bar).to_have_attribute("value", "50")
    RESULTS.mkdir(exist_ok=True)
    page.screenshot(path=RESULTS / "settings-replay-going-390.png", full_page=True)

    Replay.objects.filter(pk=asked.pk).update(judged=150, seen_at=clock.now())
    expect(bar).to_have_attribute("value", "150")
    monkeypatch.setattr(running, "processes", lambda: 1)
    Replay.objects.filter(pk=asked.pk).update(state="waits")
    asking.perform(asked.pk)

    expect(page.get_by_text("Passariam a ser perdidos")).to_be_visible()
    page.get_by_text("Passariam a ser perdidos").press("Enter")
    expect(page.locator(".replay__examples a").first).to_be_visible()
