"""Cancelling and changing one's mind: one tap, on record at once, with its receipt; by telephone just the same."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from tests.cast import MONDAY, Cast, gather, sign_in
from tests.web.conftest import NINE, Enter
from tratativa.cases import events
from tratativa.cases.acting import opening
from tratativa.cases.acting.opening import Opening
from tratativa.cases.core import audience, protocols
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, FollowUp
from tratativa.cases.orders import command_outcomes
from tratativa.mail.models import Letter
from tratativa.mail.outgoing import sending
from tratativa.orders.models import Command, Order
from tratativa.rulebook import reading, shipped
from tratativa.rulebook.language.withdrawing import Withdrawal

Open = Callable[..., Case]


@pytest.fixture
def page(cast: Cast, enter: Enter) -> Client:
    return enter(cast.cliente)


def stage(cast: Cast, name: str, *, delivered_days_ago: int | None = None) -> str:
    """The order stands so, when a test begins; the address of the one tap."""
    received = NINE - timedelta(days=delivered_days_ago) if delivered_days_ago is not None else None
    Order.objects.filter(pk=cast.order.pk).update(stage=name, delivered_at=received)
    cast.order.refresh_from_db()
    return f"/my/orders/{cast.order.number}/withdraw"


def withdrawn(case: Case) -> list[bool]:
    return [entry.data["arrived"] for entry in case.entries.filter(event=events.Withdrawn.name)]


@pytest.mark.parametrize(
    ("name", "days", "button", "reason", "arrived"),
    [
        ("paid", None, "Cancelar a compra", "cancelamento", False),
        ("shipped", None, "Cancelar a compra", "cancelamento", False),
        ("delivered", 0, "Desistir da compra", "devolucao", True),
        ("delivered", 7, "Desistir da compra", "devolucao", True),
    ],
)
def test_one_tap_opens_the_case_says_when_and_sends_the_receipt(
    name: str, days: int | None, button: str, reason: str, arrived: bool, cast: Cast, page: Client
) -> None:
    address = stage(cast, name, delivered_days_ago=days)

    assert button in page.get("/my/").text
    asked = page.get(address)
    done = page.post(address, follow=True)

    case = Case.objects.get()
    shown = protocols.show(case.protocol)
    assert "CDC, art. 49" in asked.text
    assert "Pago neste pedido, e ainda não devolvido: <strong>R$ 199,90</strong>." in asked.text
    assert (case.reason, withdrawn(case)) == (reason, [arrived])
    assert f"Recebido em 23/11/2026 09:30: vale desde já. Guarde o protocolo {shown}." in done.text
    letter = Letter.objects.get(party="customer")
    assert letter.kind == events.Withdrawn.name
    assert not Command.objects.exists()  # no system is connected: somebody of the team tells the issuer
    assert FollowUp.objects.get().text == "Avise a administradora do pagamento: o cliente desistiu do pedido 1001."


def test_the_receipt_says_order_protocol_and_moment(cast: Cast, page: Client, mailoutbox: list[EmailMessage]) -> None:
    page.post(stage(cast, "paid"))
    case = Case.objects.get()

    sending.send(Letter.objects.get(party="customer").pk, at=NINE)

    written = mailoutbox[0]
    assert written.subject == f"Comprovante: pedido 1001 · {protocols.show(case.protocol)}"
    assert "Recebemos em 23/11/2026 09:30" in str(written.body)
    assert "vale desde esse momento" in str(written.body)


@pytest.mark.parametrize(
    ("name", "days", "said"),
    [
        ("cancelled", None, "O pedido 1001 já foi cancelado."),
        ("delivered", 12, "O prazo para desistir do pedido 1001 acabou em 18/11/2026 23:59"),
    ],
)
def test_where_it_is_too_late_or_done_no_button_offers_it_and_an_old_page_is_told_why(
    name: str, days: int | None, said: str, cast: Cast, page: Client
) -> None:
    address = stage(cast, name, delivered_days_ago=days)

    assert "/withdraw" not in page.get("/my/").text
    assert said in page.get(address, follow=True).text
    assert said in page.post(address, follow=True).text
    assert not Case.objects.exists()


def test_two_taps_are_one_case_and_one_word_to_the_issuer(cast: Cast, page: Client) -> None:
    address = stage(cast, "paid")
    once = page.get(address).text.split('name="once" value="')[1].split('"')[0]

    for _tap in range(2):
        page.post(address, {"once": once})

    assert Case.objects.count() == 1
    assert FollowUp.objects.count() == 1


def test_a_connected_system_is_asked_once_and_the_customer_reads_nothing_of_it(
    cast: Cast, page: Client, settings: Settings
) -> None:
    settings.CONNECTOR = "tratativa.demo.ordersystem:OrderSystem"

    done = page.post(stage(cast, "paid"), follow=True)
    command_outcomes.settle(cast.marketplace.pk, Command.objects.get().key, "confirmed", at=NINE)

    assert [one.verb for one in Command.objects.all()] == ["tell_issuer"]
    assert not FollowUp.objects.exists()
    again = page.get(done.redirect_chain[-1][0])
    assert "administradora" not in again.text
    told = Case.objects.get().entries.filter(event=events.CommandAnswered.name)
    assert [entry.audience for entry in told] == [audience.TEAM_AND_SELLER]


def test_nobody_withdraws_twice_from_one_order(cast: Cast, page: Client) -> None:
    address = stage(cast, "delivered", delivered_days_ago=1)
    page.post(address)

    again = page.post(address)
    opening.open_case(
        Opening(cast.order, reason="Devolução", message=Message("Já disse que desisti.")), by=cast.cliente, at=NINE
    )

    assert again.headers["Location"].startswith("/my/cases/")
    assert "/withdraw" not in page.get("/my/").text
    assert sorted(withdrawn(case) for case in Case.objects.all()) == [[], [True]]
    assert FollowUp.objects.count() == 1


def test_who_comes_back_to_the_page_after_cancelling_is_led_to_the_receipt(cast: Cast, page: Client) -> None:
    address = stage(cast, "paid")
    page.post(address)
    Order.objects.filter(pk=cast.order.pk).update(stage="cancelled")

    again = page.get(address)

    assert again["Location"] == f"/my/cases/{protocols.show(Case.objects.get().protocol)}/"


def test_the_seller_is_told_that_it_holds_and_is_not_refused(
    cast: Cast, page: Client, mailoutbox: list[EmailMessage]
) -> None:
    page.post(stage(cast, "delivered", delivered_days_ago=1))

    sending.send(Letter.objects.filter(party="seller").latest("id").pk, at=NINE)

    assert mailoutbox[0].subject.startswith("O cliente desistiu: pedido 1001")
    assert "não se recusa (CDC, art. 49" in str(mailoutbox[0].body)


def test_what_the_customer_adds_is_what_the_seller_reads(cast: Cast, page: Client) -> None:
    page.post(stage(cast, "delivered", delivered_days_ago=1), {"text": "Ficou pequeno."})

    posted = Case.objects.get().entries.get(event=events.Posted.name)
    assert posted.said == "Ficou pequeno."


def test_by_telephone_it_stands_on_record_from_the_same_moment(cast: Cast) -> None:
    stage(cast, "paid")
    heard = Message("Quero cancelar.", to="customer", customer_reads=True)

    case = opening.open_case(
        Opening(cast.order, reason="Cancelamento", message=heard, channel="phone"), by=cast.marta, at=MONDAY
    )

    entry = case.entries.get(event=events.Withdrawn.name)
    assert (entry.at, entry.party) == (MONDAY, "customer")


def test_another_reason_or_another_s_word_withdraws_nothing(cast: Cast, open_case: Open) -> None:
    stage(cast, "paid")

    asked = open_case(reason="Atraso na entrega")
    told = open_case(reason="Cancelamento", by=cast.marta, to="seller", words="O cliente quer?")

    assert (withdrawn(asked), withdrawn(told)) == ([], [])


def test_where_the_rulebook_lets_the_customer_cancel_alone_the_order_is_cancelled_at_once(
    db: None, enter: Enter
) -> None:
    cast = gather("essencial")
    Order.objects.filter(pk=cast.order.pk).update(stage="paid", delivered_at=None)

    sign_in(cast.cliente).post("/my/orders/1001/withdraw")

    case = Case.objects.get()
    assert not case.is_open
    assert {one.verb for one in Command.objects.all()} == {"cancel_order", "refund"}
    assert set(case.deadlines.values_list("rule", "state")) >= {("responder-a-demanda", "met")}
    assert not case.deadlines.filter(state="running").exists()
    assert case.due_at is None


def test_no_stranger_withdraws_from_anothers_order(cast: Cast, enter: Enter) -> None:
    address = stage(cast, "paid")

    assert enter(cast.vizinho).post(address).status_code == 404
    assert not Case.objects.exists()


def test_pages_and_letters_name_the_seller_with_registration_and_address(cast: Cast, page: Client) -> None:
    cast.seller.address = "Rua das Flores, 10 – São Paulo – SP"
    cast.seller.save()
    address = stage(cast, "paid")
    whole = "Casa Aurora · CNPJ 11.222.333/0001-81 · Rua das Flores, 10 – São Paulo – SP"

    assert whole in page.get(address).text
    assert whole in page.get(f"/my/orders/{cast.order.number}/open").text
    assert whole in page.post(address, follow=True).text


def test_an_order_that_arrived_meanwhile_is_said_before_anything_happens(cast: Cast, page: Client) -> None:
    stage(cast, "delivered", delivered_days_ago=0)

    answer = page.post("/my/orders/1001/withdraw", {"arrived": "no"})

    assert answer.status_code == 409
    assert "Desistir da compra" in answer.text
    assert not Case.objects.exists()


def test_the_last_moment_of_the_last_day_is_in_time_and_the_next_is_not() -> None:
    rule = Withdrawal.model_validate({"within": "7 days", "source": "CDC, art. 49"})
    clock = reading.load(shipped.FOLDER / "essencial").book.clock
    last = clock.due(NINE, rule.within)

    assert not rule.is_over(NINE, last, clock)
    assert rule.is_over(NINE, last + timedelta(microseconds=1), clock)
