"""Letters' links on a screen: whose they are, and the button that lets in."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import Window, unsound
from tests.cast import Cast
from tratativa.accounts import signing_in
from tratativa.cases.models import Case

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_a_customer_sees_whose_link_it_is_and_enters_by_the_keyboard(
    cast: Cast, case: Case, window: Window, width: int, theme: str
) -> None:
    secret = signing_in.make_link(cast.buyer, case.pk, at=timezone.now())
    address = reverse("customer_link", args=[secret], query={"next": reverse("my_case", args=[case.protocol])})

    page = window(None, address, heard=False, viewport={"width": width, "height": 800}, color_scheme=theme)

    expect(page.get_by_role("heading", name="Entrar como Joana Prado?")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if folder := os.environ.get("TRATATIVA_PICTURES"):
        page.screenshot(path=Path(folder) / f"link-{width}-{theme}.png")
    assert unsound(page) == []
    page.get_by_role("button", name="Sou eu, entrar").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Cadê meu pedido?").first).to_be_visible()
