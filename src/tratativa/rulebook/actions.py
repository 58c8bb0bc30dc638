"""Actions: what a party may do, when, filled in how, and what happens then."""

from collections.abc import Mapping
from typing import Literal

from tratativa.rulebook import conditions
from tratativa.rulebook.effects import CancelOrder, EffectField
from tratativa.rulebook.forms import FormField
from tratativa.rulebook.pieces import Cents, Model, Named, Parties, When, Within
from tratativa.rulebook.steps import Link


class Unless(Model):
    """A condition under which an action is not available although its `when` holds, and the sentence why."""

    when: When
    why: str


class Action(Named):
    """What a party may do: when, with which fields, to which effects.

    `place` says where a page draws it: with the other actions, or as the built-in button it stands for.
    `unless` is asked first, in order, so that a refusal can say what stands in the way; `otherwise` is the
    sentence where `when` itself does not hold. Within `undo` it can be taken back: nothing has happened yet. Where it
    moves more than `second_person_above` (reais), another of the marketplace's administrators approves it first.
    `links` lead to lessons and news about it (C-20).
    """

    by: Parties
    place: Literal["list", "close", "reopen", "mediation", "ruling", "note", "assign", "help"] = "list"
    when: When = conditions.ALWAYS
    otherwise: str = ""
    unless: tuple[Unless, ...] = ()
    help: str = ""
    links: tuple[Link, ...] = ()
    check_first: tuple[str, ...] = ()
    confirm: str = ""
    undo: Within | None = None
    second_person_above: Cents | None = None
    fields: tuple[FormField, ...] = ()
    do: tuple[EffectField, ...]

    def cancels(self, given: Mapping[str, object]) -> bool:
        """Whether doing this, with the form filled in so, cancels the order."""
        cancelling = (one.argument for one in self.do if isinstance(one.argument, CancelOrder))
        return any(one.happens(given) for one in cancelling)
