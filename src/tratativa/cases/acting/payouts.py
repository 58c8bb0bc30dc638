"""Payouts: what a queue is asked to pay into the customer's account, so that no other way gives it once more; and
what is left to give, said before anybody waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from tratativa.cases import events
from tratativa.cases.core import audience, effects, order_lines
from tratativa.cases.core.change import Change
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.models import Case, Escalation
from tratativa.orders import refunds
from tratativa.orders.models import Order, Payout
from tratativa.orders.refunds import SHORTAGE, ExceedsPaid, LinesGiven
from tratativa.rulebook.language import arguments
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.money_rules import MoneyRules


def ask(change: Change, child: Case) -> Payout | None:
    """Asks whoever answers this child case to pay what is left of the order's shortage, or of the order.

    None where there is no order, or nobody knows what was paid. Raises NotAllowed where nothing is left.
    """
    order = change.case.order
    if order is None or not (order.total_cents or order.shortage_cents):
        return None
    if order.stage == "received":
        raise NotAllowed(_("Este pedido ainda não foi pago: não há o que devolver."))
    itself = change.book.refunds.cancelled == "by_itself"
    with in_words(change, order):
        return refunds.pay_out(order, case_id=change.case.pk, child_id=child.pk, at=change.at, itself=itself)


def confirm(change: Change) -> None:
    """Records that the payment this child case asks for was made; one that asks for none is left alone."""
    payout = Payout.objects.filter(child_id=change.case.pk).first()
    if payout and refunds.end(payout, "paid", at=change.at):
        change.record(events.PayoutPaid(amount_cents=payout.amount_cents), to=audience.WITH_PARTNER)


def withdraw(change: Change) -> None:
    """Records that it was not made: its amount can be given back another way. Raises NotAllowed where it was."""
    payout = Payout.objects.filter(child_id=change.case.pk).first()
    if payout is None:
        raise NotAllowed(_("Este chamado não pede nenhum pagamento."))
    if not refunds.end(payout, "withdrawn", at=change.at):
        raise NotAllowed(_("Este pagamento já foi confirmado ou já foi dado por não feito."))
    change.record(events.PayoutWithdrawn(amount_cents=payout.amount_cents), to=audience.WITH_PARTNER)


def let_go(change: Change) -> None:
    """The child case ends: what its queue never said a word about was not paid, and can be given another way.

    Where they answered, only they or the team know whether they paid: it counts until somebody says that it was not.
    """
    asked = Payout.objects.filter(child_id=change.case.pk, state="asked").first()
    if asked and not Escalation.objects.filter(child=change.case.pk).exclude(answered_at=None).exists():
        withdraw(change)


def check(change: Change, action: Action) -> None:
    """Whether what the action gives back, as its form was filled in, is left: asked before it is made to wait.

    It is asked again when it happens. Raises NotAllowed.
    """
    order, cancels = change.case.order, action.cancels(change.fields)
    itself = change.book.refunds.cancelled == "by_itself"
    for effect in action.do:
        argument = effect.argument
        if order is None or not isinstance(argument, arguments.Refund) or not effects.happens(change, effect):
            continue
        how, lines = argument.how_much(change.fields, cancels=cancels), argument.chosen(change.fields)
        with in_words(change, order):
            if isinstance(how, int):
                refunds.check(order, how, itself=itself)
            elif how == "lines" and lines:
                refunds.check(order, order_lines.worth(order, lines), lines=lines, itself=itself)
            elif how == "full" and argument.choice and order.total_cents and not cancels:
                refunds.check(order, None)  # somebody said «tudo»: where nothing is left, they are told


@contextmanager
def in_words(change: Change, order: Order) -> Iterator[None]:
    """Says in words what of the order cannot go back. Raises NotAllowed for ExceedsPaid and LinesGiven."""
    try:
        yield
    except LinesGiven as bad:
        gaps = {"lines": ", ".join(order_lines.titles(order, bad.lines))}
        raise NotAllowed(_("Já foi devolvido, ou pedido, o valor de: %(lines)s.") % gaps) from None
    except ExceedsPaid as bad:
        raise NotAllowed(refused(order, bad, change.book.money)) from None


def refused(order: Order, bad: ExceedsPaid, money: MoneyRules) -> str:
    """Why no more goes back, with what is left and what was asked back before, by whatever case."""
    gaps = {"left": money.show(bad.left_cents), "given": money.show(bad.given_cents)}
    if bad.of == SHORTAGE:
        gaps |= {"shortage": money.show(order.shortage_cents)}
        return _("Da ruptura de %(shortage)s já foram devolvidos ou pedidos %(given)s; restam %(left)s.") % gaps
    if bad.of == "cancelled":
        return _("O pedido foi cancelado, e o sistema que o cancelou devolve o que foi pago; restam %(left)s.") % gaps
    if not order.total_cents:
        return _(
            "Não se sabe quanto foi pago neste pedido, e nada se devolve antes disso: quem administra o marketplace "
            "conta o valor em Ajustes → Importar."
        )
    if not bad.given_cents and not bad.left_cents:
        return _("Não há valor a devolver.")
    if bad.given_cents:
        return _("O reembolso passa do que foi pago: já foram devolvidos ou pedidos %(given)s; restam %(left)s.") % gaps
    return _("O reembolso passa do que foi pago; restam %(left)s.") % gaps
