"""Money moves once: never more than was paid, whatever is clicked, retried or raced."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from tests.cast import MONDAY, Cast, gather
from tratativa.accounts import keys
from tratativa.orders import commands, refunds
from tratativa.orders.models import Command, Order, Payout

pytestmark = pytest.mark.django_db(transaction=True)
PAID = 19_990


@pytest.fixture
def order() -> Iterator[Order]:
    cast: Cast = gather()
    yield cast.order


def refund(order: Order, amount: int | None, key: str) -> bool:
    """Asks for money back on a connection of its own; whether it was accepted."""
    try:
        with transaction.atomic():
            refunds.refund(order, amount, case_id=keys.new(), key=key, at=MONDAY)
    except refunds.ExceedsPaid:
        return False
    finally:
        connections.close_all()
    return True


def test_twenty_parallel_refunds_never_give_back_more_than_was_paid(order: Order) -> None:
    with ThreadPoolExecutor(20) as pool:
        accepted = sum(pool.map(lambda index: refund(order, 3_000, f"k{index}"), range(20)))

    assert accepted == PAID // 3_000
    assert refunds.of(order).given == accepted * 3_000


def test_the_same_key_asked_in_parallel_is_one_refund(order: Order) -> None:
    with ThreadPoolExecutor(10) as pool:
        accepted = list(pool.map(lambda _index: refund(order, 5_000, "the same"), range(10)))

    assert all(accepted)
    assert Command.objects.filter(verb="refund").count() == 1


def test_all_that_is_left_means_what_others_did_not_take(order: Order) -> None:
    refund(order, 5_000, "part")
    refund(order, None, "rest")

    assert refunds.of(order).given == PAID
    assert not refund(order, None, "again")


def test_a_refused_refund_can_be_asked_again_and_a_delivered_one_is_booked_once(order: Order) -> None:
    refund(order, 15_000, "first")
    Command.objects.update(state="refused")
    assert refund(order, 15_000, "second")

    waiting = Command.objects.get(key="second")
    commands.deliver(waiting.pk, at=MONDAY)
    commands.deliver(waiting.pk, at=MONDAY)

    order.refresh_from_db()
    assert order.refunded_cents == 15_000


def give(order: Order, index: int) -> bool:
    """Gives the shortage back on a connection of its own, by another way each time; whether it was accepted."""
    case_id, key = keys.new(), f"way {index}"
    try:
        with transaction.atomic():
            if index % 3 == 0:
                data = {"code": f"V{index}", "expires_at": MONDAY.isoformat()}
                refunds.voucher(order, order.customer, None, case_id=case_id, key=key, at=MONDAY, data=data)
            elif index % 3 == 1:
                refunds.pay_out(order, case_id=case_id, child_id=keys.new(), at=MONDAY)
            else:
                refunds.refund(order, None, case_id=case_id, key=key, at=MONDAY, of_="shortage")
    except refunds.ExceedsPaid:
        return False
    finally:
        connections.close_all()
    return True


@pytest.fixture
def short(order: Order) -> Order:
    """An order that lacks R$ 61,35 of the R$ 199,90 paid."""
    Order.objects.filter(pk=order.pk).update(shortage_cents=6_135)
    order.refresh_from_db()
    return order


def test_a_shortage_is_given_back_once_however_many_ways_are_tried_at_once(short: Order) -> None:
    with ThreadPoolExecutor(18) as pool:
        accepted = sum(pool.map(lambda index: give(short, index), range(18)))

    assert accepted == 1
    assert refunds.of(short).given_of_shortage == 6_135


@pytest.mark.parametrize("way", [0, 1, 2])
def test_what_made_up_for_a_shortage_is_not_refunded_again_with_the_order(short: Order, way: int) -> None:
    give(short, way)

    refund(short, None, "the rest")

    assert Command.objects.get(key="the rest").data["amount_cents"] == PAID - 6_135
    assert refunds.of(short).given == PAID


def test_an_order_paid_back_whole_has_no_shortage_left(short: Order) -> None:
    refund(short, None, "all")

    assert not any(give(short, way) for way in range(3))


def test_what_was_refused_leaves_its_amount_and_may_be_asked_again_under_the_same_key(short: Order) -> None:
    give(short, 0)
    Command.objects.update(state="refused", answered_at=MONDAY)

    assert give(short, 0)

    assert sorted(Command.objects.values_list("key", "state")) == [("way 0", "refused"), ("way 0#1", "asked")]


def test_a_payment_that_was_not_made_leaves_its_amount_and_one_that_was_made_does_not(short: Order) -> None:
    give(short, 1)
    first = Payout.objects.get()

    assert refunds.end(first, "withdrawn", at=MONDAY)
    assert not refunds.end(first, "paid", at=MONDAY)
    assert give(short, 4)
    assert refunds.end(Payout.objects.get(state="asked"), "paid", at=MONDAY)
    assert not give(short, 2)


def test_a_voucher_is_money_given_and_a_withdrawn_payout_is_not(order: Order) -> None:
    order.shortage_cents = 5_000
    order.save()
    case = keys.new()
    data = {"code": "V1", "expires_at": MONDAY.isoformat()}
    with transaction.atomic():
        refunds.voucher(order, order.customer, 2_000, case_id=case, key="v", at=MONDAY, data=data)
        payout = refunds.pay_out(order, case_id=case, child_id=keys.new(), at=MONDAY)
    asked = refunds.of(order)

    assert payout.amount_cents == 3_000  # what the voucher left of the shortage
    assert (asked.given, asked.given_of_shortage, asked.left_of_shortage) == (5_000, 5_000, 0)

    refunds.end(payout, "withdrawn", at=MONDAY)

    left = refunds.of(order)
    assert (left.given, left.left, left.left_of_shortage) == (2_000, PAID - 2_000, 3_000)
