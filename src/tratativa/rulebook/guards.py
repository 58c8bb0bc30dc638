"""Guards: what no action does whatever a rulebook says of it, unless the rulebook lifts the guard by name."""

from tratativa.rulebook.actions import Action
from tratativa.rulebook.effects import Close, Rule, Tell, Write
from tratativa.rulebook.facts import Facts
from tratativa.rulebook.parties import Party

# A seller's way to end a case a customer waits in for a word: said on the page and at the door alike.
WAITS = "Responda ao cliente antes de encerrar."


def why_not(action: Action, facts: Facts, party: Party) -> str | None:
    """The sentence why no party may do this now, or None: a seller ends no case whose customer waits for a word.

    An action that gives them one on the way ends it with an answer.
    """
    if party is not Party.SELLER or facts.get("history.customer_waiting") is not True:
        return None
    for effect in action.do:
        if _answers(effect.argument):
            return None
        if isinstance(effect.argument, Close) and not effect.argument.leaves_waiting:
            return WAITS
    return None


def _answers(argument: object) -> bool:
    if isinstance(argument, Write):
        return argument.to is Party.CUSTOMER
    return isinstance(argument, Rule) or (isinstance(argument, Tell) and bool(argument.customer))
