"""A retailer's last orders: how far each came, what it lacks, its invoices; narrowed to one number or its beginning."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer
from tratativa.cases.core import visibility
from tratativa.cases.sentences import labels
from tratativa.orders.models import Invoice, Line, Milestone, Order, Rupture
from tratativa.rulebook.terms.facts import Stage

FEW, MANY = 5, 50


@dataclass(frozen=True)
class Stop:
    """A stage on an order's way: passed, current or still ahead, and how it came out."""

    label: str
    state: str
    outcome: str
    at: datetime | None


@dataclass(frozen=True)
class Short:
    """A rupture: of a product, how many pieces were bought and how many lack."""

    order: str
    title: str
    bought: int
    missing: int
    value: int
    at: datetime


@dataclass(frozen=True)
class Bought:
    """An order, with everything an agent looks up of it."""

    number: str
    url: str
    distributor: str
    stage: str
    tone: str
    payment: str
    total: int
    ordered_at: datetime
    by_day: Sequence[str]
    promised_at: date | None
    carrier: str
    tracking: str
    stops: list[Stop]
    goods: Sequence[Line]
    invoices: Sequence[Invoice]
    ruptures: list[Short]


def of(customer: Customer, actor: Actor, *, number: str = "", most: int = FEW) -> list[Bought]:
    """The newest orders whose number begins like this, at most so many; five queries, however many there are."""
    found = visibility.visible_orders(actor).filter(customer=customer).select_related("seller")
    if number:
        found = found.filter(number__startswith=number)
    rows = found.prefetch_related("lines", "milestones", "invoices", "ruptures").order_by("-ordered_at", "-id")
    return [one(order) for order in rows[:most]]


def one(order: Order) -> Bought:
    """One order with its lines, milestones, invoices and ruptures; a query each where they are not loaded."""
    ruptures = [
        Short(order.number, one.title, one.bought, one.missing, one.value_cents, one.noticed_at)
        for one in sorted(order.ruptures.all(), key=_noticed, reverse=True)
    ]
    return Bought(
        number=order.number,
        url=reverse("order", args=[order.number]),
        distributor=order.seller.name,
        stage=labels.stage(order.stage),
        tone={"delivered": "done", "cancelled": "urgent"}.get(order.stage, "waiting"),
        payment=payment(order.payment_method),
        total=order.total_cents,
        ordered_at=order.ordered_at,
        by_day=order.by_day,
        promised_at=order.promised_at,
        carrier=order.carrier,
        tracking=order.tracking,
        stops=_stops(order),
        goods=list(order.lines.all())[:50],
        invoices=sorted(order.invoices.all(), key=_issued)[:20],
        ruptures=ruptures[:50],
    )


def payment(method: str) -> str:
    """The name of a way of paying."""
    names = {
        "pix": "Pix",
        "cartao": _("Cartão de crédito"),
        "boleto_faturado": _("Boleto faturado"),
        "boleto_antecipado": _("Boleto antecipado"),
    }
    return names.get(method, method or _("não informada"))


def _noticed(rupture: Rupture) -> datetime:
    return rupture.noticed_at


def _issued(invoice: Invoice) -> datetime:
    return invoice.issued_at


def _stops(order: Order) -> list[Stop]:
    """Received, payment, invoicing, carrier, delivered (K05-02), and the cancellation where there was one."""
    known: dict[str, Milestone] = {one.stage: one for one in order.milestones.all()}
    labels = {
        "received": _("Pedido recebido"),
        "paid": _("Pagamento"),
        "invoiced": _("Faturamento"),
        "shipped": _("Transportadora"),
        "delivered": _("Entregue"),
        "cancelled": _("Cancelado"),
    }
    outcomes = {"approved": _("aprovado"), "refused": _("reprovado"), "short": _("com ruptura")}
    names = Stage[:-1] if order.stage != "cancelled" else (*[one for one in Stage[:-1] if one in known], Stage[-1])
    reached = Stage.index(order.stage)
    found = []
    for name in names:
        passed, mark = Stage.index(name), known.get(name)
        state = "now" if passed == reached else "done" if passed < reached else "ahead"
        outcome = outcomes.get(mark.outcome, "") if mark else ""
        refused = mark is not None and mark.outcome == "refused"
        found.append(Stop(labels[name], "bad" if refused else state, outcome, mark.at if mark else None))
    return found
