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
        replying.reply(case, f"Faltou a caixa {number}, e ninguém respondeu.", by=agora.customer, at=at)
        replying.reply(case, f"Recebemos a mensagem {number}.", by=agora.agent, at=at, to="customer")
    running.start(case, "Ruptura do pedido", by=agora.agent, at=now)
    return agora, case


def in_sight(page: Page) -> bool:
    """Whether the panel's question can be seen where the page stands now, and nothing lies over it."""
    return bool(
        page.evaluate(
            """() => {
              const at = document.querySelector("#run strong").getBoundingClientRect();
              const [x, y] = [at.x + at.width / 2, at.y + at.height / 2];
              const over = document.elementFromPoint(x, y);
              return at.top >= 0 && at.bottom <= innerHeight && document.querySelector("#run").contains(over);
            }"""
        )
    )


@pytest.mark.parametrize("given", [WIDE, PHONE], ids=["desk", "phone"])
def test_the_panel_is_in_sight_at_the_top_in_the_middle_and_at_the_end(
    long_case: tuple[Retail, Case], window: Window, given: dict[str, Any]
) -> None:
    agora, case = long_case
    page = window(agora.agent, address(case), heard=False, **given)
    assert case.entries.count() >= 100
    expect(page.locator("#run strong").first).to_be_visible()

    for share in (0, 0.3, 0.6, 0.95):
        page.evaluate(
            "share => scrollTo(0, share * (document.querySelector('.case__main').scrollHeight - innerHeight))", share
        )
        page.wait_for_timeout(100)
        if share:
            assert in_sight(page), share
        page.screenshot(path=RESULTS / f"panel-{given['viewport']['width']}-{int(share * 100)}.png")

    page.locator("#run button").first.click(trial=True)
    assert unsound(page) == []
