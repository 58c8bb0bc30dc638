"""What the marketplace's systems tell of retailers and orders."""

from datetime import timedelta

import pytest

from tests import retail
from tests.cast import MONDAY
from tests.retail import Retail
from tratativa.accounts.models import Customer, Registration
from tratativa.orders import intake, told
from tratativa.orders.models import Invoice, Line, Milestone, Order, Rupture, Voucher


@pytest.fixture
def cast(db: None) -> Retail:
    return retail.gather()


def test_what_is_told_becomes_rows(cast: Retail) -> None:
    registration = Registration.objects.get(customer=cast.retailer)
    rupture = Rupture.objects.get(order=cast.order)

    assert (registration.credit_limit_cents, registration.credit_used_cents) == (800_000, 250_000)
    assert [step["id"] for step in registration.signup if not step["at"]] == ["token"]
    assert (rupture.bought, rupture.missing, rupture.value_cents) == (10, 2, 1_580)
    assert cast.order.shortage_cents == 1_580
    assert cast.order.invoice == "NF-e 55100021"
    assert Voucher.objects.filter(customer=cast.retailer, kind="cashback").count() == 1


def test_told_twice_it_counts_once(cast: Retail) -> None:
    kinds = (Customer, Registration, Order, Line, Rupture, Invoice, Milestone, Voucher)
    before = [kind.objects.count() for kind in kinds]

    intake.take(cast.marketplace, told.read(retail.tells(MONDAY)), at=MONDAY + timedelta(hours=1))

    assert [kind.objects.count() for kind in kinds] == before


def test_an_order_goes_forward_and_never_back_and_what_arrives_whole_lacks_nothing(cast: Retail) -> None:
    data = retail.tells(MONDAY)
    data["orders"][0] |= {"stage": "paid", "goods": [{"sku": "A1", "title": "Óleo", "quantity": 10, "price": "7.90"}]}

    intake.take(cast.marketplace, told.read(data), at=MONDAY)

    cast.order.refresh_from_db()
    assert (cast.order.stage, cast.order.shortage_cents) == ("invoiced", 0)
    assert not Rupture.objects.filter(order=cast.order).exists()


def test_a_document_about_somebody_unknown_leaves_nothing_behind(cast: Retail) -> None:
    data = retail.tells(MONDAY)
    data["retailers"][0]["name"] = "Outro nome"
    data["orders"][1]["seller"] = "11222333000181"

    with pytest.raises(told.BadDocument, match="100007"):
        intake.take(cast.marketplace, told.read(data), at=MONDAY)

    cast.retailer.refresh_from_db()
    assert cast.retailer.name == "Mercadinho Flor de Maio"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"retailers": [{"document": "123"}]}, "documento"),
        ({"retailers": [{"document": retail.FLOWER, "nome": "x"}]}, "não existe aqui"),
        ({"retailers": [{"document": retail.FLOWER, "credit": {"limit": "muito"}}]}, "o valor como `5000.00`"),
        ({"orders": [{"number": "1"}]}, "falta"),
        ([], "mapa"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(data: object, says: str) -> None:
    with pytest.raises(told.BadDocument, match=says):
        told.read(data)


def test_a_registration_is_blocked_and_unblocked_and_silence_changes_nothing(cast: Retail) -> None:
    seen = []
    for said in ({"blocked_at": MONDAY.isoformat()}, {}, {"blocked_at": None}):
        data = {"retailers": [{"document": retail.FLOWER, **said}]}
        intake.take(cast.marketplace, told.read(data), at=MONDAY)
        seen.append(Registration.objects.get(customer=cast.retailer).blocked_at)

    assert seen == [MONDAY, MONDAY, None]


def test_an_alphanumeric_cnpj_is_taken(cast: Retail) -> None:
    intake.take(cast.marketplace, told.read({"retailers": [{"document": "7k.3qx.20a/0001-68"}]}), at=MONDAY)

    assert Customer.objects.filter(document=retail.SISTERS).exists()
