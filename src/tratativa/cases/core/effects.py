"""Effects: what actions and missed deadlines do to a case, one small function per verb of the rulebook.

Each stands beside its subject and registers itself here; `cases.apps` imports them all, and a test says that they are
one set with the rulebook's arguments.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from tratativa.cases.core import facts
from tratativa.cases.core.change import Change
from tratativa.cases.core.filled import form_facts
from tratativa.rulebook.language.effects import Effect
from tratativa.rulebook.terms import registered

VERBS: dict[str, Callable[[Change, Any], None]] = {}
Done = TypeVar("Done", bound=Callable[[Change, Any], None])


def effect(verb: str) -> Callable[[Done], Done]:
    """Makes a function what this verb of the rulebook does: `@effect("refund")`.

    Raises Twice for a verb that has one.
    """

    def register(done: Done) -> Done:
        registered.once(VERBS, verb, done)
        return done

    return register


def run(change: Change, effect: Effect) -> None:
    """Does one effect to the case behind the door, where its `when` holds."""
    if happens(change, effect):
        VERBS[effect.name](change, effect.argument)


def happens(change: Change, effect: Effect) -> bool:
    """Whether an effect's `when` holds at this moment."""
    known = facts.of_moment(change.case, change.by, change.at)
    return effect.when.holds({**known, **form_facts.now(change.fields)})
