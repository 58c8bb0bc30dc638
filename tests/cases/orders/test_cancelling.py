"""A paid order that is cancelled: its money goes back once the cancellation is confirmed, and not if it is refused."""

from datetime import timedelta

import pytest
from django.utils import translation
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.cast import MONDAY, Cast, gather, opener
from tratativa.cases.acting import actions
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.models import Case, Entry
from tratativa.cases.orders import command_outcomes
from tratativa.orders import commands, refunds
from tratativa.orders.models import Command, Order
from tratativa.web.timeline import lines

NINE = MONDAY + timedelta(hours=1)
LATER = NINE + timedelta(hours=2)
PAID = 19_990


@pytest.fixture
def cast(db: None) -> Cast:
    return gather("madeiramadeira")


@pytest.fixture
def case(cast: Cast) -> Case:
    """The seller granted the cancellation of a paid order; nothing of it was delivered to the order's system yet."""
    Order.objects.filter(pk=cast.order.pk).update(stage="invoiced")
    cast.order.refresh_from_db()
    opened = opener(cast)(reason="Cancelamento de pedido/produto antes da entrega", words="Desisti.", at=MONDAY)
    return actions.perform(opened, "Atender cancelamento", by=cast.ana, at=NINE)


def command(verb: str) -> Command:
    return Command.objects.get(verb=verb)


def settle(verb: str, outcome: str) -> None:
    one = command(verb)
    command_outcomes.settle(one.marketplace_id, one.key, outcome, at=LATER)


def test_the_refund_waits_for_the_cancellation_whoever_asks_about_it(case: Case) -> None:
    command_outcomes.deliver(command("refund").pk, at=NINE)

    assert (command("refund").state, command("refund").answered_at) == ("asked", None)
    assert command("refund").pk not in list(commands.unanswered(before=LATER))
    assert command("cancel_order").pk in list(commands.unanswered(before=LATER))


def test_a_confirmed_cancellation_sends_the_refund_on_its_way(case: Case) -> None:
    settle("cancel_order", "confirmed")

    queued = ProcrastinateJob.objects.filter(
        task_name="cases.deliver_command", args__command_id=str(command("refund").pk)
    )
    assert queued.count() == 2  # the one tried when it was asked, and the one that now goes out
    assert command("refund").pk in list(commands.unanswered(before=LATER))
    command_outcomes.deliver(command("refund").pk, at=LATER)
    assert command("refund").state == "confirmed"
    assert Order.objects.get().refunded_cents == PAID


def test_a_refused_cancellation_takes_the_refund_with_it_and_the_marketplace_reads_both(case: Case, cast: Cast) -> None:
    settle("cancel_order", "refused: o pedido já saiu para entrega")
    command_outcomes.deliver(command("refund").pk, at=LATER)

    assert (command("refund").state, command("refund").answer) == ("refused", "o cancelamento do pedido foi recusado")
    told = Entry.objects.filter(case=case, event="command.answered").values_list("data__verb", "data__state")
    assert set(told) == {("cancel_order", "refused"), ("refund", "refused")}
    assert refunds.of(cast.order).left == PAID
    assert Case.objects.get().waiting_on == "marketplace"


def test_why_the_desk_refused_is_read_in_the_readers_language_and_what_others_said_as_they_said_it(
    case: Case, cast: Cast
) -> None:
    settle("cancel_order", "refused: o pedido já saiu para entrega")
    command_outcomes.deliver(command("refund").pk, at=LATER)

    with translation.override("en"):
        said = [line.words for line in lines.draw(Case.objects.get(), cast.marta) if line.event == "command.answered"]

    assert said == ["o pedido já saiu para entrega", "the cancellation of the order was refused"]


def test_what_is_given_back_for_another_reason_does_not_wait_for_the_cancellation(case: Case, cast: Cast) -> None:
    settle("refund", "refused: conta encerrada")
    other = opener(cast)(reason="Atraso na entrega", words="E o frete?", at=LATER)

    fields = {"quanto": "amount", "valor": "20,00"}
    actions.perform(other, "Devolver dinheiro ao cliente", fields=fields, by=cast.marta, at=LATER)

    part = Command.objects.get(verb="refund", case_id=other.pk)
    assert part.once is None
    assert command("cancel_order").answered_at is None


def test_a_refused_cancellation_keeps_the_refund_while_another_case_cancels_the_order(case: Case, cast: Cast) -> None:
    other = opener(cast)(reason="Cancelamento de pedido/produto antes da entrega", words="E então?", at=NINE)
    actions.perform(other, "Atender cancelamento", by=cast.ana, at=LATER)
    first, second = Command.objects.filter(verb="cancel_order").order_by("asked_at")

    answers_of(first, "refused: em separação")
    answers_of(second, "confirmed")
    command_outcomes.deliver(command("refund").pk, at=LATER)

    assert command("refund").state == "confirmed"
    assert Order.objects.get().refunded_cents == PAID


def answers_of(one: Command, outcome: str) -> None:
    command_outcomes.settle(one.marketplace_id, one.key, outcome, at=LATER)
    command_outcomes.deliver(command("refund").pk, at=LATER)


def test_all_that_is_left_of_nothing_is_refused_where_somebody_chose_it(case: Case, cast: Cast) -> None:
    other = opener(cast)(reason="Atraso na entrega", words="E o frete?", at=LATER)

    with pytest.raises(NotAllowed, match="restam R"):
        actions.perform(other, "Devolver dinheiro ao cliente", fields={"quanto": "full"}, by=cast.marta, at=LATER)
