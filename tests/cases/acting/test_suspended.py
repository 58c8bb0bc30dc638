"""A seller whose sales are suspended: what it owes it answers, and it begins nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.cast import MONDAY, Cast
from tratativa.accounts.models import Seller
from tratativa.cases.acting import actions, opening, replying
from tratativa.cases.acting.opening import Opening
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case

Opened = Callable[..., Case]


@pytest.fixture
def suspended(cast: Cast) -> Cast:
    Seller.objects.filter(pk=cast.seller.pk).update(suspended_at=MONDAY)
    cast.seller.refresh_from_db()
    cast.order.refresh_from_db()
    return cast


def test_it_answers_when_it_is_its_turn_and_then_waits(suspended: Cast, open_case: Opened) -> None:
    case = open_case()
    to_customer = Message("Chega amanhã.", to="customer", customer_reads=True)

    replying.reply(case, to_customer, by=suspended.ana, at=MONDAY + timedelta(hours=1))

    with pytest.raises(NotAllowed, match="As vendas da loja estão suspensas"):
        replying.reply(case, to_customer, by=suspended.ana, at=MONDAY + timedelta(hours=2))
    with pytest.raises(NotAllowed, match="As vendas da loja estão suspensas"):
        actions.perform(case, "Encerrar atendimento", by=suspended.ana, at=MONDAY + timedelta(hours=2))


def test_what_it_does_for_itself_it_may_do(suspended: Cast, open_case: Opened) -> None:
    case = open_case()
    replying.reply(
        case, Message("Chega amanhã.", to="customer", customer_reads=True), by=suspended.ana,
        at=MONDAY + timedelta(hours=1),
    )  # fmt: skip

    actions.perform(
        case, "Anotar", by=suspended.ana, at=MONDAY + timedelta(hours=2), fields={"texto": "Ver com a loja."}
    )

    assert "Ver com a loja." in [entry.said for entry in case.entries.select_related("words")]


def test_it_opens_no_case(suspended: Cast) -> None:
    new = Opening(order=suspended.order, reason="", message=Message("Olá", to="customer", customer_reads=True))

    with pytest.raises(NotAllowed, match="As vendas da loja estão suspensas"):
        opening.open_case(new, by=suspended.ana, at=MONDAY)
