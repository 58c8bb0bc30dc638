"""Effects: what actions and missed deadlines do to a case, one small function per verb of the rulebook."""

from collections.abc import Callable, Mapping
from typing import Any

from tratativa.cases import facts
from tratativa.cases.changing import Change
from tratativa.cases.effects import moving, ordering, scoring, survey, talking
from tratativa.rulebook.effects import Effect

VERBS: Mapping[str, Callable[[Change, Any], None]] = {
    "close": moving.close,
    "reopen": moving.reopen,
    "wait_for": moving.wait_for,
    "mark_critical": moving.mark_critical,
    "assign": moving.assign,
    "mediate": moving.mediate,
    "offer": moving.offer,
    "rule": moving.rule,
    "write": talking.write,
    "note": talking.note,
    "tell": talking.tell,
    "cancel_order": ordering.cancel_order,
    "count": scoring.count,
    "survey": survey.ask,
}


def run(change: Change, effect: Effect) -> None:
    """Does one effect to the case behind the door, where its `when` holds."""
    if effect.when.holds(facts.of_case(change.case, change.by)):
        VERBS[effect.name](change, effect.argument)
