"""Forms: what an action that was done would have lacked under these rules, asked of the desk's own reader of fields.

The ledger keeps choices, ticks and numbers, and which fields were filled in; of entries from before it did, what their
own rules demanded was there. Whatever cannot be known is counted as such, not guessed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from tratativa.cases.core.filled import fields
from tratativa.cases.core.refusals import Invalid
from tratativa.rulebook.language.actions import Action, Need
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.form_facts import KEPT
from tratativa.rulebook.terms.forms import FormField

# `value` is at hand, `empty` and `there` are known without it.
Known = Literal["value", "empty", "there", "unknown"]


@dataclass(frozen=True)
class Filled:
    """An action as it was filled in, as far as that is known: under its own rules, with what the ledger says of it."""

    own: Action | None
    data: Mapping[str, Any]

    def known(self, field: FormField) -> Known:
        """What is known of this field of these rules' form."""
        mine = next((one for one in self.own.fields if one.id == field.id), None) if self.own else None
        if mine is None:
            return "empty"
        kept = self.data["fields"]
        if mine.type in KEPT and mine.id in kept:
            return "there" if mine.type == "lines" and kept[mine.id] else "value"
        if "filled" in self.data:
            return "there" if mine.id in self.data["filled"] else "empty"
        return "there" if mine.required and fields.is_asked(mine, kept) else "unknown"


def lacking(book: Rulebook, action: Action, filled: Filled, on: date) -> tuple[str, tuple[str, ...]]:
    """Why these rules would have refused what was filled in, and the fields of which nobody knows.

    `action` is as it stands under the case's reason; `on` is the day, where the marketplace is.
    """
    known = {field.id: filled.known(field) for field in action.fields}
    at_hand = [field for field in action.fields if known[field.id] in {"value", "empty"}]
    given = {field.id: _value(filled, field) for field in at_hand if known[field.id] == "value"}
    try:
        fields.clean(at_hand, given, today=on, money=book.money, land=book.land)
    except Invalid as no:
        return str(next(iter(no.errors.values()))), ()
    for need in _new(action.needs, filled.own):
        if _surely(need, known) and need.lacking(dict.fromkeys(_there(known), "–"), lambda _words: False):
            return need.why, ()
    unknown = [field.id for field in action.fields if field.required and known[field.id] == "unknown"]
    unknown += [next(iter(_names(need)), "") for need in _new(action.needs, filled.own) if not _surely(need, known)]
    return "", tuple(name for name in unknown if name)


def _value(filled: Filled, field: FormField) -> Any:
    value = filled.data["fields"][field.id]
    return value if isinstance(value, bool) or value is None else str(value)


def _new(needs: Sequence[Need], own: Action | None) -> Iterator[Need]:
    """Those the action's own rules did not have: the others were met."""
    known = own.needs if own else ()
    return (need for need in needs if need not in known)


def _there(known: Mapping[str, Known]) -> list[str]:
    return [name for name, state in known.items() if state != "empty"]


def _names(need: Need) -> list[str]:
    return [*need.one_of, *filter(None, [need.key_in]), *need.words]


def _surely(need: Need, known: Mapping[str, Known]) -> bool:
    """Whether it can be told without the words: nothing of it is there, or one of the fields that suffice."""
    if any(known.get(name) in {"there", "value"} for name in need.one_of) and not need.words:
        return True
    return all(known.get(name, "empty") == "empty" for name in _names(need))
