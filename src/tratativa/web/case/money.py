"""Money that goes back on a case's order, as team and seller read it: asked, accepted, paid, how and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases.models import Case
from tratativa.orders import commands
from tratativa.orders.models import Command, Order, Payout
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party
from tratativa.web.retailer.bought_orders import payment


@dataclass(frozen=True)
class Stage:
    """A step money came to, and when."""

    label: str
    at: datetime


@dataclass(frozen=True)
class Given:
    """One giving back: what, how much (cents), the stages so far, the last one in `tone`, why it was refused."""

    label: str
    amount: int
    stages: tuple[Stage, ...]
    tone: str
    why: str


@dataclass(frozen=True)
class Money:
    """Everything that goes back on the order, whatever case asked for it; `method` is how it was paid."""

    given: tuple[Given, ...]
    method: str
    term: str


def of(case: Case, actor: Actor, book: Rulebook) -> Money | None:
    """What goes back on the case's order; None where nothing was asked. One query, two where queues pay.

    What the marketplace asks of its own queues is not the seller's to know.
    """
    if case.order is None or case.queue:
        return None
    orders = Command.objects.filter(order=case.order, verb__in=["refund", "issue_voucher"]).select_related("once")
    asked = list(orders.order_by("asked_at", "id"))
    given = [_of_command(one) for one in asked]
    if actor.party is Party.MARKETPLACE and any(queue.pays for queue in book.queues):
        given += [_of_payout(one) for one in Payout.objects.filter(order=case.order).order_by("asked_at", "id")]
    if not given:
        return None
    return Money(tuple(given), payment(case.order.payment_method), _term(case.order, asked, book))


def _term(order: Order, asked: Sequence[Command], book: Rulebook) -> str:
    refunds = any(one.verb == "refund" and one.state != "refused" for one in asked)
    return book.refunds.term(order.payment_method) if refunds else ""


def _of_command(command: Command) -> Given:
    refund = command.verb == "refund"
    stages = [Stage(_("pedido"), command.asked_at)]
    if command.once and command.once.answered_at is None and command.answered_at is None:
        stages.append(Stage(_("espera o cancelamento do pedido"), command.once.asked_at))
    if command.accepted_at:
        stages.append(Stage(_("aceito"), command.accepted_at))
    if command.answered_at:
        done = _("pago") if refund else _("criado")
        stages.append(Stage(done if command.state == "confirmed" else _("recusado"), command.answered_at))
    return Given(
        label=_("Reembolso") if refund else _("Voucher"),
        amount=int(command.data.get("amount_cents", 0)),
        stages=tuple(stages),
        tone={"confirmed": "done", "refused": "urgent"}.get(command.state, "waiting"),
        why=commands.told(command.answer) if command.state == "refused" else "",
    )


def _of_payout(payout: Payout) -> Given:
    stages = [Stage(_("pedido"), payout.asked_at)]
    if payout.ended_at:
        stages.append(Stage(_("pago") if payout.state == "paid" else _("não pago"), payout.ended_at))
    return Given(
        label=_("Pagamento em conta"),
        amount=payout.amount_cents,
        stages=tuple(stages),
        tone={"paid": "done", "withdrawn": "urgent"}.get(payout.state, "waiting"),
        why="",
    )
