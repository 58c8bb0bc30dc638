"""What goes back on an order, as team and seller read it on the case: asked, accepted, paid, how and until when."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import MONDAY, Cast, gather, opener
from tests.web.conftest import NINE, Enter
from tratativa.cases.acting import actions
from tratativa.cases.models import Case
from tratativa.orders import commands, refunds
from tratativa.orders.models import Command


@pytest.fixture
def cast(db: None) -> Cast:
    return gather("madeiramadeira")


@pytest.fixture
def cancelled(cast: Cast) -> Case:
    """A paid order of R$ 199,90, cancelled by the seller before it was delivered."""
    cast.order.stage = "invoiced"
    cast.order.save()
    case = opener(cast)(reason="Cancelamento de pedido/produto antes da entrega", words="Desisti.", at=MONDAY)
    return actions.perform(case, "Atender cancelamento", by=cast.ana, at=MONDAY + timedelta(hours=1))


def side(case: Case, page: str) -> str:
    return page[page.index('id="side"') :]


def test_both_sides_see_what_goes_back_how_and_until_when(cast: Cast, cancelled: Case, enter: Enter) -> None:
    for reader in (cast.ana, cast.marta):
        page = side(cancelled, enter(reader).get(f"/cases/{cancelled.protocol}/").content.decode())
        for words in ("Devolução de valores", "R$ 199,90", "pedido", "Pix", "na conta de onde saiu o Pix"):
            assert words in page


def test_it_is_accepted_before_it_is_paid_and_each_step_has_its_hour(cast: Cast, cancelled: Case, enter: Enter) -> None:
    command = Command.objects.get(verb="refund")
    commands.settle(cast.marketplace.pk, command.key, "accepted", at=MONDAY + timedelta(hours=2))
    commands.settle(cast.marketplace.pk, command.key, "confirmed", at=MONDAY + timedelta(hours=30))

    page = side(cancelled, enter(cast.marta).get(f"/cases/{cancelled.protocol}/").content.decode())

    asked, accepted, paid = (page.index(words) for words in ("pedido seg", "aceito seg", "pago ter"))
    assert asked < accepted < paid


def test_what_another_case_of_the_order_gave_back_is_seen_too_and_a_rival_sees_none(
    cast: Cast, cancelled: Case, enter: Enter
) -> None:
    other = opener(cast)(reason="Atraso na entrega", words="E este?", at=MONDAY + timedelta(hours=2))

    page = enter(cast.marta).get(f"/cases/{other.protocol}/").content.decode()

    assert "R$ 199,90" in side(other, page)
    assert enter(cast.rival).get(f"/cases/{other.protocol}/").status_code == 404


def test_a_refusal_says_why(cast: Cast, cancelled: Case, enter: Enter) -> None:
    command = Command.objects.get(verb="refund")
    commands.settle(cast.marketplace.pk, command.key, "refused: conta encerrada", at=NINE + timedelta(hours=2))

    page = side(cancelled, enter(cast.ana).get(f"/cases/{cancelled.protocol}/").content.decode())

    assert "recusado" in page
    assert "conta encerrada" in page
    assert refunds.of(cast.order).given == 0


def test_the_card_costs_one_query_however_much_goes_back(cast: Cast, cancelled: Case, enter: Enter) -> None:
    client = enter(cast.marta)
    client.get(f"/cases/{cancelled.protocol}/")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/cases/{cancelled.protocol}/")
        return len(asked)

    before = cost()
    Command.objects.filter(verb="refund").update(data={"amount_cents": 1000})
    for number in range(8):
        refunds.refund(cast.order, 100, case_id=cancelled.pk, key=f"k{number}", at=MONDAY)

    assert cost() == before
