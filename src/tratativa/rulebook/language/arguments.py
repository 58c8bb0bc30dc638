"""The arguments of the effects: what each verb of a rulebook may be told, typed and documented."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, model_validator

from tratativa.rulebook.terms.forms import FormField
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.terms.types import Within
from tratativa.rulebook.time import durations


class Argument(BaseModel):
    """An effect's argument; a bare value is taken for its first field."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    # The keys that name a field of the form filled in before, whatever the field is called.
    NAMES: ClassVar[tuple[str, ...]] = ("field", "if_field", "text_field", "channel_field")
    # Of those, the keys no rulebook may leave out.
    NEEDS: ClassVar[tuple[str, ...]] = ()

    def reads(self) -> list[str]:
        """The fields this reads of the form filled in before it."""
        return [name for key in self.NAMES if (name := getattr(self, key, ""))]

    def lacks(self) -> list[str]:
        """The keys that must name a field and do not."""
        return [key for key in self.NEEDS if not getattr(self, key)]


class Close(Argument):
    """Closes the case. `why` is the sentence the timeline shows to everyone who sees the closing.

    `leave_queues` names the tick with which somebody finishes although a queue still owes an answer. A seller never
    closes while the customer waits for a word, unless `leaves_waiting` says that here it may.
    """

    NAMES = ("leave_queues",)

    why: str = ""
    leave_queues: str = ""
    leaves_waiting: bool = False


class Reopen(Argument):
    """Opens a closed case again: same number, history and responsible person."""


class WaitFor(Argument):
    """Passes the turn to a party, or to nobody."""

    party: Party | Literal["nobody"]


class MarkCritical(Argument):
    """Marks the case critical; its deadlines are planned anew."""


class Assign(Argument):
    """Makes a person of the acting party responsible: the one chosen in the field, or, without one, whoever acts.

    Administrators choose among their team; with `anyone`, everybody of it does.
    """

    field: str = ""
    anyone: bool = False


class Write(Argument):
    """Posts the text of a field (and its files) as a message to a party, when the field was filled."""

    field: str
    to: Party


class Note(Argument):
    """Keeps the text of a field where only the acting party reads it. Stops no clock, passes no turn."""

    field: str


class Mediate(Argument):
    """Asks the marketplace to decide between the parties; the turn passes to the marketplace."""


class Rule(Argument):
    """Records the mediator's ruling and ends the mediation.

    `benefits` names the choice of whose favour it is in, whose keys are parties; `words` the field of what was decided
    and why; `cancels` the tick that cancels the order, where a ruling may. `clause` is the contract's clause, cited in
    the record when the ruling cancels the order.
    """

    NAMES = NEEDS = ("benefits", "words")

    benefits: str = ""
    words: str = ""
    cancels: str = ""
    clause: str = ""

    def reads(self) -> list[str]:
        """As every argument's, and the tick that cancels where there is one."""
        return [*super().reads(), *filter(None, [self.cancels])]


class Ask(Argument):
    """Asks a party to answer a form; the turn passes to it, and comes back with the answer.

    `id` is the label's slug unless given: what `history.asked` and `history.answered` hold.
    """

    of: Party
    label: str
    text: str = ""
    fields: tuple[FormField, ...]
    id: str = ""

    @model_validator(mode="after")
    def _id_from_label(self) -> "Ask":
        return self if self.id else self.model_copy(update={"id": slug(self.label)})


class LogCall(Argument):
    """Records a telephone call: what was filled in is kept for seller and marketplace, never for the customer."""


class CancelOrder(Argument):
    """Asks the marketplace's order system to cancel the order. With `if_field`, only when that box was ticked."""

    asked_by: Party = Party.MARKETPLACE
    if_field: str = ""

    def happens(self, given: Mapping[str, object]) -> bool:
        """Whether this form, as it was filled in, cancels."""
        return not self.if_field or bool(given.get(slug(self.if_field)))


class Refund(Argument):
    """Asks for money to be given back, never more than was paid: `amount: full` is all that is left of the order,
    `shortage` what a rupture leaves out, else the amount in `field`.

    `choice` names a field whose choices `none`, `full`, `shortage` and `amount` say how much, each where it is offered;
    left blank it means all of it where the same form cancels the order, else nothing.
    """

    NAMES = ("field", "choice")

    amount: Literal["full", "shortage", ""] = ""
    field: str = ""
    choice: str = ""

    def how_much(self, given: Mapping[str, object], *, cancels: bool) -> int | Literal["none", "full", "shortage"]:
        """What this form, as it was filled in, gives back: nothing, all that is left, or so many cents."""
        blank = "full" if cancels else "none"
        how = str(given.get(slug(self.choice)) or blank) if self.choice else self.amount or "amount"
        for word in ("none", "full", "shortage"):
            if how == word:
                return word
        return int(str(given.get(slug(self.field)) or 0))


class HoldDelivery(Argument):
    """Asks for the delivery to be suspended."""


class RescheduleDelivery(Argument):
    """Asks for a new delivery date, from a field; the order's promised date follows when it is confirmed."""

    field: str


class Dispatch(Argument):
    """Says that the goods are on their way, with the tracking from a field where there is one."""

    field: str = ""


class ReplacePart(Argument):
    """Says that a part is on its way, with its tracking from a field."""

    field: str


class GivePostingCode(Argument):
    """Gives the code to post the goods back with; begins the return. Valid this long from now."""

    field: str
    valid: Within = durations.parse("10 days")


class ScheduleCollection(Argument):
    """Sets the day the goods are fetched; begins the return."""

    field: str


class ConfirmReturn(Argument):
    """Confirms that the goods came back."""


class Count(Argument):
    """Counts one event of this metric for the seller, linked to the case."""

    metric: str


class Offer(Argument):
    """Offers an action that was not available before, such as calling the marketplace."""

    action: str


class Tell(Argument):
    """Tells parties a text of `templates/`, on the page and by e-mail; the `partner` who opened the case in its own."""

    customer: str = ""
    seller: str = ""
    partner: str = ""

    def texts(self) -> dict[Party, str]:
        """Who is told which text."""
        told = {Party.CUSTOMER: self.customer, Party.SELLER: self.seller, Party.PARTNER: self.partner}
        return {party: name for party, name in told.items() if name}


class Survey(Argument):
    """Asks the customer how the service was: once per case, on the page and by e-mail."""


ARGUMENTS: Mapping[str, type[Argument]] = {
    "close": Close,
    "reopen": Reopen,
    "wait_for": WaitFor,
    "mark_critical": MarkCritical,
    "assign": Assign,
    "write": Write,
    "note": Note,
    "mediate": Mediate,
    "rule": Rule,
    "ask": Ask,
    "log_call": LogCall,
    "cancel_order": CancelOrder,
    "refund": Refund,
    "hold_delivery": HoldDelivery,
    "reschedule_delivery": RescheduleDelivery,
    "dispatch": Dispatch,
    "replace_part": ReplacePart,
    "give_posting_code": GivePostingCode,
    "schedule_collection": ScheduleCollection,
    "confirm_return": ConfirmReturn,
    "count": Count,
    "offer": Offer,
    "tell": Tell,
    "survey": Survey,
}
