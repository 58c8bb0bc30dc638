"""Effects that say something, or ask for it."""

from collections.abc import Mapping
from typing import Any

from pydantic import model_validator

from tratativa.rulebook.language.arguments.base import Argument
from tratativa.rulebook.terms import forms, languages
from tratativa.rulebook.terms.forms import FormField
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.terms.types import Text


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

    `id` is the label's slug unless given: what `history.asked` and `history.answered` hold.
    """

    of: Party
    label: Text
    text: Text = ""
    fields: tuple[FormField, ...]
    id: str = ""

    @model_validator(mode="before")
    @classmethod
    def _id_from_label(cls, data: Any) -> Any:
        if isinstance(data, Mapping) and not data.get("id") and data.get("label"):
            return {**data, "id": slug(str(languages.own_text(data["label"])))}
        return data

    @model_validator(mode="after")
    def _fields_know_each_other(self) -> "Ask":
        return self.model_copy(update={"fields": forms.tied(self.fields)})


class UseAddress(Argument, verb="use_address"):
    """Sends the customer's letters of this case to the e-mail of `field` from now on, and asks again what waits.

    The `check_first` of the action is the identification that allows it; one that failed in the case forbids it.
    """

    field: str
