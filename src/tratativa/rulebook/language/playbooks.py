"""Guided procedures: playbooks, the queues they escalate to, and the forms they ask."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from tratativa.rulebook.language.step_kinds import AnyStep
from tratativa.rulebook.terms import forms, languages
from tratativa.rulebook.terms.forms import FormField
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.naming import ReasonNames
from tratativa.rulebook.terms.types import Called, Label, Model, Named, Text, When, Within
from tratativa.rulebook.time.durations import Duration, Span


class Queue(Named):
    """Whom a case can be escalated to, and how long the answer may take unless a step says otherwise.

    It is warned of at its `target`, where it has one, else at three quarters of the time.

    `of: seller` is one queue for each seller: the one of the case's order. `sealed` data reach it whole and are
    erased once it has answered without asking back, or its child case is closed. `note` is what agents should know of
    it: who answers, what they need. A queue that `pays` is asked for money whenever the amount is shared with it: what
    it is asked for counts as given back, until it says that it did not pay.
    """

    within: Within | None = None
    target: Within | None = None
    note: Text = ""
    of: Literal["marketplace", "seller"] = "marketplace"
    pays: bool = False


class AskForm(Named):
    """A form a playbook asks a party to answer, and the words it is asked with."""

    text: Text = ""
    fields: tuple[FormField, ...]

    @model_validator(mode="after")
    def _fields_know_each_other(self) -> "AskForm":
        return self.model_copy(update={"fields": forms.tied(self.fields)})


class Again(Model):
    """How many days after a queue's last answer the same customer may ask again, and the sentence that refuses it.

    Plain days: a time of waiting is nobody's deadline, so it does not roll to a business day. `{date}` in `why` is
    the first day on which they may: 23 December, 30 days after an answer of 23 November.
    """

    after: Within
    why: Text

    @field_validator("after")
    @classmethod
    def _in_days(cls, after: Duration) -> Duration:
        if not isinstance(after, Span) or after.unit != "days":
            raise ValueError("conte em dias corridos: `30 days`")
        return after

    def day(self, answered: date) -> date:
        """The first day on which they may ask again."""
        assert isinstance(self.after, Span)
        return answered + timedelta(days=self.after.amount)


class Playbook(Called):
    """One procedure. `reasons` are the contact reasons it serves: its own name's, unless said."""

    LABEL: ClassVar[str] = "playbook"
    playbook: Label
    identifiers: tuple[Text, ...] = ()
    reasons: ReasonNames = ()
    again: Again | None = None
    when: When | None = None
    start: str
    steps: Annotated[dict[str, AnyStep], Field(min_length=1, max_length=120)]

    @model_validator(mode="before")
    @classmethod
    def _named(cls, data: Any) -> Any:
        if not isinstance(data, Mapping) or not data.get("playbook"):
            return data
        own = slug(str(languages.own_text(data["playbook"])))
        return {"reasons": [own], **data, "id": data.get("id") or own}

    def edges(self) -> Iterator[tuple[str, str, str]]:
        """From step, outcome, to step."""
        for name, step in self.steps.items():
            for outcome, to in step.ways().items():
                yield name, outcome, to
