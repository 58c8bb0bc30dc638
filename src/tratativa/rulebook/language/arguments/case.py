"""Effects on the case itself: closed, given, decided, counted."""

from typing import Literal

from tratativa.rulebook.language.arguments.base import Argument
from tratativa.rulebook.terms.naming import ActionName, MetricName
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.terms.types import Text


class Close(Argument, verb="close"):
    """Closes the case. `why` is the sentence the timeline shows to everyone who sees the closing.

    `leave_queues` names the tick with which somebody finishes although a queue still owes an answer. A seller never
    closes while the customer waits for a word, unless `leaves_waiting` says that here it may.
    """

    NAMES = ("leave_queues",)

    why: Text = ""
    leave_queues: str = ""
    leaves_waiting: bool = False


class Reopen(Argument, verb="reopen"):
    """Opens a closed case again: same number, history and responsible person."""


class WaitFor(Argument, verb="wait_for"):
    """Passes the turn to a party, or to nobody."""

    party: Party | Literal["nobody"]


class MarkCritical(Argument, verb="mark_critical"):
    """Marks the case critical; its deadlines are planned anew."""


class Assign(Argument, verb="assign"):
    """Makes a person of the acting party responsible: the one chosen in the field, or, without one, whoever acts.

    Administrators choose among their team; with `anyone`, everybody of it does.
    """

    TYPES = {"field": ("person",)}

    field: str = ""
    anyone: bool = False


class HandOver(Argument, verb="hand_over"):
    """Gives the case to the colleague chosen in `field`, with the summary written in `summary`, which stays inside."""

    NAMES = NEEDS = ("field", "summary")

    TYPES = {"field": ("person",)}

    field: str = ""
    summary: str = ""


class Offer(Argument, verb="offer"):
    """Offers an action that was not available before, such as calling the marketplace."""

    action: ActionName


class Mediate(Argument, verb="mediate"):
    """Asks the marketplace to decide between the parties; the turn passes to the marketplace."""


class Rule(Argument, verb="rule"):
    """Records the mediator's ruling and ends the mediation.

    `benefits` names the choice of whose favour it is in, whose keys are parties; `words` the field of what was decided
    and why; `cancels` the tick that cancels the order, where a ruling may. `clause` is the contract's clause, cited in
    the record when the ruling cancels the order.
    """

    NAMES = NEEDS = ("benefits", "words")
    ALSO = ("cancels",)

    benefits: str = ""
    words: str = ""
    cancels: str = ""
    clause: str = ""

    def reads(self) -> list[str]:
        """As every argument's, and the tick that cancels where there is one."""
        return [*super().reads(), *filter(None, [self.cancels])]


class Reveal(Argument, verb="reveal"):
    """Lets the customer know of a case that was internal: a letter goes out, and from here on it is on their page."""


class Count(Argument, verb="count"):
    """Counts one event of this metric for the seller, linked to the case."""

    metric: MetricName


class Survey(Argument, verb="survey"):
    """Asks the customer how the service was: once per case, on the page and by e-mail."""
