"""The audit log in a browser: both themes, the telephone, long values, and by keyboard alone."""

import pytest
from django.utils.translation import gettext_lazy
from playwright.sync_api import expect

from tests.browser.conftest import Window, unsound
from tests.browser.test_looks import RESULTS
from tests.cast import Cast
from tratativa.accounts import audit
from tratativa.accounts.audit import registry
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.audit.registry import Told
from tratativa.accounts.models import Person
from tratativa.web.settings.audit import EXPORTED

pytestmark = pytest.mark.browser


@pytest.fixture
def lines(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A short change, a long one, a command's, and one that says nothing but that it was done."""
    monkeypatch.setitem(registry.REGISTRY, "test.box", Told("test.box", gettext_lazy("Mudou a caixa"), {}))
    chefe = Person.objects.get(pk=cast.chefe.person_id)
    long = "https://sac.lojacasaaurora.example/" + "muito-longo-" * 20
    for given in (
        {"what": EXPORTED, "who": chefe, "whence": "203.0.113.9"},
        {"what": "test.box", "who": chefe, "whence": "2001:db8:85a3:8d3:1319:8a2e:370:7348", "about": long,
         "before": {"host": long, "active": True}, "after": {"host": long[::-1], "active": False, "day": None}},
        {"what": "test.box", "by_command": "seller add", "after": {"name": "Casa Aurora"}},
    ):  # fmt: skip
        audit.record(cast.marketplace, organisation=cast.seller, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_log_is_accessible_and_fits(theme: str, cast: Cast, lines: None, window: Window) -> None:
    RESULTS.mkdir(exist_ok=True)
    page = window(cast.chefe, "/settings/audit/", color_scheme=theme, heard=False)

    found = unsound(page)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=RESULTS / f"settings-audit-{theme}-{width}.png", full_page=True)

    assert found == []


def test_an_empty_log_and_a_wrong_day_fit_too(cast: Cast, window: Window) -> None:
    page = window(cast.chefe, "/settings/audit/", heard=False)
    found = unsound(page)

    page.goto("/settings/audit/?what=nada")

    assert found + unsound(page) == []


def test_somebody_narrows_the_log_and_takes_it_along_by_keyboard(cast: Cast, lines: None, window: Window) -> None:
    page = window(cast.chefe, "/", heard=False)
    page.keyboard.press("g")
    page.keyboard.press("u")
    page.get_by_role("link", name="Registro de auditoria").press("Enter")
    expect(page.get_by_role("heading", name="Registro de auditoria")).to_be_visible()

    page.get_by_label("O quê").select_option(label="Exportou o registro de auditoria")
    page.get_by_role("button", name="Filtrar").press("Enter")

    expect(page.locator("tbody tr")).to_have_count(1)
    with page.expect_download() as file:
        page.get_by_role("link", name="Exportar").press("Enter")
    assert file.value.suggested_filename == "registro-de-auditoria.csv"
    assert AuditLine.objects.filter(what=EXPORTED).count() == 2
