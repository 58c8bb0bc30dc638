"""The customer reads on a telephone what was decided (issue 12, point 32)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Window, unsound
from tests.browser.test_retail_procedures import RESULTS
from tests.cast import Cast
from tratativa.cases import sweeping
from tratativa.cases.acting import actions
from tratativa.cases.models import Case

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("light", ["light", "dark"])
def test_what_was_decided_stands_in_green_on_a_telephone(cast: Cast, case: Case, window: Window, light: str) -> None:
    late = timezone.now() + timedelta(days=1, minutes=1)
    sweeping.sweep(at=late)
    actions.perform(case, "Falar com a Americanas", by=cast.cliente, at=late)
    page = window(cast.cliente, f"/my/cases/{case.protocol}/", heard=False, color_scheme=light, **PHONE)
    expect(page.get_by_text("Americanas está decidindo este caso.")).to_be_visible()

    fields = {"a-favor-de": "customer", "reembolso": "full", "decisao": "O pedido não chegou; devolvemos tudo."}
    checked = ["Li o que o cliente e o parceiro disseram"]
    actions.perform(case, "Decidir mediação", by=cast.marta, at=late, fields=fields, checked=checked)

    decided = page.get_by_role("region", name="O que foi decidido")
    expect(decided).to_contain_text("Decidido a seu favor")  # without reload
    expect(decided).to_contain_text("R$ 199,90")
    page.screenshot(path=RESULTS / f"decided-{light}-390.png", full_page=True)
    assert unsound(page) == []
