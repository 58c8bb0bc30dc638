"""Actions: what a party may do, when, filled in how, and what happens then."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from pydantic import model_validator

from tratativa.rulebook.language.any_step import Link
from tratativa.rulebook.language.arguments import CancelOrder
from tratativa.rulebook.language.effects import EffectField
from tratativa.rulebook.terms import conditions, forms
from tratativa.rulebook.terms.forms import FormField
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.naming import ReasonNames
from tratativa.rulebook.terms.types import Cents, Model, Named, Names, Parties, Text, When, Within


class Unless(Model):
    """A condition under which an action is not available although its `when` holds, and the sentence why."""

    when: When
    why: Text


class Need(Model):
    """What an action must carry under some reasons: one of these fields, a key, or words enough.

    `one_of` are fields, one of which is filled in; a `key_in` field is one too where an invoice's access key stands in
    its words. `words` are how many a field must at least have: «vou ver» answers nobody. `why` is said to who lacks it.
    """

    reasons: ReasonNames
    one_of: Names = ()
    key_in: str = ""
    words: dict[str, int] = {}
    why: Text

    def tied(self, fields: Sequence[FormField]) -> "Need":
        """The same, its fields named by id."""
        return self.model_copy(
            update={
                "one_of": tuple(forms.named(fields, name) for name in self.one_of),
                "key_in": forms.named(fields, self.key_in) if self.key_in else "",
                "words": {forms.named(fields, name): least for name, least in self.words.items()},
            }
        )

    def lacking(self, given: Mapping[str, object], is_key: Callable[[str], bool]) -> str:
        """The field that lacks what is needed, empty where nothing does."""
        short = (name for name, least in self.words.items() if len(str(given.get(slug(name)) or "").split()) < least)
        if lacks := next(short, ""):
            return slug(lacks)
        named = bool(self.key_in) and is_key(str(given.get(slug(self.key_in)) or ""))
        fields = [*self.one_of, *([slug(self.key_in)] if self.key_in else [])]
        if not fields or named or any(given.get(name) for name in self.one_of):
            return ""
        return fields[0]


class Action(Named):
    """What a party may do: when, with which fields, to which effects.

    `place` says where a page draws it: with the other actions, or as the built-in button it stands for.
    `unless` is asked first, in order, so that a refusal can say what stands in the way; `otherwise` is the
    sentence where `when` itself does not hold. Within `undo` it can be taken back: nothing has happened yet. Where it
    moves more than `second_person_above`, another of the marketplace's administrators approves it first.
    `links` lead to lessons and news about it (C-20).
    """

    by: Parties
    place: Literal["list", "close", "reopen", "mediation", "ruling", "note", "assign", "help"] = "list"
    when: When = conditions.ALWAYS
    otherwise: Text = ""
    unless: tuple[Unless, ...] = ()
    help: Text = ""
    links: tuple[Link, ...] = ()
    check_first: tuple[Text, ...] = ()
    confirm: Text = ""
    undo: Within | None = None
    second_person_above: Cents | None = None
    fields: tuple[FormField, ...] = ()
    needs: tuple[Need, ...] = ()
    do: tuple[EffectField, ...]

    @model_validator(mode="after")
    def _names_its_fields(self) -> "Action":
        """Wherever a field of the form is named its label will do, too."""
        fields = forms.tied(self.fields)
        return self.model_copy(
            update={
                "fields": fields,
                "needs": tuple(need.tied(fields) for need in self.needs),
                "do": tuple(replace(one, argument=one.argument.tied(fields)) for one in self.do),
            }
        )

    def under(self, reason: str) -> "Action":
        """The action as it stands under this reason: what must be filled in there is required, and says why."""
        needs = tuple(need for need in self.needs if reason in need.reasons)
        if needs == self.needs and not any(reason in field.required_for for field in self.fields):
            return self
        return self.model_copy(
            update={"fields": tuple(_under(field, reason, needs) for field in self.fields), "needs": needs}
        )

    def cancels(self, given: Mapping[str, object]) -> bool:
        """Whether doing this, with the form filled in so, cancels the order."""
        cancelling = (one.argument for one in self.do if isinstance(one.argument, CancelOrder))
        return any(one.happens(given) for one in cancelling)


def _under(field: FormField, reason: str, needs: Sequence[Need]) -> FormField:
    why = [need.why for need in needs if field.id == next(iter((*need.one_of, *map(slug, need.words))), "")]
    told = " ".join(filter(None, [field.help, *why]))
    return field.model_copy(update={"required": field.required or reason in field.required_for, "help": told})
