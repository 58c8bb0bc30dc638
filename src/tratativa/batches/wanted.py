"""What is wanted of every case of a batch, and which actions of a rulebook many cases may be given at once."""

from dataclasses import asdict, dataclass, field
from typing import Any

from tratativa.accounts.actors import Actor
from tratativa.batches.models import What
from tratativa.cases.acting import actions
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.forms import FormField

# Answered alike for every case; files, goods and an order's own things are each case's.
_ALIKE = {"text", "long_text", "choice", "tick", "date", "datetime", "number", "url", "phone", "email"}
# What each case knows by itself, where the rulebook says from where (`known_from`).
_OWN = {"tracking", "invoice", "nfe_key", "address"}


@dataclass(frozen=True)
class Wanted:
    """One thing to do, of `what` kind.

    A reply has `text`, whose gaps each case fills, for the party `to`; `tags` go with it or stand alone;
    those to be taken off are keys. An action
    has its id and its form's `fields`; an assignment the key of the `person`; a closing the reason `why` a queue's
    answer is not passed on, where one is.
    """

    what: What
    text: str = ""
    to: str = ""
    customer_reads: bool = False
    tags: list[str] = field(default_factory=list)
    action: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    person: str = ""
    why: str = ""

    def kept(self) -> dict[str, Any]:
        """As a batch keeps it, beside what is done."""
        return {name: value for name, value in asdict(self).items() if name != "what"}


def of(what: str, given: dict[str, Any]) -> Wanted:
    """What a batch kept."""
    return Wanted(What(what), **given)


def offered(book: Rulebook, actor: Actor) -> list[Action]:
    """The actions that may be done on many cases: their forms ask nothing of a case's own, and nothing is settled.

    What ends, decides, pays or hands over wants to have been read; closing and assigning look at that themselves.
    """
    return [one for one in book.actions if actor.party in one.by and _is_alike(one)]


def _is_alike(action: Action) -> bool:
    if action.place in {"close", "assign", "ruling", "reopen"} or action.check_first or actions.settles(action):
        return False
    return all((one.type in _ALIKE and not one.sealed) or is_own(one) for one in action.fields)


def is_own(field: FormField) -> bool:
    """Whether each case fills this field in from what it knows, and nobody is asked for it."""
    return field.type in _OWN and bool(field.known_from) and not field.sealed
