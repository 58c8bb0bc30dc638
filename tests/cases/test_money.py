"""Money moves once: never more than was paid, whatever is clicked, retried or raced."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from tests.cast import MONDAY, Cast, gather
from tratativa.accounts import keys
from tratativa.orders import commands
from tratativa.orders.models import Command, Order

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
            commands.refund(order, amount, case_id=keys.new(), key=key, at=MONDAY)
    except commands.ExceedsPaid:
        return False
    finally:
        connections.close_all()
    return True


def test_twenty_parallel_refunds_never_give_back_more_than_was_paid(order: Order) -> None:
    with ThreadPoolExecutor(20) as pool:
        accepted = sum(pool.map(lambda index: refund(order, 3_000, f"k{index}"), range(20)))

    assert accepted == PAID // 3_000
    assert commands.refunded(order) == accepted * 3_000


def test_the_same_key_asked_in_parallel_is_one_refund(order: Order) -> None:
    with ThreadPoolExecutor(10) as pool:
        accepted = list(pool.map(lambda _index: refund(order, 5_000, "the same"), range(10)))

    assert all(accepted)
    assert Command.objects.filter(verb="refund").count() == 1


def test_all_that_is_left_means_what_others_did_not_take(order: Order) -> None:
    refund(order, 5_000, "part")
    refund(order, None, "rest")

    assert commands.refunded(order) == PAID
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
