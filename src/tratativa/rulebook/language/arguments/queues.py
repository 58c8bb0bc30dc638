"""Effects that ask queues, and leave tasks."""

from collections.abc import Sequence
from typing import Literal, cast

from tratativa.rulebook.language.arguments.base import Argument
from tratativa.rulebook.terms import forms, naming
from tratativa.rulebook.terms.forms import FormField
from tratativa.rulebook.terms.naming import SharedNames
from tratativa.rulebook.terms.types import Text, Within
from tratativa.rulebook.time import durations


class EscalateTo(Argument, verb="escalate"):
    """Opens a child case for a queue: named here, or chosen in the field `field`.

    `text` is the request, or `text_field` the field that holds it. `share` names what of the case the queue sees;
    `share_fields` lets the agent choose: each tick, and the name of what it shares. `seller_field` is where it is said
    whose queue is meant, where each seller has its own and no order says it.
    """

    to: str = ""
    field: str = ""
    text: Text = ""
    text_field: str = ""
    share: SharedNames = ()
    share_fields: dict[str, str] = {}
    seller_field: str = ""
    within: Within | None = None

    ALSO = ("seller_field",)

    def tied(self, fields: Sequence[FormField]) -> "EscalateTo":
        """As every argument's, and the ticks that share."""
        shared = {forms.named(fields, tick): naming.resolve("shared", what) for tick, what in self.share_fields.items()}
        return cast("EscalateTo", super().tied(fields)).model_copy(update={"share_fields": shared})

    def reads(self) -> list[str]:
        """As every argument's, the ticks that share, and where the seller is said."""
        return [*super().reads(), *self.share_fields, *filter(None, [self.seller_field])]


class FollowUpAt(Argument, verb="follow_up"):
    """Leaves a task: at the moment of the field `field`, or this long from now, with words given or filled in.

    With `if_field`, only when that box was ticked. `to: seller` reminds the seller too, by letter, when the moment
    comes.
    """

    text: Text = ""
    text_field: str = ""
    TYPES = {**Argument.TYPES, "field": ("datetime", "date")}

    field: str = ""
    if_field: str = ""
    after: Within = durations.parse("1 business day")
    to: Literal["", "seller"] = ""


class ConfirmPayout(Argument, verb="confirm_payout"):
    """Says that what a queue was asked to pay into the customer's account was paid."""


class WithdrawPayout(Argument, verb="withdraw_payout"):
    """Says that what a queue was asked to pay was not paid and will not be: it can be given back another way."""
