"""Where people have other documents than Brazil's, no page speaks of CPF or CNPJ, nor writes theirs as one."""

from typing import Any

import pytest

from tests.cast import MONDAY, Cast, answerer, gather, opener, rewrite
from tests.web.conftest import NINE, Enter
from tests.web.settings.test_people import admin
from tratativa.accounts.models import Customer, Seller
from tratativa.cases.models import Case

THEIRS, SHOWN = "36574261809", "36 574 261 809"


@pytest.fixture
def cast(db: None) -> Cast:
    gathered = gather()
    rewrite(gathered.marketplace, _german, at=MONDAY)
    Customer.objects.filter(pk=gathered.buyer.pk).update(document=THEIRS)
    Seller.objects.filter(pk=gathered.seller.pk).update(document=THEIRS)
    gathered.buyer.refresh_from_db()
    gathered.order.refresh_from_db()
    return gathered


def _german(data: dict[str, Any]) -> None:
    data["land"] = {"documents": ["de.idnr", "de.vat"]}


def test_lists_cases_sheets_and_rooms_call_a_document_as_its_people_do(cast: Cast, enter: Enter) -> None:
    case: Case = opener(cast)(at=NINE)
    seller, team, boss = enter(cast.ana), enter(cast.marta), enter(admin(cast))

    pages = {
        "list": seller.get("/cases/?tab=all").text,
        "case": team.get(f"/cases/{case.protocol}/").text,
        "sheet": b"".join(seller.get("/cases/export.csv?tab=all").streaming_content).decode(),  # type: ignore[attr-defined]
        "sellers": boss.get("/settings/sellers/").text,
        "seller": boss.get(f"/settings/sellers/{cast.seller.pk}/").text,
        "report": enter(answerer(cast.marketplace, "correios", "Vera Dias")).get("/partner/report").text,
    }

    assert {name: word for name, page in pages.items() for word in ("CPF", "CNPJ", "365.742") if word in page} == {}
    assert "IDNR ou VAT" in pages["list"] and "IDNR ou VAT" in pages["sheet"]
    assert SHOWN in pages["sellers"] and SHOWN in pages["seller"]
    assert "***1809" in pages["case"] and "***1809" in pages["sheet"]
