"""Effects on the way back: posting codes, collections, and goods that came back."""

from datetime import date

from django.utils.translation import gettext as _

from tratativa.cases.core.change import Change
from tratativa.cases.core.effects import effect
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.orders import returns
from tratativa.orders.models import Order
from tratativa.rulebook.language import arguments
from tratativa.rulebook.terms.ids import slug


@effect("give_posting_code")
def give_posting_code(change: Change, argument: arguments.GivePostingCode) -> None:
    """Gives the code from the field, valid as long as the rulebook says."""
    code = str(change.fields.get(slug(argument.field)) or "")
    returns.give_code(change, _order(change), code, change.book.clock.due(change.at, argument.valid))


@effect("schedule_collection")
def schedule_collection(change: Change, argument: arguments.ScheduleCollection) -> None:
    """Sets the collection's day from the field."""
    returns.schedule(change, _order(change), date.fromisoformat(str(change.fields[slug(argument.field)])))


@effect("confirm_return")
def confirm_return(change: Change, _argument: arguments.ConfirmReturn) -> None:
    """Confirms that the goods came back."""
    order = _order(change)
    returns.move(change, returns.of(change, order), "received")


def _order(change: Change) -> Order:
    if change.case.order is None:
        raise NotAllowed(_("Este atendimento não tem pedido."))
    return change.case.order
