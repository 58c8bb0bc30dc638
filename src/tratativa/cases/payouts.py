"""Payouts: what a queue is asked to pay into the customer's account, so that no other way gives it once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tratativa.cases import asked_events, audience, fields
from tratativa.cases.models import Case
from tratativa.cases.refusals import NotAllowed
from tratativa.orders import refunds
from tratativa.orders.models import Order, Payout
from tratativa.orders.refunds import SHORTAGE, ExceedsPaid

if TYPE_CHECKING:
    from tratativa.cases.changing import Change


def ask(change: Change, child: Case) -> Payout | None:
    """Asks whoever answers this child case to pay what is left of the order's shortage, or of the order.

    None where there is no order, or nobody knows what was paid. Raises NotAllowed where nothing is left.
    """
    order = change.case.order
    if order is None or not (order.total_cents or order.shortage_cents):
        return None
    try:
        return refunds.pay_out(order, case_id=change.case.pk, child_id=child.pk, at=change.at)
    except ExceedsPaid as bad:
        raise NotAllowed(refused(order, bad)) from None


def confirm(change: Change) -> None:
    """Records that the payment this child case asks for was made; one that asks for none is left alone."""
    payout = Payout.objects.filter(child_id=change.case.pk).first()
    if payout and refunds.end(payout, "paid", at=change.at):
        change.record(asked_events.PayoutPaid(amount_cents=payout.amount_cents), to=audience.WITH_PARTNER)


def withdraw(change: Change) -> None:
    """Records that it was not made: its amount can be given back another way. Raises NotAllowed where it was."""
    payout = Payout.objects.filter(child_id=change.case.pk).first()
    if payout is None:
        raise NotAllowed(_("Este chamado não pede nenhum pagamento."))
    if not refunds.end(payout, "withdrawn", at=change.at):
        raise NotAllowed(_("Este pagamento já foi confirmado ou já foi dado por não feito."))
    change.record(asked_events.PayoutWithdrawn(amount_cents=payout.amount_cents), to=audience.WITH_PARTNER)


def refused(order: Order, bad: ExceedsPaid) -> str:
    """Why no more goes back, with what is left and what was asked back before, by whatever case."""
    gaps = {"left": fields.reais(bad.left_cents), "given": fields.reais(bad.given_cents)}
    if bad.of == SHORTAGE:
        gaps |= {"shortage": fields.reais(order.shortage_cents)}
        return _("Da ruptura de %(shortage)s já foram devolvidos %(given)s; restam %(left)s.") % gaps
    if bad.given_cents:
        return _("O reembolso passa do que foi pago: já foram devolvidos %(given)s; restam %(left)s.") % gaps
    return _("O reembolso passa do que foi pago; restam %(left)s.") % gaps
