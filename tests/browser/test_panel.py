"""The procedure's panel stays in sight however long the case is, on a desk and on a telephone (issue 12, point 28)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import retail
from tests.browser.conftest import PHONE, Window, unsound
from tests.browser.test_retail_procedures import RESULTS, address
from tests.retail import Retail
from tratativa.cases.acting import replying
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.playbooks import running

pytestmark = pytest.mark.browser
WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}


@pytest.fixture
def long_case(transactional_db: None, server: str) -> tuple[Retail, Case]:
    """A case of a hundred entries whose procedure waits for the agent's answer."""
    now = timezone.now()
    agora = retail.gather(at=now)
    case = agora.case(at=now)
    for number in range(50):
        at = now + timedelta(seconds=number)
        replying.reply(case, Message(f"Faltou a caixa {number}, e ninguém respondeu."), by=agora.customer, at=at)
        replying.reply(case, Message(f"Recebemos a mensagem {number}.", to="customer"), by=agora.agent, at=at)
    running.start(case, "Ruptura do pedido", by=agora.agent, at=now)
    return agora, case


def in_sight(page: Page, words: str) -> bool:
    """Whether these words of the panel can be seen where the page stands now, and nothing lies over them."""
    return bool(
        page.evaluate(
            """words => {
              const at = document.querySelector(words).getBoundingClientRect();
              const [x, y] = [at.x + at.width / 2, at.y + at.height / 2];
              const over = document.elementFromPoint(x, y);
              return at.top >= 0 && at.bottom <= innerHeight && document.querySelector("#run").contains(over);
            }""",
            words,
        )
    )


def scrolls(page: Page, share: float) -> None:
    """Scrolls so far down the whole page, and lets the page follow."""
    page.evaluate(
        """share => new Promise(done => {
          scrollTo({top: share * (document.documentElement.scrollHeight - innerHeight), behavior: "instant"});
          requestAnimationFrame(() => requestAnimationFrame(done));
        })""",
        share,
    )


def uncovered(page: Page, what: str) -> bool:
    """Whether this, brought into view, ends above the bar."""
    return bool(
        page.evaluate(
            """what => {
              const one = [...document.querySelectorAll(what)].at(-1);
              one.scrollIntoView({block: "end", behavior: "instant"});
              const bar = document.querySelector(".run__bar").getBoundingClientRect();
              return one.getBoundingClientRect().bottom <= bar.top;
            }""",
            what,
        )
    )


def test_on_a_desk_the_panel_is_in_sight_along_the_conversation(long_case: tuple[Retail, Case], window: Window) -> None:
    agora, case = long_case
    page = window(agora.agent, address(case), heard=False, **WIDE)
    assert case.entries.count() >= 100
    expect(page.locator("#run strong").first).to_be_visible()
    expect(page.locator(".run__bar")).to_be_hidden()

    for share in (0.3, 0.6, 0.95):
        scrolls(page, share)
        assert in_sight(page, "#run strong"), share
        page.screenshot(path=RESULTS / f"panel-1280-{int(share * 100)}.png")

    page.locator("#run .run__answers button").first.click(trial=True)
    assert unsound(page) == []


@pytest.mark.parametrize("height", [844, 500])
def test_on_a_telephone_the_step_is_docked_and_covers_nothing(
    long_case: tuple[Retail, Case], window: Window, height: int
) -> None:
    agora, case = long_case
    page = window(agora.agent, address(case), heard=False, **{**PHONE, "viewport": {"width": 390, "height": height}})
    bar = page.get_by_role("button", name="Ruptura do pedido O cliente entrou em contato?")
    expect(bar).to_be_visible()

    for share in (0, 0.3, 0.6, 1):
        scrolls(page, share)
        assert in_sight(page, ".run__question"), share
    for what in ("#timeline > [id]", ".composer", ".composer__foot .button--main", ".case__column > *"):
        assert uncovered(page, what), what

    page.locator("[data-composer] [contenteditable]").focus()
    page.keyboard.type("Bom dia! ")
    assert in_sight(page, ".run__question")
    page.screenshot(path=RESULTS / f"panel-390-{height}-typing.png")


