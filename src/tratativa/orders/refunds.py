"""Money that goes back on an order, by whatever way: counted over all cases, under the order's lock."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tratativa.accounts.models import Customer
from tratativa.orders import commands
from tratativa.orders.models import Command, Order, Payout

Purpose = Literal["order", "shortage", "cancelled"]
SHORTAGE: Purpose = "shortage"


class ExceedsPaid(Exception):
    """More would go back than is left of what was paid, or of the shortage; `left_cents` is what still can.

    `of` says of which, or that the order was `cancelled` and the system that cancelled it gives all back by itself;
    `given_cents` is what was asked back already, by all cases together.
    """

    def __init__(self, left_cents: int, *, given_cents: int = 0, of: Purpose = "order") -> None:
        super().__init__(f"only {left_cents} cents are left of the {of}")
        self.left_cents, self.given_cents, self.of = left_cents, given_cents, of


class LinesGiven(Exception):
    """The price of these lines, by their keys, was asked back before: each line goes back once."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(", ".join(lines))
        self.lines = lines


@dataclass(frozen=True)
class Account:
    """What an order cost, what it lacks, and what of both was asked back and not refused; all in cents.

    What is given back for a shortage is part of what was paid. A total of 0 is one nobody told us.
    """

    paid: int
    shortage: int
    given: int
    given_of_shortage: int

    @property
    def left(self) -> int:
        """What can still go back of the order."""
        return max(0, self.paid - self.given)

    @property
    def left_of_shortage(self) -> int:
        """What can still go back of what the order lacks."""
        left = max(0, self.shortage - self.given_of_shortage)
        return min(left, self.left) if self.paid else left


def of(order: Order) -> Account:
    """The order's account, as it stands; two queries. Who acts on it holds the order's lock."""
    asked = Command.objects.filter(order=order, verb__in=["refund", "issue_voucher"]).exclude(state="refused")
    given = [(int(data["amount_cents"]), str(data.get("of", "order"))) for data in asked.values_list("data", flat=True)]
    given += Payout.objects.filter(order=order).exclude(state="withdrawn").values_list("amount_cents", "of")
    return Account(
        paid=order.total_cents,
        shortage=order.shortage_cents,
        given=sum(amount for amount, _of in given),
        given_of_shortage=sum(amount for amount, of_ in given if of_ == SHORTAGE),
    )


def cancelled(order: Order) -> bool:
    """Whether the order was cancelled, or its cancellation asked and not refused."""
    asked = Command.objects.filter(order=order, verb="cancel_order").exclude(state="refused")
    return order.stage == "cancelled" or asked.exists()


def refund(
    order: Order,
    amount_cents: int | None,
    *,
    case_id: uuid.UUID,
    key: str,
    at: datetime,
    of_: Purpose = "order",
    itself: bool = False,
    lines: Sequence[str] = (),
    once: Command | None = None,
) -> Command:
    """Asks for money back: an amount in cents, or with None all that is left of the order, or of its shortage.

    It goes out `once` the order's cancellation is confirmed, where one is named, and is refused with it.

    `itself` where the marketplace's own system pays back what it cancels: of a cancelled order nothing is left. The
    order row is locked, so that parallel asks are added up one after the other. `lines` are the keys of those the
    amount is the price of. Raises ExceedsPaid, LinesGiven.
    """
    known = commands.known(order.marketplace_id, key)
    if known:
        return known
    amount = _amount(order, amount_cents, of_, itself)
    data: dict[str, object] = {"amount_cents": amount, "of": of_}
    if lines:
        _check_lines(order, lines)
        data["lines"] = list(lines)
    return commands.ask(order, "refund", case_id=case_id, key=key, at=at, data=data, once=once)


def check(order: Order, amount_cents: int | None, *, lines: Sequence[str] = (), itself: bool = False) -> None:
    """Whether so many cents, or with None whatever is left, could be asked back now; locks the order.

    `lines` and `itself` as for `refund`. Raises ExceedsPaid, LinesGiven.
    """
    _amount(order, amount_cents, "order", itself)
    _check_lines(order, lines)


def voucher(
    order: Order,
    customer: Customer,
    amount_cents: int | None,
    *,
    case_id: uuid.UUID,
    key: str,
    at: datetime,
    data: Mapping[str, object],
    itself: bool = False,
) -> Command:
    """Asks for a voucher over the order's shortage, or over this many cents of it. As `refund`. Raises ExceedsPaid."""
    known = commands.known(order.marketplace_id, key)
    if known:
        return known
    facts = {**data, "amount_cents": _amount(order, amount_cents, SHORTAGE, itself), "of": SHORTAGE}
    return commands.ask_about(customer, "issue_voucher", case_id=case_id, key=key, at=at, data=facts, order=order)


def pay_out(order: Order, *, case_id: uuid.UUID, child_id: uuid.UUID, at: datetime, itself: bool = False) -> Payout:
    """Asks people to pay into an account what is left of the shortage, or of the order that lacks nothing.

    `child_id` is the child case that asks them. As `refund`. Raises ExceedsPaid.
    """
    purpose: Purpose = SHORTAGE if order.shortage_cents else "order"
    amount = _amount(order, None, purpose, itself)
    return Payout.objects.create(
        order=order, case_id=case_id, child_id=child_id, amount_cents=amount, of=purpose, asked_at=at
    )


def end(payout: Payout, state: Literal["paid", "withdrawn"], *, at: datetime) -> bool:
    """Ends a payout that was asked, once; whether it did. One that was withdrawn leaves its amount to be given."""
    return bool(Payout.objects.filter(pk=payout.pk, state="asked").update(state=state, ended_at=at))


def _check_lines(order: Order, lines: Sequence[str]) -> None:
    """Raises LinesGiven for lines some other refund of this order, which is locked, is the price of."""
    asked = Command.objects.filter(order=order, verb="refund", data__has_key="lines").exclude(state="refused")
    given = {one for data in asked.values_list("data", flat=True) for one in data["lines"]}
    if twice := [one for one in lines if one in given]:
        raise LinesGiven(twice)


def _amount(order: Order, wanted: int | None, purpose: Purpose, itself: bool) -> int:
    """The cents to give, with the order locked. Raises ExceedsPaid where they are not left."""
    Order.objects.select_for_update().only("id").get(pk=order.pk)
    if itself and cancelled(order):
        raise ExceedsPaid(0, given_cents=order.total_cents, of="cancelled")
    account = of(order)
    left = account.left_of_shortage if purpose == SHORTAGE else account.left
    amount = left if wanted is None else wanted
    if amount <= 0 or amount > left:
        given = account.given_of_shortage if purpose == SHORTAGE else account.given
        raise ExceedsPaid(left, given_cents=given, of=purpose)
    return amount
