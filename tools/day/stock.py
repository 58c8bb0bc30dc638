"""The stock: a marketplace's cases on the morning of the day; Django is ready."""

import random
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from tools.drill import stage
from tratativa.accounts import actors
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer, Person
from tratativa.accounts.people.team import Doer, Team
from tratativa.cases.acting import actions, opening
from tratativa.cases.acting.opening import Opening
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Deadline
from tratativa.orders.models import Order
from tratativa.saved_replies import keeping

FIRST = ("Ana", "Beatriz", "Caio", "Davi", "Elisa", "Fábio", "Gilda", "Heitor", "Íris", "Joaquim", "Lia", "Márcio")
LAST = ("Almeida", "Barbosa", "Cardoso", "Dias", "Esteves", "Farias", "Gomes", "Hora", "Iglesias", "Jardim")
REASONS = ("Atraso na entrega", "Produto com defeito", "Nota fiscal", "Dúvida sobre o produto")
LATE = "Lenta Cargas"  # the carrier whose parcels are late
DELAYED = 40


@dataclass(frozen=True)
class Stock:
    """Who works, and what the day begins with."""

    agent: Actor
    mediator: Actor
    buyer: Actor
    sought: Customer
    tracking: str
    mediated: Case
    help_order: str


def build(cases: int) -> Stock:
    """So many cases of one seller, forty of them of a late carrier; one in mediation; a customer who will ask."""
    dice = random.Random(7)  # noqa: S311 - the same day every time
    market = stage.market("dia", "D")
    side = market.sides[0]
    made = [_case(market, number, dice) for number in range(cases)]
    sought = made[cases // 2]
    customer = sought.customer
    if customer is None or sought.order is None:
        raise LookupError("a case of the stock has its customer and order")
    _replies(market, side.agent)
    asking = _order(market, customer_of(market, cases + 1, dice), cases + 1, dice)
    return Stock(
        side.agent, market.admin, actors.of_customer(asking.customer), customer, sought.order.tracking,
        _mediated(side.case), asking.number,
    )  # fmt: skip


def customer_of(market: stage.Market, number: int, dice: random.Random) -> Customer:
    """Somebody with a name, an address and a telephone."""
    return Customer.objects.create(
        marketplace=market.row, name=f"{dice.choice(FIRST)} {dice.choice(LAST)} {number}",
        document=f"{10**10 + number}", email=f"cliente{number}@cliente.example", phone=f"1198{number:07d}",
    )  # fmt: skip


def _order(market: stage.Market, customer: Customer, number: int, dice: random.Random) -> Order:
    late = number < DELAYED
    return Order.objects.create(
        marketplace=market.row, seller=market.sides[0].seller, customer=customer, number=f"8300{number:04d}",
        stage="shipped" if late else "delivered", carrier=LATE if late else "Correios", tracking=f"BR{number:09d}BR",
        total_cents=dice.randrange(2_000, 90_000), payment_method="pix",
        ordered_at=timezone.now() - timedelta(days=dice.randrange(3, 20)),
    )  # fmt: skip


def _case(market: stage.Market, number: int, dice: random.Random) -> Case:
    order = _order(market, customer_of(market, number, dice), number, dice)
    reason = REASONS[0] if number < DELAYED else dice.choice(REASONS)
    at = timezone.now() - timedelta(minutes=dice.randrange(5, 400))
    told = Message(f"Bom dia, preciso de ajuda com o pedido {order.number}.")
    return opening.open_case(Opening(order, reason=reason, message=told), by=actors.of_customer(order.customer), at=at)


def _replies(market: stage.Market, agent: Actor) -> None:
    by = Doer(Person.objects.get(pk=agent.person))
    told = keeping.Writing("Já vejo", "vejo", "Bom dia, {{primeiro nome}}. Já vejo o pedido {{pedido}}.", to="customer")
    late = keeping.Writing(
        "Atraso da transportadora", "atraso",
        "Bom dia, {{primeiro nome}}. O pedido {{pedido}} atrasou na transportadora; avisamos assim que sair.",
        to="customer", tags="atraso",
    )  # fmt: skip
    for writing in (told, late):
        keeping.write(Team(market.row, market.sides[0].seller), writing, actor=agent, by=by, at=timezone.now())


def _mediated(case: Case) -> Case:
    """A case whose seller did not answer in time, and whose customer calls the marketplace."""
    late = timezone.now() - timedelta(days=3)
    Deadline.objects.filter(case=case).update(started_at=late, due_at=late + timedelta(days=1))
    customer = case.customer
    if customer is None:
        raise LookupError("a case of the stock has its customer")
    done = actions.perform(case, "falar-com-a-americanas", by=actors.of_customer(customer), at=timezone.now())
    return Case.objects.get(pk=done.pk)
