"""Effects on the order, and on goods on their way back."""

from collections.abc import Mapping
from typing import Literal

from tratativa.rulebook.language.arguments.base import Argument
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.terms.types import Within
from tratativa.rulebook.time import durations


class CancelOrder(Argument, verb="cancel_order"):
    """Asks the marketplace's order system to cancel the order. With `if_field`, only when that box was ticked."""

    asked_by: Party = Party.MARKETPLACE
    if_field: str = ""

    def happens(self, given: Mapping[str, object]) -> bool:
        """Whether this form, as it was filled in, cancels."""
        return not self.if_field or bool(given.get(slug(self.if_field)))


Share = Literal["none", "full", "shortage", "lines"]


class Refund(Argument, verb="refund"):
    """Asks for money to be given back, never more than was paid: `amount: full` is all that is left of the order,
    `shortage` what a rupture leaves out, `lines` the field of the lines whose price goes back, each line once; else the
    amount in `field`.

    `choice` names a field whose choices `none`, `full`, `shortage` and `amount` say how much, each where it is offered;
    left blank it means all of it where the same form cancels the order, else nothing.
    """

    NAMES = ("field", "choice", "lines")
    TYPES = {"lines": ("lines",)}

    amount: Literal["full", "shortage", ""] = ""
    field: str = ""
    choice: str = ""
    lines: str = ""

    def chosen(self, given: Mapping[str, object]) -> list[str]:
        """The keys of the lines this form chose."""
        lines = given.get(slug(self.lines)) if self.lines else None
        return [str(one) for one in lines] if isinstance(lines, list) else []

    def how_much(self, given: Mapping[str, object], *, cancels: bool) -> int | Share:
        """What this form, as it was filled in, gives back: nothing, all that is left, or so many cents."""
        if self.lines and not self.choice:
            return "lines"
        blank = "full" if cancels else "none"
        how = str(given.get(slug(self.choice)) or blank) if self.choice else self.amount or "amount"
        for word in ("none", "full", "shortage"):
            if how == word:
                return word
        return int(str(given.get(slug(self.field)) or 0))


class HoldDelivery(Argument, verb="hold_delivery"):
    """Asks for the delivery to be suspended."""


class RescheduleDelivery(Argument, verb="reschedule_delivery"):
    """Asks for a new delivery date, from a field; the order's promised date follows when it is confirmed."""

    TYPES = {"field": ("date",)}

    field: str


class Dispatch(Argument, verb="dispatch"):
    """Says that the goods are on their way, with the tracking from a field where there is one."""

    field: str = ""


class ReplacePart(Argument, verb="replace_part"):
    """Says that a part is on its way, with its tracking from a field."""

    field: str


class GivePostingCode(Argument, verb="give_posting_code"):
    """Gives the code to post the goods back with; begins the return. Valid this long from now."""

    field: str
    valid: Within = durations.parse("10 days")


class ScheduleCollection(Argument, verb="schedule_collection"):
    """Sets the day the goods are fetched; begins the return."""

    TYPES = {"field": ("date",)}

    field: str


class ConfirmReturn(Argument, verb="confirm_return"):
    """Confirms that the goods came back."""


class AttachOrder(Argument, verb="attach_order"):
    """Makes the case one about the order whose number is in `field`: one of its customer's."""

    TYPES = {"field": ("order", "text")}

    field: str


class NameSeller(Argument, verb="name_seller"):
    """Says in `field` which seller the queues of the sellers mean, where the case has no order that says it.

    An empty field changes nothing.
    """

    TYPES = {"field": ("seller", "text")}

    field: str
