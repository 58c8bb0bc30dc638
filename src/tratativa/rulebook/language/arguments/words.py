"""Effects that say something, or ask for it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import model_validator

from tratativa.rulebook.language.arguments.base import Argument, Effects
from tratativa.rulebook.terms import forms
from tratativa.rulebook.terms.forms import FormField
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.terms.types import Text, labelled

# The way of `then` for an answer that has no choice in it.
ANSWERED = "answered"


class Write(Argument, verb="write"):
    """Posts the text of a field (and its files) as a message to a party, when the field was filled."""

    field: str
    to: Party


class Note(Argument, verb="note"):
    """Keeps the text of a field where only the acting party reads it. Stops no clock, passes no turn."""

    field: str


class Tell(Argument, verb="tell"):
    """Tells parties a text of `templates/`, on the page and by e-mail; the `partner` who opened the case in its own."""

    customer: str = ""
    seller: str = ""
    partner: str = ""

    def texts(self) -> dict[Party, str]:
        """Who is told which text."""
        told = {Party.CUSTOMER: self.customer, Party.SELLER: self.seller, Party.PARTNER: self.partner}
        return {party: name for party, name in told.items() if name}


class Hear(Argument, verb="hear"):
    """Keeps what the customer said, heard by one of the team and typed in `field`, as the customer's own words.

    `channel_field` is the field that says by which way they were said, else `channel`.
    """

    field: str
    channel_field: str = ""
    channel: str = "phone"


class LogCall(Argument, verb="log_call"):
    """Records a telephone call: what was filled in is kept for seller and marketplace, never for the customer."""


class Ask(Argument, verb="ask"):
    """Asks a party to answer a form; the turn passes to it, and comes back with the answer.

    `id` is the label's slug unless given: what `history.asked` and `history.answered` hold. `then` says what follows
    each answer of the form's first choice, or `answered` any: effects that read the fields of this form, and those of
    the action that asked.
    """

    of: Party
    label: Text
    text: Text = ""
    fields: tuple[FormField, ...]
    id: str = ""
    then: dict[str, Effects] = {}

    @model_validator(mode="before")
    @classmethod
    def _id_from_label(cls, data: Any) -> Any:
        return labelled(data)

    @model_validator(mode="after")
    def _fields_know_each_other(self) -> "Ask":
        fields = forms.tied(self.fields)
        choices = self.first_choice.choices if self.first_choice else {}
        then = {
            forms.key(choices, answer): tuple(replace(one, argument=one.argument.tied(fields)) for one in done)
            for answer, done in self.then.items()
        }
        return self.model_copy(update={"fields": fields, "then": then})

    def tied(self, fields: Sequence[FormField]) -> "Ask":
        """What follows an answer reads the fields of the action that asked, too."""
        known = (*self.fields, *fields)
        then = {
            answer: tuple(replace(one, argument=one.argument.tied(known)) for one in done)
            for answer, done in self.then.items()
        }
        return self.model_copy(update={"then": then})

    @property
    def first_choice(self) -> FormField | None:
        """The field whose answer says which way it goes."""
        return next((field for field in self.fields if field.type == "choice"), None)

    def follows(self, answers: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]]:
        """Which answer of `then` these are, and the effects that follow it."""
        chosen = str(answers.get(self.first_choice.id) or "") if self.first_choice else ""
        name = chosen if chosen in self.then else ANSWERED
        return name, self.then.get(name, ())


class UseAddress(Argument, verb="use_address"):
    """Sends the customer's letters of this case to the e-mail of `field` from now on, and asks again what waits.

    The `check_first` of the action is the identification that allows it; one that failed in the case forbids it.
    """

    field: str
