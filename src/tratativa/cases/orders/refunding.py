"""Effects that give money back: asked of the marketplace's system, or of people, and never more than is left."""

from datetime import timedelta

from django.utils.translation import gettext as _

from tratativa.cases.acting import follow_ups, payouts
from tratativa.cases.core import order_lines
from tratativa.cases.core.change import Change
from tratativa.cases.core.effects import effect
from tratativa.cases.orders import ordering
from tratativa.orders import refunds
from tratativa.orders.models import Order
from tratativa.orders.refunds import SHORTAGE
from tratativa.rulebook.language import arguments

SOON = timedelta(hours=1)  # when a task is due that stands for money nobody could reckon


@effect("refund")
def refund(change: Change, argument: arguments.Refund) -> None:
    """Asks for money back: all that is left of what was paid or of the shortage, or a field's amount.

    Where everything went back already, or the marketplace's own system gives it back on cancelling, nothing is asked;
    where nobody knows what was paid, a task is left instead: money is never guessed. Raises NotAllowed when it would
    be more than is left.
    """
    cancels = bool(change.action and change.action.cancels(change.fields))
    how = argument.how_much(change.fields, cancels=cancels)
    if how == "none":
        return
    order = ordering.order_of(change)
    chosen = bool(argument.choice) and not cancels  # somebody said «tudo»: where nothing is left, they are told
    if (how == "full" and not _owed(change, order, chosen=chosen)) or (how == "shortage" and not _lacks(change, order)):
        return
    purpose = SHORTAGE if how == "shortage" else "order"
    lines = argument.chosen(change.fields) if how == "lines" else []
    amount = order_lines.worth(order, lines) if lines else how if isinstance(how, int) else None
    if how == "lines" and not lines:
        return  # the field may be left empty
    key, itself = ordering.key(change, "refund"), change.book.refunds.cancelled == "by_itself"
    with payouts.in_words(change, order):
        command = refunds.refund(
            order,
            amount,
            case_id=change.case.pk,
            key=key,
            at=change.at,
            of_=purpose,
            itself=itself,
            lines=lines,
            once=ordering.cancelling(change) if purpose == "order" else None,
        )
    ordering.asked(change, command)


@effect("confirm_payout")
def confirm_payout(change: Change, _argument: arguments.ConfirmPayout) -> None:
    """Says that the payment this child case asks for was made."""
    payouts.confirm(change)


@effect("withdraw_payout")
def withdraw_payout(change: Change, _argument: arguments.WithdrawPayout) -> None:
    """Says that it was not made: its amount can be given back another way. Raises NotAllowed where it was."""
    payouts.withdraw(change)


def _owed(change: Change, order: Order, *, chosen: bool) -> bool:
    """Whether what was paid is to be asked back, all of it that is left; of nothing, only to be refused in words."""
    left = refunds.of(order).left
    if chosen and order.total_cents and not left:
        return True
    if order.stage == "received":
        return False  # nobody has paid yet
    if change.book.refunds.cancelled == "by_itself" and refunds.cancelled(order):
        return False
    if not order.total_cents:
        follow_ups.leave(change, _("Devolver o valor do pedido: o total pago não é conhecido."), change.at + SOON)
        return False
    return left > 0


def _lacks(change: Change, order: Order) -> bool:
    """Whether somebody knows what the order lacks; else a task is left."""
    if not order.shortage_cents:
        follow_ups.leave(change, _("Devolver o que faltou: o valor da ruptura não é conhecido."), change.at + SOON)
    return bool(order.shortage_cents)
