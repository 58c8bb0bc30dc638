"""Effects on the order: asked of the marketplace's system as commands, confirmed by what comes back."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from tratativa.cases import events
from tratativa.cases.acting import follow_ups
from tratativa.cases.core import audience, work
from tratativa.cases.core.change import Change
from tratativa.cases.core.effects import effect
from tratativa.cases.core.refusals import NotAllowed
from tratativa.orders import commands
from tratativa.orders.models import Command, Order
from tratativa.rulebook.language import arguments
from tratativa.rulebook.terms.ids import slug

_SOON = timedelta(hours=1)  # at once, as the law has it


@effect("cancel_order")
def cancel_order(change: Change, argument: arguments.CancelOrder) -> None:
    """Asks for the order's cancellation, once per case. Raises NotAllowed when the case has no order."""
    if not argument.happens(change.fields):
        return
    data = {"asked_by": str(argument.asked_by)}
    asked(change, _ask(change, "cancel_order", data, name=_cancellation(change)))


def cancelling(change: Change) -> Command | None:
    """The cancellation this change asks for, while nobody has answered it: money goes back once it is confirmed."""
    asked = commands.known(change.case.marketplace_id, _cancellation(change))
    if asked is None or asked.answered_at is not None:
        return None
    same = asked.asked_at == change.at or bool(change.action and change.action.cancels(change.fields))
    return asked if same else None


def _cancellation(change: Change) -> str:
    return f"{change.case.pk}:cancel_order"


@effect("hold_delivery")
def hold_delivery(change: Change, _argument: arguments.HoldDelivery) -> None:
    """Asks for the delivery to be suspended."""
    asked(change, _ask(change, "hold_delivery", {}))


@effect("reschedule_delivery")
def reschedule_delivery(change: Change, argument: arguments.RescheduleDelivery) -> None:
    """Asks for the new delivery date of the field."""
    asked(change, _ask(change, "reschedule_delivery", {"date": change.fields[slug(argument.field)]}))


@effect("dispatch")
def dispatch(change: Change, argument: arguments.Dispatch) -> None:
    """Says that the goods left."""
    asked(change, _ask(change, "dispatch", {"tracking": change.fields.get(slug(argument.field), "")}))


@effect("replace_part")
def replace_part(change: Change, argument: arguments.ReplacePart) -> None:
    """Says that a part left."""
    asked(change, _ask(change, "replace_part", {"tracking": change.fields.get(slug(argument.field), "")}))


def follow(change: Change) -> None:
    """Where the buyer withdrew, has whoever issued the means of payment told, once (Decreto 7.962/2013, art. 5, § 3,
    where that is the law): by the marketplace's system, or, where none is connected, by somebody of the team."""
    for entry in change.news("issuer"):
        if entry.event != events.Withdrawn.name:
            continue
        if commands.reaches_a_system():
            command = _ask(change, commands.ISSUER, {}, name=f"{change.case.pk}:{commands.ISSUER}")
            asked(change, command, to=audience.TEAM_AND_SELLER)
        else:
            words = _("Avise a administradora do pagamento: o cliente desistiu do pedido %(order)s.")
            follow_ups.leave(change, words % {"order": change.case.order_number}, change.at + _SOON)


def _ask(change: Change, verb: str, data: dict[str, Any], *, name: str = "") -> Command:
    order = order_of(change)
    return commands.ask(order, verb, case_id=change.case.pk, key=name or key(change, verb), at=change.at, data=data)


def key(change: Change, verb: str) -> str:
    """One command for one change of the case, whatever is retried: each change writes entries, and counts them."""
    return f"{change.case.pk}:{verb}:{change.case.entries_count}"


def asked(change: Change, command: Command, *, to: int | None = None) -> None:
    """Puts a command on the timeline, for everyone or for `to`, and has it delivered; one already told of is not told
    again."""
    told = change.case.entries.filter(event=events.CommandAsked.name, data__command=str(command.pk))
    if told.exists():
        return
    amount = int(command.data.get("amount_cents", 0))
    event = events.CommandAsked(command=str(command.pk), verb=command.verb, amount_cents=amount,
                               own=not commands.reaches_a_system())  # fmt: skip
    change.record(event, to=change.everyone if to is None else to)
    work.ask("cases.deliver_command", command_id=command.pk)


def order_of(change: Change) -> Order:
    """The case's order. Raises NotAllowed where it has none."""
    if change.case.order is None:
        raise NotAllowed(_("Este atendimento não tem pedido."))
    return change.case.order
