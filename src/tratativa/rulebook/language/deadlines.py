"""Deadlines: who owes what, from when, within what, what stops the clock, and what follows silence."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from tratativa.rulebook.language.effects import EffectField
from tratativa.rulebook.terms import conditions
from tratativa.rulebook.terms.facts import Facts
from tratativa.rulebook.terms.naming import ActionNames
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.terms.types import Model, Named, Parties, Text, When, Within, listed
from tratativa.rulebook.time.durations import Duration

# The stages of goods on their way back, once they are.
Step = Literal["code_given", "collection", "posted", "received", "refused"]


class Starts(Model):
    """What starts a clock: exactly one of these. `returned` are stages of the goods on their way back."""

    opened: Parties | None = None
    message_from: Party | None = None
    mediated: bool = False
    closed: bool = False
    action: ActionNames = ()
    asked: Party | None = None
    returned: Annotated[tuple[Step, ...], BeforeValidator(listed, json_schema_input_type=Step | tuple[Step, ...])] = ()

    @model_validator(mode="after")
    def _exactly_one(self) -> "Starts":
        given = (self.opened, self.message_from, self.mediated, self.closed, self.action, self.asked, self.returned)
        if sum(bool(one) for one in given) != 1:
            raise ValueError(
                "um prazo começa por exatamente um de: opened, message_from, mediated, closed, action, asked, returned"
            )
        return self


class Pauses(Model):
    """While what a clock stands still."""

    waiting_on: Parties


class Exempt(Named):
    """Some cases in which the clock runs longer or shorter, by what is known of them as it starts."""

    when: When
    within: Within


class Deadline(Named):
    """A clock: who owes what, from when, within what, what stops it and what follows silence.

    `warn_at` is a percentage of the time from start to due. A `legal` clock never pauses.
    `stopped_by: reply` is a message from the party to whoever started the clock, that they can read;
    `public_reply` is any message from seller or marketplace that the customer can read; `action` is any of the
    party's own actions, never a reply or a note; a list names the actions that do. `for` are the
    exceptions: cases of some sellers, categories, states, that have another `within`. `when` is asked as the clock
    would start, and again when the case becomes critical.
    """

    party: Party
    starts: Starts
    within: Within
    when: When = conditions.ALWAYS
    stopped_by: Literal["reply", "public_reply", "closing", "action"] | ActionNames = "reply"
    legal: bool = False
    pauses: Pauses | None = None
    warn_at: Annotated[str, Field(pattern=r"^[1-9][0-9]?%$")] = "75%"
    missed: tuple[EffectField, ...] = ()
    exceptions: tuple[Exempt, ...] = Field(default=(), alias="for")
    source: Text = ""

    def exception(self, facts: Facts) -> int | None:
        """Which of the exceptions holds for these facts, the first one that does; None where the rule itself holds."""
        return next((index for index, one in enumerate(self.exceptions) if one.when.holds(facts)), None)

    def term(self, exception: int | None) -> Duration:
        """How long it runs, by one of its exceptions or by itself."""
        return self.within if exception is None else self.exceptions[exception].within

    @property
    def is_duty(self) -> bool:
        """Whether nothing but the actions it names meets it: closing the case does not (M-10)."""
        return isinstance(self.stopped_by, tuple)

    @property
    def warn_fraction(self) -> float:
        """`75%` → 0.75."""
        return int(self.warn_at[:-1]) / 100
