"""Every page, light and dark, wide and narrow: nothing axe finds serious, nothing wider than its window.

The pictures are left in test-results/ for people to look at.
"""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import Window
from tests.cast import Cast
from tests.chromium import RESULTS
from tratativa.accounts.actors import Actor
from tratativa.cases import sweeping
from tratativa.cases.acting import actions, opening, replying
from tratativa.cases.acting.opening import Opening
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Mark
from tratativa.cases.score import contests

pytestmark = pytest.mark.browser
WIDTHS = (1280, 390)
SETTLED = """Promise.allSettled(document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().endTime < 5000).map((one) => one.finished))"""
WIDEST = """[...document.querySelectorAll("body *")]
    .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
    .map(one => one.className || one.tagName).slice(0, 4).join(", ")"""
STRANGER = (
    "/accounts/login/",
    "/accounts/password/reset/",
    "/my/enter",
    "/my/americanas/",
    "/my/americanas/code",
    "/x",
)


@pytest.fixture
def mediated(cast: Cast) -> Case:
    """A case with a bit of everything: a question, an answer, a miss, a mediation."""
    long_ago = timezone.now() - timedelta(days=4)
    case = opening.open_case(
        Opening(cast.order, reason="Produto com defeito", message=Message("Veio quebrado.\nE agora?")),
        by=cast.cliente,
        at=long_ago,
    )
    sweeping.sweep(at=timezone.now())
    replying.reply(case, Message("Como resolvemos?", to="marketplace"), by=cast.ana, at=timezone.now())
    actions.perform(case, "Falar com a Americanas", by=cast.cliente, at=timezone.now())
    contests.contest(Mark.objects.get(), "Ligamos antes do prazo.", by=cast.chefe, at=timezone.now())
    return case


def pages_of(cast: Cast, case: Case) -> list[tuple[Actor | None, str]]:
    """Every page there is, with who looks at it."""
    open_case = f"/cases/{case.protocol}/"
    mine = f"/my/cases/{case.protocol}/"
    staff = [
        "/cases/?tab=all", "/cases/?tab=all&filters=1&document=1", open_case, f"{open_case}actions/anotar",
        "/orders/", "/orders/1001/", "/orders/1001/open", "/help", "/accounts/2fa/", "/accounts/2fa/totp/activate/",
        "/accounts/password/change/",
    ]  # fmt: skip
    desk = [
        "/mediations/",
        "/sellers/",
        f"/sellers/{cast.seller.pk}/",
        open_case,
        f"{open_case}actions/decidir-mediacao",
    ]
    return [
        *((None, path) for path in STRANGER),
        *((cast.ana, path) for path in staff),
        (cast.chefe, "/standing/"),
        *((cast.marta, path) for path in desk),
        *((cast.cliente, path) for path in ("/my/", mine, "/my/orders/1001/open")),
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(theme: str, cast: Cast, mediated: Case, window: Window) -> None:
    RESULTS.mkdir(exist_ok=True)
    found: list[str] = []
    windows: dict[str, Page] = {}
    for actor, path in pages_of(cast, mediated):
        name = actor.name if actor else "stranger"
        if name not in windows:
            # axe styles what it measures, and the console says so; the stories listen and fail on any breach.
            windows[name] = window(actor, "/", color_scheme=theme, heard=False)
        page = windows[name]
        found += [f"{name} {path} {width}: {what}" for width in WIDTHS for what in _look(page, path, width, theme)]

    assert found == []


def test_what_opens_is_accessible_too(cast: Cast, mediated: Case, window: Window) -> None:
    page = window(cast.ana, f"/cases/{mediated.protocol}/", heard=False)
    found: list[str] = []

    for keys in (["a"], ["Escape", "?"], ["Escape", "Control+k"], ["Escape", "a", "Enter"]):
        for key in keys:
            page.keyboard.press(key)
        expect(page.locator("dialog[open], details[open]").first).to_be_visible()
        page.evaluate(SETTLED)  # half faded in is pale
        found += [f"{keys}: {what}" for what in _serious(page)]

    assert found == []


def _look(page: Page, path: str, width: int, theme: str) -> list[str]:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(path)
    page.screenshot(path=RESULTS / f"{_name(path)}-{theme}-{width}.png")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    trouble = [f"{wide} px wider than the window: {page.evaluate(WIDEST)}"] if wide > 0 else []
    return trouble + _serious(page)


def _serious(page: Page) -> list[str]:
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:160]}"
        for one in Axe().run(page).response["violations"]
        if one["impact"] in {"serious", "critical"}
    ]


def _name(path: str) -> str:
    parts = path.split("?")[0].strip("/").split("/")
    words = ["protocol" if part.isdigit() and len(part) == 16 else part for part in parts]
    words = ["key" if part.count("-") == 4 else part for part in words]
    return "-".join(words) + ("-filters" if "filters" in path else "") or "home"
