"""The order system elsewhere: slow, away, deaf or refusing, it acts once on a key and never pays back too much."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections, transaction
from pytest_django import Settings

from tests.cast import MONDAY, Cast, gather, opener
from tratativa.cases import events
from tratativa.cases.acting import actions
from tratativa.cases.models import Case
from tratativa.cases.orders import command_outcomes
from tratativa.cases.reading import timeline
from tratativa.demo import ordersystem
from tratativa.demo.models import Errand
from tratativa.demo.ordersystem import LATER, Mood
from tratativa.orders import commands, refunds
from tratativa.orders.commands import Unknown
from tratativa.orders.models import Command, Order
from tratativa.rulebook.terms.parties import Party

pytestmark = pytest.mark.django_db(transaction=True)
PAID = 19_990


def key_of(mood: Mood, count: int = 1) -> list[str]:
    """Keys the system meets in this mood."""
    found = (f"key-{number}" for number in range(10_000) if ordersystem.drawn(f"key-{number}") is mood)
    return [next(found) for _ in range(count)]


@pytest.fixture
def cast(settings: Settings) -> Iterator[Cast]:
    settings.CONNECTOR = "tratativa.demo.ordersystem:OrderSystem"
    yield gather()


@pytest.fixture
def case(cast: Cast) -> Case:
    return opener(cast)()


def refund(case: Case, amount: int, key: str) -> Command:
    assert case.order
    with transaction.atomic():
        return refunds.refund(case.order, amount, case_id=case.pk, key=key, at=MONDAY)


def answered(case: Case) -> list[str]:
    return [entry.data["state"] for entry in case.entries.filter(event=events.CommandAnswered.name)]


def test_a_prompt_system_confirms_at_once_and_the_timeline_says_so(case: Case) -> None:
    command = refund(case, 5_000, key_of(Mood.PROMPT)[0])

    command_outcomes.deliver(command.pk, at=MONDAY)

    assert answered(case) == ["confirmed"]
    assert Order.objects.get().refunded_cents == 5_000


def test_a_lost_answer_is_asked_about_and_the_money_moved_once(case: Case) -> None:
    command = refund(case, 5_000, key_of(Mood.MUTE)[0])

    with pytest.raises(Unknown):
        command_outcomes.deliver(command.pk, at=MONDAY)
    assert Errand.objects.get().amount_cents == 5_000  # it did act
    assert Command.objects.get().state == "asked"  # and nobody here knows

    command_outcomes.deliver(command.pk, at=MONDAY)

    assert answered(case) == ["confirmed"]
    assert Order.objects.get().refunded_cents == Errand.objects.get().amount_cents == 5_000


def test_a_system_that_was_away_is_asked_again(case: Case) -> None:
    command = refund(case, 5_000, key_of(Mood.AWAY)[0])

    with pytest.raises(Unknown):
        command_outcomes.deliver(command.pk, at=MONDAY)
    assert Errand.objects.get().amount_cents == 0

    command_outcomes.deliver(command.pk, at=MONDAY)

    assert (answered(case), Errand.objects.get().amount_cents) == (["confirmed"], 5_000)


def test_a_slow_system_takes_it_in_and_its_fact_comes_back_later(case: Case) -> None:
    command = refund(case, 5_000, key_of(Mood.SLOW)[0])

    command_outcomes.deliver(command.pk, at=MONDAY)
    assert (Command.objects.get().state, answered(case), Order.objects.get().refunded_cents) == ("accepted", [], 0)

    for _twice in range(2):
        command_outcomes.settle(case.marketplace_id, command.key, "confirmed", at=MONDAY + LATER)

    assert answered(case) == ["confirmed"]
    assert Order.objects.get().refunded_cents == 5_000


def test_an_answer_that_never_came_is_chased(case: Case) -> None:
    command = refund(case, 5_000, key_of(Mood.SLOW)[0])
    command_outcomes.deliver(command.pk, at=MONDAY)

    waiting = list(commands.unanswered(before=MONDAY + timedelta(minutes=1)))
    command_outcomes.deliver(waiting[0], at=MONDAY + timedelta(minutes=20))

    assert waiting == [command.pk]
    assert answered(case) == ["confirmed"]
    assert not list(commands.unanswered(before=MONDAY + timedelta(days=1)))


def test_what_was_delivered_cannot_be_held_and_the_refusal_is_told(case: Case) -> None:
    assert case.order
    command = commands.ask(case.order, "hold_delivery", case_id=case.pk, key=key_of(Mood.PROMPT)[0], at=MONDAY)

    command_outcomes.deliver(command.pk, at=MONDAY)

    case.refresh_from_db()
    assert answered(case) == ["refused"]
    assert case.waiting_on == "marketplace"
    assert not Order.objects.get().held


def test_a_refusal_opens_the_case_again_and_only_team_and_seller_read_why(case: Case, cast: Cast) -> None:
    assert case.order
    actions.perform(case, "Encerrar atendimento", by=cast.marta, at=MONDAY)
    command = commands.ask(case.order, "hold_delivery", case_id=case.pk, key=key_of(Mood.PROMPT)[0], at=MONDAY)

    command_outcomes.deliver(command.pk, at=MONDAY)

    case.refresh_from_db()
    told = {actor.party: [line.words for line in timeline.read(case, actor)] for actor in (cast.ana, cast.cliente)}
    assert (case.is_open, case.waiting_on) == (True, "marketplace")
    assert "o pedido já não está a caminho" in told[Party.SELLER]
    assert "o pedido já não está a caminho" not in told[Party.CUSTOMER]


def test_twenty_clicks_at_once_with_timeouts_and_duplicates_pay_back_what_was_paid_and_no_more(case: Case) -> None:
    """Each of forty intents is asked, and delivered until it is answered, on connections of its own."""
    keys = [key for mood in Mood for key in key_of(mood, 5)] * 2

    def press(key: str) -> None:
        try:
            with_patience(lambda: refund(case, 3_000, key))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(press, keys))

    order = Order.objects.get()
    paid_back = sum(Errand.objects.values_list("amount_cents", flat=True))
    assert order.refunded_cents == paid_back == PAID // 3_000 * 3_000
    assert Command.objects.filter(state="confirmed").count() == len(answered(case)) == PAID // 3_000
    assert not Command.objects.filter(answered_at=None).exists()


def with_patience(ask: Callable[[], Command]) -> None:
    """Asks, and delivers as a worker would: again and again until somebody knows."""
    try:
        command = ask()
    except refunds.ExceedsPaid:
        return
    for tries in range(5):
        try:
            command_outcomes.deliver(command.pk, at=MONDAY + tries * LATER)
        except Unknown:
            continue
        if Command.objects.get(pk=command.pk).answered_at:
            return
    raise AssertionError("nobody ever knew")


def test_every_mood_is_met_by_some_key() -> None:
    assert {ordersystem.drawn(f"key-{number}") for number in range(200)} == set(Mood)


def test_a_connector_nobody_installed_is_an_error_that_names_the_setting(case: Case, settings: Settings) -> None:
    settings.CONNECTOR = "nowhere"
    command = refund(case, 5_000, "k")

    with pytest.raises(LookupError, match="TRATATIVA_CONNECTOR"):
        command_outcomes.deliver(command.pk, at=MONDAY)
