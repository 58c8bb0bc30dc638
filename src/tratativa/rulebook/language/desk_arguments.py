"""The arguments of the effects agents' procedures use: escalating, following up, vouchers, registrations."""

from typing import Literal

from tratativa.rulebook.language.arguments import Argument
from tratativa.rulebook.terms.types import Names, Within
from tratativa.rulebook.time import durations


class EscalateTo(Argument):
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


class FollowUpAt(Argument):
    """Leaves a task: at the moment of the field `field`, or this long from now, with words given or filled in.

    With `if_field`, only when that box was ticked. `to: seller` reminds the seller too, by letter, when the moment
    comes.
    """

    text: str = ""
    text_field: str = ""
    field: str = ""
    if_field: str = ""
    after: Within = durations.parse("1 business day")
    to: Literal["", "seller"] = ""


class IssueVoucher(Argument):
    """Asks for a voucher, once a case: the amount of a field, or what the order's rupture leaves out.

    Valid this long from its issue. Where nobody knows the amount, a task is left for the agent instead.
    """

    field: str = ""
    valid: Within = durations.parse("90 days")


class ConfirmPayout(Argument):
    """Says that what a queue was asked to pay into the customer's account was paid."""


class WithdrawPayout(Argument):
    """Says that what a queue was asked to pay was not paid and will not be: it can be given back another way."""


class BlockRegistration(Argument):
    """Asks for the customer's registration to be blocked."""


class UnblockRegistration(Argument):
    """Asks for a blocked registration to be unblocked."""


class UpdateRegistration(Argument):
    """Asks for part of the customer's registration to be brought up to date: `address`, `email`, `signup`."""

    what: str = "address"


class LinkRegistrations(Argument):
    """Asks for the registrations with the same CNPJ root to be made one group."""


class Reveal(Argument):
    """Lets the customer know of a case that was internal: a letter goes out, and from here on it is on their page."""


class AttachOrder(Argument):
    """Makes the case one about the order whose number is in `field`: one of its customer's."""

    field: str


class NameSeller(Argument):
    """Says in `field` which seller the queues of the sellers mean, where the case has no order that says it.

    An empty field changes nothing.
    """

    field: str


class UseAddress(Argument):
    """Sends the customer's letters of this case to the e-mail of `field` from now on, and asks again what waits.

    The `check_first` of the action is the identification that allows it; one that failed in the case forbids it.
    """

    field: str


class Hear(Argument):
    """Keeps what the customer said, heard by one of the team and typed in `field`, as the customer's own words.

    `channel_field` is the field that says by which way they were said, else `channel`.
    """

    field: str
    channel_field: str = ""
    channel: str = "phone"


class HandOver(Argument):
    """Gives the case to the colleague chosen in `field`, with the summary written in `summary`, which stays inside."""

    NAMES = NEEDS = ("field", "summary")

    field: str = ""
    summary: str = ""
