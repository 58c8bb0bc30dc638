"""A case's own fields: what a rulebook has its teams write down of every case, beside what they say in it."""

from typing import Literal

from tratativa.rulebook.terms.forms import Choices, FormField
from tratativa.rulebook.terms.naming import ReasonNames
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.terms.types import Named, Parties, Text


class CaseField(Named):
    """One field of the case. `filled_by` are the teams that write it down and change it; `read_by` those that read it
    as well, the marketplace where nobody is named. Customers and partners read none.

    Under `reasons` alone it is there, or under all. Whether it is filled in a `when:` asks by `history.filled`.
    """

    type: Literal["text", "long_text", "choice", "tick", "date", "money", "number"] = "text"
    choices: Choices = {}
    help: Text = ""
    least: int | None = None
    most: int | None = None
    filled_by: Parties
    read_by: Parties = (Party.MARKETPLACE,)
    reasons: ReasonNames = ()

    @property
    def readers(self) -> tuple[Party, ...]:
        """Who reads it."""
        return tuple(dict.fromkeys([*self.filled_by, *self.read_by]))

    def stands_under(self, reason: str) -> bool:
        """Whether a case of this reason has it."""
        return not self.reasons or reason in self.reasons

    @property
    def form(self) -> FormField:
        """The field as a form asks for it: it may be left empty, and be emptied."""
        return FormField.model_construct(
            id=self.id, label=self.label, type=self.type, required=False, choices=self.choices, help=self.help,
            least=self.least, most=self.most,
        )  # fmt: skip
