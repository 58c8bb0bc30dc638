"""A mediator at the keyboard: from the list to a decision and on to the next, and the focus is always seen."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import Window, unsound
from tests.cast import Cast, opener
from tratativa.cases import sweeping
from tratativa.cases.acting import actions
from tratativa.cases.core import protocols
from tratativa.cases.models import Case

pytestmark = pytest.mark.browser
SEEN = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return false;
    const ring = (one) => {
        const style = getComputedStyle(one);
        return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
    };
    const box = at.getBoundingClientRect();
    return (ring(at) || ring(at.closest("label") ?? at)) && box.bottom > 0 && box.top < innerHeight;
}"""


@pytest.fixture
def mediated(cast: Cast) -> Callable[[], Case]:
    """Opens a case whose customer has called the marketplace."""
    later = timezone.now() - timedelta(hours=1)

    def make() -> Case:
        case = opener(cast)(at=later - timedelta(days=2))
        sweeping.sweep(at=later)
        return actions.perform(case, "Falar com a Americanas", by=cast.cliente, at=later)

    return make


def focus_is_seen(page: Page) -> bool:
    """Whether what has the focus shows it: a ring or a shadow, around it or the label it lies in."""
    return bool(page.evaluate(SEEN))


def tab_to(page: Page, name: str) -> None:
    """Tab after Tab until the field of this name has the focus, seen at every stop on the way."""
    for _step in range(12):
        page.keyboard.press("Tab")
        assert focus_is_seen(page), page.evaluate("document.activeElement.outerHTML.slice(0, 300)")
        if page.evaluate("document.activeElement.name") == name:
            return
    pytest.fail(f"no Tab leads to {name}")


def decide(page: Page, key: str) -> None:
    """Fills the form in and sends it, from where the page begins."""
    page.keyboard.press("l")
    expect(page.get_by_role("region", name="Cliente", exact=True)).to_be_focused()
    assert focus_is_seen(page)
    page.keyboard.press("l")
    expect(page.get_by_role("region", name="Lojista", exact=True)).to_be_focused()
    page.keyboard.press("d")
    expect(page.locator("input[name=a-favor-de]").first).to_be_focused()
    assert focus_is_seen(page)
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", name="Cliente")).to_be_checked()
    tab_to(page, "decisao")
    page.keyboard.type("Devolva-se: o prazo passou, d e l.")
    tab_to(page, "checked")
    page.keyboard.press("Space")
    expect(page.get_by_label("Li o que o cliente e o parceiro disseram")).to_be_checked()
    page.keyboard.press(key)


def test_two_mediations_are_decided_without_a_mouse(cast: Cast, mediated: Callable[[], Case], window: Window) -> None:
    first, second = mediated(), mediated()
    page = window(cast.marta, "/mediations/")

    page.keyboard.press("j")
    assert focus_is_seen(page)
    page.keyboard.press("d")
    page.wait_for_url(re.compile("decidir-mediacao"))
    decide(page, "Control+Shift+Enter")

    page.wait_for_url(re.compile(f"{protocols.show(second.protocol)}.*decidir-mediacao"))
    expect(page.get_by_text("Feito: Decidir mediação.")).to_be_visible()
    expect(page.get_by_role("button", name="Decidir e ir à próxima")).to_have_count(0)
    decide(page, "Control+Enter")
    expect(page.get_by_role("log")).to_contain_text("Devolva-se")
    assert [Case.objects.get(pk=one.pk).mediation for one in (first, second)] == ["ruled", "ruled"]


def test_what_is_wrong_has_the_focus_and_the_keys_are_said(
    cast: Cast, mediated: Callable[[], Case], window: Window
) -> None:
    case = mediated()
    page = window(cast.marta, f"/cases/{case.protocol}/")

    page.keyboard.press("d")
    page.wait_for_url(re.compile("decidir-mediacao"))
    page.keyboard.press("d")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.locator("#decide [aria-invalid=true]").first).to_be_focused()
    assert focus_is_seen(page)
    assert unsound(page) == []

    page.keyboard.press("Escape")
    page.keyboard.press("?")
    shortcuts = page.get_by_role("dialog")
    expect(shortcuts).to_contain_text("Na mediação: ler um lado, e o outro")
    expect(shortcuts).to_contain_text("decidir e ir à próxima")
