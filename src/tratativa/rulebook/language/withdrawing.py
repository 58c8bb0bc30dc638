"""Withdrawing: a buyer's right to change their mind, and by which reasons it is used."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from tratativa.rulebook.terms.naming import ActionName, ReasonName
from tratativa.rulebook.terms.types import Model, Text, Within
from tratativa.rulebook.time.calendar import Calendar


class Way(Model):
    """How it is used: the reason a case is opened under, and an action of the customer's own that is done at once,
    where it may be."""

    reason: ReasonName
    action: ActionName = ""


class Withdrawal(Model):
    """A buyer may change their mind without saying why until `within` after receiving what they bought; `source` is
    the law, or the promise, that says so.

    `before_arrival` and `after_arrival` are the ways: a case a customer opens under one of their reasons, in time, is
    confirmed as a withdrawal from that moment on.
    """

    within: Within
    source: Annotated[Text, Field(min_length=1)]
    before_arrival: Way | None = None
    after_arrival: Way | None = None

    def is_over(self, received: datetime | None, at: datetime, clock: Calendar) -> bool:
        """Whether at this moment it is too late; the last day is in time, and so is whoever has received nothing."""
        return received is not None and self.ends(received, clock) < at

    def ends(self, received: datetime, clock: Calendar) -> datetime:
        """The last moment that is in time."""
        return clock.due(received, self.within)

    def way(self, *, arrived: bool) -> Way | None:
        """How it is used by somebody to whom the goods have come, or not."""
        return self.after_arrival if arrived else self.before_arrival
