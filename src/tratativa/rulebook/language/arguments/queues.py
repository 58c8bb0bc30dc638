"""Effects that ask queues, and leave tasks."""

from typing import Literal

from tratativa.rulebook.language.arguments.base import Argument
from tratativa.rulebook.terms.types import Names, Within
from tratativa.rulebook.time import durations


class EscalateTo(Argument, verb="escalate"):
    """Opens a child case for a queue: named here, or chosen in the field `field`.

    `text` is the request, or `text_field` the field that holds it. `share` names what of the case the queue sees;
    `share_fields` lets the agent choose: each tick, and the name of what it shares. `seller_field` is where it is said
    whose queue is meant, where each seller has its own and no order says it.
    """

    to: str = ""
    field: str = ""
    text: str = ""
    text_field: str = ""
    share: Names = ()
    share_fields: dict[str, str] = {}
    seller_field: str = ""
    within: Within | None = None

    def reads(self) -> list[str]:
        """As every argument's, the ticks that share, and where the seller is said."""
        return [*super().reads(), *self.share_fields, *filter(None, [self.seller_field])]


class FollowUpAt(Argument, verb="follow_up"):
    """Leaves a task: at the moment of the field `field`, or this long from now, with words given or filled in.

    With `if_field`, only when that box was ticked. `to: seller` reminds the seller too, by letter, when the moment
    comes.
    """

    text: str = ""
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
