"""Lines of an order in a form: drawn as boxes, read as chosen, given back each once, numbers within their bounds."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import MONDAY, Cast, gather, opener, rewrite
from tests.web.conftest import Enter
from tratativa.cases.models import Case
from tratativa.orders.models import Command, Line


def _by_line(data: dict[str, Any]) -> None:
    data["actions"].append(
        {
            "id": "por-item", "label": "Devolver itens", "by": "seller",
            "fields": [
                {"label": "Itens", "type": "lines"},
                {"label": "Peças", "type": "number", "least": 1, "most": 9},
            ],
            "do": [{"refund": {"lines": "Itens"}}],
        }
    )  # fmt: skip


@pytest.fixture
def cast(db: None) -> Cast:
    cast = gather("essencial")
    rewrite(cast.marketplace, _by_line, at=MONDAY - timedelta(days=1))
    return cast


@pytest.fixture
def lines(cast: Cast) -> list[Line]:
    sold = (("Mesa", 1, 10_000), ("Cadeira", 2, 4_000))
    return [
        Line.objects.create(order=cast.order, sku=title, title=title, quantity=count, price_cents=price)
        for title, count, price in sold
    ]


@pytest.fixture
def case(cast: Cast) -> Case:
    return opener(cast)(reason="Produto com defeito", at=MONDAY)


def test_the_lines_of_the_order_are_drawn_to_choose_from(
    cast: Cast, case: Case, lines: list[Line], enter: Enter
) -> None:
    page = enter(cast.ana).get(f"/cases/{case.protocol}/actions/por-item").content.decode()

    assert page.count('type="checkbox"') >= 2
    assert "Mesa" in page and "2 × Cadeira" in page
    assert f'value="{lines[0].pk}"' in page


def test_what_is_chosen_goes_back_once(cast: Cast, case: Case, lines: list[Line], enter: Enter) -> None:
    client, address = enter(cast.ana), f"/cases/{case.protocol}/actions/por-item"

    first = client.post(address, {"itens": [str(lines[1].pk)], "pecas": "2", "seen": case.row_version})
    case.refresh_from_db()
    again = client.post(address, {"itens": [str(lines[1].pk)], "pecas": "2", "seen": case.row_version})

    assert first.status_code == 302
    assert Command.objects.get(verb="refund").data["amount_cents"] == 8_000
    assert "2 × Cadeira" in again.content.decode()
    assert again.status_code in {409, 422}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"itens": [], "pecas": "2"}, "Escolha ao menos um item"),
        ({"itens": ["01a20862-0000-7000-8000-000000000000"], "pecas": "2"}, "itens deste pedido"),
        ({"pecas": "10"}, "no máximo 9"),
        ({"pecas": "duas"}, "um número inteiro"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    cast: Cast, case: Case, lines: list[Line], enter: Enter, given: dict[str, Any], told: str
) -> None:
    filled = {"itens": [str(lines[0].pk)], "seen": case.row_version} | given

    answer = enter(cast.ana).post(f"/cases/{case.protocol}/actions/por-item", filled)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Command.objects.exists()
