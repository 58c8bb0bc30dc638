"""Following: what the rulebook says follows an answer, done as it is given, in the name of who gave it."""

from collections.abc import Mapping
from typing import Any

from tratativa.accounts.actors import Actor
from tratativa.cases.core import effects, order_lines
from tratativa.cases.core.change import Change
from tratativa.cases.core.filled import form_facts
from tratativa.cases.models import Request


def follow(change: Change, request: Request, answers: Mapping[str, Any], by: Actor) -> None:
    """Does what follows this answer. Its effects read the answers, and what the action that asked was filled in with.

    Raises what they raise: an answer that cannot have its consequence is not taken.
    """
    ask, action = change.book.asks_out(request.ask)
    if ask is None:
        return
    name, then = ask.follows(answers)
    if not then:
        return
    own, change.fields = change.fields, {
        **(form_facts.filled(change.case, action.id) if action else {}),
        **answers,
    }  # fmt: skip
    asking = (*ask.fields, *(action.fields if action else ()))
    change.answered = order_lines.offered(change.case, asking)
    try:
        with change.acting(by, at=change.at, because=f"answer:{request.ask}:{name}"):
            for effect in then:
                effects.run(change, effect)
    finally:
        change.fields, change.answered = own, ()
