"""The order then: how far it had come at a moment, as far as its dates and what was asked of its systems tell."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tratativa.cases import events
from tratativa.orders.models import Order
from tratativa.replay.histories import Happened, History

_CONFIRMED = {"cancel_order": "cancelled", "dispatch": "shipped"}
# Where an order stood before the first thing that is known of it.
_BEFORE = {"delivered": "shipped", "shipped": "invoiced", "invoiced": "paid", "paid": "received", "cancelled": "paid"}


@dataclass(frozen=True)
class OrderThen:
    """An order's stages with the moments they were reached at, and when it was delivered, where it was.

    `first` is where it stood before anything is known of it; `confirmed` what its systems have told so far.
    """

    order: Order
    first: str
    reached: Sequence[tuple[datetime, str]]
    delivered_at: datetime | None
    confirmed: list[tuple[datetime, str]] = field(default_factory=list)

    def hear(self, one: Happened) -> None:
        """Takes in what the marketplace's systems answered: the ledger says it in its order, whatever the hour."""
        if stage := _told(one):
            self.confirmed.append((one.at, stage))

    def as_of(self, at: datetime) -> None:
        """Puts the order on the stage it had at this moment."""
        dated = [one for one in self.reached if one[0] <= at]
        # At one moment, what was told comes after what was dated.
        known = sorted([*dated, *self.confirmed], key=lambda one: one[0])
        self.order.stage = known[-1][1] if known else self.first
        self.order.delivered_at = self.delivered_at if self.delivered_at and self.delivered_at <= at else None


def of(history: History) -> OrderThen | None:
    """What is known of the order of a case; None where it has none."""
    order = history.case.order
    if order is None:
        return None
    reached = list(history.milestones)
    if order.delivered_at:
        reached.append((order.delivered_at, "delivered"))
    reached.sort()
    told = [(one.at, stage) for one in history.happened if (stage := _told(one))]
    earliest = min([*reached, *told], default=None)
    first = _BEFORE.get(earliest[1], order.stage) if earliest else order.stage
    return OrderThen(order, first, reached, order.delivered_at)


def _told(one: Happened) -> str:
    """The stage an order came to as its systems confirmed what was asked of them; empty for everything else."""
    if one.event != events.CommandAnswered.name or one.data["state"] != "confirmed":
        return ""
    return _CONFIRMED.get(one.data["verb"], "")
