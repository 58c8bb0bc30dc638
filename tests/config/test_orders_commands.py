"""`tratativa orders take`: retailers and orders from a file, all of it or nothing."""

import json
from pathlib import Path

import pytest

from tests import retail
from tests.cast import MONDAY
from tests.retail import Retail
from tratativa.accounts.models import Customer
from tratativa.cli import main
from tratativa.orders.models import Order


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Retail:
    monkeypatch.setenv("TRATATIVA_DATA", str(tmp_path))
    monkeypatch.setenv("TRATATIVA_SECRET_KEY", "a-secret")
    return retail.gather()


def take(tmp_path: Path, data: object, marketplace: str = "compra-agora") -> int:
    """The exit status of taking this document in."""
    file = tmp_path / "pedidos.json"
    file.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return main.run(["orders", "take", str(file), "--marketplace", marketplace, "--data", str(tmp_path)])


def test_a_file_is_taken_in(cast: Retail, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = retail.tells(MONDAY)
    data["orders"][0]["number"] = "100500"

    assert take(tmp_path, data) == 0

    assert "2 cadastros e 2 pedidos" in capsys.readouterr().out
    assert Order.objects.filter(number="100500").exists()


def test_an_order_with_prices_and_no_total_is_named_until_the_total_is_told(
    cast: Retail, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = retail.tells(MONDAY)
    (told,) = data["orders"] = data["orders"][:1]
    told.pop("total", None)
    told["number"], told["goods"] = "100501", [{"sku": "A1", "title": "Óleo de soja", "quantity": 10, "price": "7.90"}]

    assert take(tmp_path, data) == 0
    without = capsys.readouterr().err
    told["total"] = "79.00"
    assert take(tmp_path, data) == 0

    assert "Sem `total`" in without and "100501." in without
    assert "total" not in capsys.readouterr().err
    assert Order.objects.get(number="100501").total_cents == 7_900


@pytest.mark.parametrize(
    ("data", "marketplace", "says"),
    [
        ("{", "compra-agora", "Não é um JSON"),
        ({"retailers": [{"document": retail.SISTERS, "nome": "x"}]}, "compra-agora", "retailers.0.nome"),
        ({"retailers": []}, "nenhum", "Não há marketplace"),
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_is(
    cast: Retail, tmp_path: Path, capsys: pytest.CaptureFixture[str], data: object, marketplace: str, says: str
) -> None:
    before = Customer.objects.count()

    assert take(tmp_path, data, marketplace) == 1

    assert says in capsys.readouterr().err
    assert Customer.objects.count() == before