def test_one_tap_opens_the_answers_and_the_next_step_is_open(long_case: tuple[Retail, Case], window: Window) -> None:
    agora, case = long_case
    page = window(agora.agent, address(case), heard=False, **PHONE)
    sheet = page.get_by_role("region", name="Roteiro", exact=True)
    expect(sheet).to_be_hidden()

    page.locator(".run__bar").tap()
    expect(sheet.get_by_role("button", name="Não")).to_be_in_viewport(ratio=1)
    small = page.evaluate(
        """[...document.querySelectorAll("#run-sheet :is(button, a, summary, label:has(input))")]
          .filter(one => one.checkVisibility()).map(one => one.getBoundingClientRect())
          .filter(at => Math.round(at.height) < 44).length"""
    )
    page.screenshot(path=RESULTS / "panel-390-open.png")
    assert small == 0
    with page.expect_navigation():
        sheet.get_by_role("button", name="Não").tap()

    expect(sheet.get_by_role("button", name="Não atendeu")).to_be_in_viewport(ratio=1)
    sheet.get_by_role("button", name="Recolher o roteiro").tap()
    expect(sheet).to_be_hidden()
    expect(page.get_by_role("button", name="Ruptura do pedido Ligar até 3 vezes")).to_be_visible()
    page.screenshot(path=RESULTS / "panel-390-next.png")


def test_what_was_refused_is_read_on_the_sheet_where_it_was_asked_for(
    long_case: tuple[Retail, Case], window: Window
) -> None:
    agora, case = long_case
    running.choose(case, "Não", by=agora.agent, at=timezone.now())
    page = window(agora.agent, f"{address(case)}#run", heard=False, **PHONE)
    sheet = page.get_by_role("region", name="Roteiro", exact=True)

    for _try in range(2):  # whatever the day and hour, the second call is too soon
        with page.expect_navigation():
            sheet.get_by_role("button", name="Não atendeu").tap()

    expect(sheet.get_by_role("status").filter(has_text="Próximo horário:")).to_be_in_viewport(ratio=1)


def test_on_a_narrow_page_the_keyboard_opens_answers_and_folds(long_case: tuple[Retail, Case], window: Window) -> None:
    agora, case = long_case
    page = window(agora.agent, address(case), heard=False, viewport={"width": 390, "height": 500})
    sheet = page.get_by_role("region", name="Roteiro", exact=True)

    page.locator(".run__bar").focus()
    page.keyboard.press("Enter")
    expect(sheet).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(page.locator(".run__bar")).to_be_focused()

    page.keyboard.press("2")  # what cannot be read is not answered yet
    expect(sheet).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("2")
    expect(sheet).to_be_focused()
    expect(page.locator(".run__question")).to_have_text("Ligar até 3 vezes")
    assert unsound(page) == []  # a wide page folds the sheet
    expect(page.locator("#run strong")).to_be_in_viewport()


def test_news_leave_an_open_sheet_open_and_change_its_step(long_case: tuple[Retail, Case], window: Window) -> None:
    agora, case = long_case
    page = window(agora.agent, address(case), heard=False, **PHONE)
    sheet = page.get_by_role("region", name="Roteiro", exact=True)
    page.locator(".run__bar").tap()
    sheet.locator("summary", has_text="Ver o roteiro inteiro").tap()
    now = timezone.now()

    replying.reply(case, Message("Ainda estou esperando."), by=agora.customer, at=now)
    expect(page.get_by_text("Ainda estou esperando.")).to_be_attached()
    expect(sheet.get_by_role("region", name="Desenho do roteiro")).to_be_visible()
    running.choose(case, "Não", by=agora.agent, at=now)

    expect(sheet.get_by_role("button", name="Não atendeu")).to_be_visible()


def test_without_a_script_a_tap_opens_it_all_the_same(long_case: tuple[Retail, Case], window: Window) -> None:
    agora, case = long_case
    page = window(agora.agent, address(case), heard=False, java_script_enabled=False, **PHONE)

    page.locator(".run__bar").tap()
    with page.expect_navigation():
        page.get_by_role("button", name="Não", exact=True).tap()

    expect(page.locator(".run__question")).to_have_text("Ligar até 3 vezes")
