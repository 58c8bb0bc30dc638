"""What a page asks the server for: its own answer, one style sheet, one script, an icon; and never twice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.conftest import PHONE, Window, editor
from tests.cast import Cast
from tratativa.accounts.actors import Actor
from tratativa.cases.models import Case

pytestmark = pytest.mark.browser
OVER_THE_NET = """performance.getEntriesByType("resource")
    .filter(one => one.name.includes("/static/") && one.transferSize > 0).map(one => one.name)"""
MOST = 4  # the page, its style sheet, its script, its icon
PAGES: dict[str, tuple[Callable[[Cast], Actor | None], str]] = {
    "entrance": (lambda cast: None, "/accounts/login/"),
    "customers’ door": (lambda cast: None, "/my/americanas/"),
    "list": (lambda cast: cast.ana, "/cases/"),
    "desk of the marketplace": (lambda cast: cast.marta, "/mediations/"),
    "customer": (lambda cast: cast.cliente, "/my/cases/{}/"),
}


def _load(page: Page, path: str) -> list[Response]:
    """What was fetched while the page came, its live stream aside."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer) if _is_fetched(answer) else None)
    page.goto(path)
    page.wait_for_load_state("load")
    return answers


def _is_fetched(answer: Response) -> bool:
    return answer.request.method == "GET" and "/events" not in answer.url


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_few_things(name: str, cast: Cast, case: Case, window: Window) -> None:
    who, path = PAGES[name]
    page = window(who(cast), "/healthz")

    answers = _load(page, path.format(case.protocol))

    assert len(answers) <= MOST, [answer.url for answer in answers]
    assert {answer.status for answer in answers} == {200}


def test_the_editor_is_the_one_thing_more_that_a_case_asks_for(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, "/healthz")

    answers = _load(page, f"/cases/{case.protocol}/")
    expect(editor(page)).to_be_visible()

    assert len(answers) <= MOST + 1, [answer.url for answer in answers]


def test_what_was_loaded_once_is_kept(cast: Cast, case: Case, window: Window) -> None:
    page = window(cast.ana, f"/cases/{case.protocol}/")
    expect(editor(page)).to_be_visible()

    again = _load(page, f"/cases/{case.protocol}/")
    expect(editor(page)).to_be_visible()

    static = [answer for answer in again if "/static/" in answer.url]
    assert static
    assert {answer.header_value("content-encoding") for answer in static} <= {"gzip", "br"}
    assert page.evaluate(OVER_THE_NET) == []


JUMPS = """() => new Promise((tell) => {
    new PerformanceObserver((seen) => tell(seen.getEntries().filter((one) => !one.hadRecentInput).map((one) => one.value
        + " " + one.sources.map((source) => source.node?.className || source.node?.nodeName).join(", "))))
        .observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => tell([])));
})"""


@pytest.mark.parametrize("size", [{}, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("name", [*PAGES, "case", "customer's own"])
def test_nothing_jumps_while_a_page_comes(
    name: str, size: dict[str, object], cast: Cast, case: Case, window: Window, server: str
) -> None:
    who, path = (PAGES | {"case": (lambda cast: cast.ana, "/cases/{}/"), "customer's own": (mine, "/my/")})[name]

    # A browser has passkeys at a name alone, and the button keeps its room there.
    by_name = {"base_url": server.replace("127.0.0.1", "localhost")} if name == "entrance" else {}
    page = window(who(cast), path.format(case.protocol), **size, **by_name)
    page.wait_for_load_state("load")
    if name == "case":
        expect(editor(page)).to_be_visible()
    if name == "entrance":
        expect(page.locator("[data-passkey-button]")).to_be_visible()

    assert page.evaluate(JUMPS) == []


def mine(cast: Cast) -> Actor:
    return cast.cliente
