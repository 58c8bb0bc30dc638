"""Effects on the order: asked of the marketplace's system as commands, confirmed by what comes back."""

from django.utils.translation import gettext as _

from tratativa.cases import events
from tratativa.cases.changing import Change
from tratativa.cases.refusals import NotAllowed
from tratativa.orders import commands
from tratativa.rulebook import effects
from tratativa.rulebook.ids import slug


def cancel_order(change: Change, argument: effects.CancelOrder) -> None:
    """Asks for the order's cancellation, once per case. Raises NotAllowed when the case has no order."""
    if argument.if_field and not change.fields.get(slug(argument.if_field)):
        return
    order = change.case.order
    if order is None:
        raise NotAllowed(_("Este atendimento não tem pedido a cancelar."))
    from tratativa.cases import jobs  # jobs record answers through the door

    key = f"{change.case.pk}:cancel_order"
    command = commands.ask(order, "cancel_order", case_id=change.case.pk, key=key, at=change.at)
    change.record(events.CommandAsked(command=str(command.pk), verb="cancel_order"), to=change.everyone)
    jobs.deliver_command.defer(command_id=str(command.pk))
