"""What a retailer can spend: its credit with the day of the next request, its vouchers and cashback with their end."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from tratativa.accounts.models import Customer, Registration
from tratativa.orders.models import Voucher
from tratativa.playbooks import running
from tratativa.rulebook.language.rulebook import Rulebook

MANY = 50


@dataclass(frozen=True)
class Credit:
    """A limit, how much is taken and how much is left, in cents; and where the rulebook makes people wait, until when.

    `again` pairs a procedure's name with the first day it may be asked for again; the day is None where it may be now.
    """

    known: bool
    of: str
    limit: int
    used: int
    left: int
    again: list[tuple[str, date | None]]


@dataclass(frozen=True)
class Slip:
    """A voucher or a cashback coupon."""

    code: str
    kind: str
    amount: int
    state: str
    tone: str
    at: datetime
    usable: bool


def credit(customer: Customer, registration: Registration, book: Rulebook, *, at: datetime) -> Credit:
    """The credit; a query for each procedure that makes people wait."""
    limit, used = registration.credit_limit_cents or 0, registration.credit_used_cents
    today = at.astimezone(book.clock.zone).date()
    waits = [(one.playbook, running.again_from(book, one, customer)) for one in book.playbooks if one.again]
    return Credit(
        known=registration.credit_limit_cents is not None,
        of=registration.credit_from,
        limit=limit,
        used=used,
        left=max(limit - used, 0),
        again=[(name, day if day and day > today else None) for name, day in waits],
    )


def slips(customer: Customer, *, at: datetime) -> list[Slip]:
    """The newest vouchers and coupons, those that can be used first."""
    rows = Voucher.objects.filter(customer=customer).order_by("-issued_at", "-id")[:MANY]
    return sorted((_slip(one, at) for one in rows), key=lambda slip: not slip.usable)


def _slip(voucher: Voucher, at: datetime) -> Slip:
    kind = _("Cashback") if voucher.kind == "cashback" else _("Voucher")
    if voucher.used_at:
        state, tone, when = _("usado em"), "neutral", voucher.used_at
    elif voucher.expires_at < at:
        state, tone, when = _("venceu em"), "urgent", voucher.expires_at
    else:
        state, tone, when = _("vale até"), "done", voucher.expires_at
    usable = not voucher.used_at and voucher.expires_at >= at
    return Slip(voucher.code, kind, voucher.amount_cents, state, tone, when, usable)
