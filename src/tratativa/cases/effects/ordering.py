"""Effects on the order: asked of the marketplace's system as commands, confirmed by what comes back."""

from typing import Any

from django.utils.translation import gettext as _

from tratativa.cases import events, fields
from tratativa.cases.changing import Change
from tratativa.cases.refusals import NotAllowed
from tratativa.orders import commands
from tratativa.orders.models import Command, Order
from tratativa.rulebook import effects
from tratativa.rulebook.ids import slug


def cancel_order(change: Change, argument: effects.CancelOrder) -> None:
    """Asks for the order's cancellation, once per case. Raises NotAllowed when the case has no order."""
    if argument.if_field and not change.fields.get(slug(argument.if_field)):
        return
    key = f"{change.case.pk}:cancel_order"
    asked(change, _ask(change, "cancel_order", {"asked_by": str(argument.asked_by)}, key=key))


def refund(change: Change, argument: effects.Refund) -> None:
    """Asks for money back: all that is left of what was paid, once per case, or a field's amount.

    Raises NotAllowed when it would be more than was paid.
    """
    order = _order(change)
    amount = None if argument.amount == "full" else int(str(change.fields.get(slug(argument.field)) or 0))
    key = f"{change.case.pk}:refund:full" if amount is None else _key(change, "refund")
    try:
        command = commands.refund(order, amount, case_id=change.case.pk, key=key, at=change.at)
    except commands.ExceedsPaid as bad:
        left = {"left": fields.reais(bad.left_cents)}
        raise NotAllowed(_("O reembolso passa do que foi pago; restam %(left)s.") % left) from None
    asked(change, command)


def hold_delivery(change: Change, _argument: effects.HoldDelivery) -> None:
    """Asks for the delivery to be suspended."""
    asked(change, _ask(change, "hold_delivery", {}))


def reschedule_delivery(change: Change, argument: effects.RescheduleDelivery) -> None:
    """Asks for the new delivery date of the field."""
    asked(change, _ask(change, "reschedule_delivery", {"date": change.fields[slug(argument.field)]}))


def dispatch(change: Change, argument: effects.Dispatch) -> None:
    """Says that the goods left."""
    asked(change, _ask(change, "dispatch", {"tracking": change.fields.get(slug(argument.field), "")}))


def replace_part(change: Change, argument: effects.ReplacePart) -> None:
    """Says that a part left."""
    asked(change, _ask(change, "replace_part", {"tracking": change.fields.get(slug(argument.field), "")}))


def _ask(change: Change, verb: str, data: dict[str, Any], *, key: str = "") -> Command:
    order = _order(change)
    return commands.ask(order, verb, case_id=change.case.pk, key=key or _key(change, verb), at=change.at, data=data)


def _key(change: Change, verb: str) -> str:
    """One command for one change of the case, whatever is retried."""
    return f"{change.case.pk}:{verb}:{change.case.row_version}"


def asked(change: Change, command: Command) -> None:
    """Puts a command on the timeline and has it delivered; one already told of is not told again."""
    from tratativa.cases import jobs  # jobs record answers through the door

    told = change.case.entries.filter(event=events.CommandAsked.name, data__command=str(command.pk))
    if told.exists():
        return
    change.record(events.CommandAsked(command=str(command.pk), verb=command.verb), to=change.everyone)
    jobs.deliver_command.defer(command_id=str(command.pk))


def _order(change: Change) -> Order:
    if change.case.order is None:
        raise NotAllowed(_("Este atendimento não tem pedido."))
    return change.case.order
