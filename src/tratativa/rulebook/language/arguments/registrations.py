"""Effects on a registration, and vouchers."""

from tratativa.rulebook.language.arguments.base import Argument
from tratativa.rulebook.terms.types import Within
from tratativa.rulebook.time import durations


class IssueVoucher(Argument, verb="issue_voucher"):
    """Asks for a voucher, once a case: the amount of a field, or what the order's rupture leaves out.

    Valid this long from its issue. Where nobody knows the amount, a task is left for the agent instead.
    """

    field: str = ""
    valid: Within = durations.parse("90 days")


class BlockRegistration(Argument, verb="block_registration"):
    """Asks for the customer's registration to be blocked."""


class UnblockRegistration(Argument, verb="unblock_registration"):
    """Asks for a blocked registration to be unblocked."""


class UpdateRegistration(Argument, verb="update_registration"):
    """Asks for part of the customer's registration to be brought up to date: `address`, `email`, `signup`."""

    what: str = "address"


class LinkRegistrations(Argument, verb="link_registrations"):
    """Asks for the registrations with the same CNPJ root to be made one group."""
