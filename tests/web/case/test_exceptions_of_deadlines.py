"""Exceptions of a deadline: the clock runs by the one that held as it started, and says so wherever it is explained."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import MONDAY, Cast, gather, opener, rewrite
from tests.web.conftest import Enter
from tratativa.cases.models import Deadline

GOLD = {"label": "Vendedores ouro", "when": {"seller.tier": "ouro"}, "within": "4 hours"}


def _gold(data: dict[str, Any]) -> None:
    for rule in data["deadlines"]:
        if rule.get("id") == "responder-ao-cliente":
            rule["for"] = [GOLD]


@pytest.fixture
def cast(db: None) -> Cast:
    cast = gather("essencial")
    rewrite(cast.marketplace, _gold, at=MONDAY - timedelta(days=1))
    return cast


@pytest.mark.parametrize(("tier", "hours"), [("ouro", 4), ("prata", 57)])
def test_who_is_excepted_has_another_time(cast: Cast, enter: Enter, tier: str, hours: int) -> None:
    cast.seller.tier = tier
    cast.seller.save()
    cast.order.refresh_from_db()

    case = opener(cast)(reason="Dúvida", at=MONDAY)

    clock = Deadline.objects.get(case=case, rule="responder-ao-cliente")
    assert clock.due_at == MONDAY + timedelta(hours=hours)
    page = enter(cast.ana).get(f"/cases/{case.protocol}/").content.decode()
    assert ("Exceção: Vendedores ouro." in page) is (tier == "ouro")


def test_a_tier_that_comes_later_moves_no_clock(cast: Cast) -> None:
    case = opener(cast)(reason="Dúvida", at=MONDAY)
    before = Deadline.objects.get(case=case, rule="responder-ao-cliente").due_at

    cast.seller.tier = "ouro"
    cast.seller.save()

    assert Deadline.objects.get(case=case, rule="responder-ao-cliente").due_at == before


def test_the_help_tells_the_exceptions(cast: Cast, enter: Enter) -> None:
    page = enter(cast.ana).get("/articles/deadline/responder-ao-cliente").content.decode()

    assert "Vendedores ouro: 4 horas" in page
