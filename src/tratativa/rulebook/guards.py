"""Guards: what no action does whatever a rulebook says of it, unless the rulebook lifts the guard by name."""

from collections.abc import Sequence

from tratativa.rulebook import sentences
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.arguments import Close, Rule, Tell, Write
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.facts import Facts
from tratativa.rulebook.terms.parties import Party


def why_not(book: Rulebook, action: Action, facts: Facts, party: Party, duties: Sequence[str] = ()) -> str | None:
    """The sentence why no party may do this now, or None.

    A seller ends no case whose customer waits for a word, and none in which the help it asked for is not answered yet;
    an action that gives the customer a word on the way ends it with an answer. Nor does it end one in which it still
    owes one of `duties`, which nothing but their own actions meet (M-10).
    """
    if party is not Party.SELLER or not any(_closes(effect.argument) for effect in action.do):
        return None
    if duties:
        return owes(book, duties[0])
    if _speaks_first(action):
        return None
    if facts.get("case.helping") is True:
        return sentences.HELPING.say(book.speaks)
    return sentences.WAITS.say(book.speaks) if facts.get("history.customer_waiting") is True else None


def owes(book: Rulebook, duty: str) -> str:
    """The sentence for a case that is not ended before a duty is done."""
    return sentences.OWES.say(book.speaks) % {"duty": duty}


def _closes(argument: object) -> bool:
    return isinstance(argument, Close) and not argument.leaves_waiting


def _speaks_first(action: Action) -> bool:
    for effect in action.do:
        if _answers(effect.argument) or isinstance(effect.argument, Close):
            return _answers(effect.argument)
    return False


def _answers(argument: object) -> bool:
    if isinstance(argument, Write):
        return argument.to is Party.CUSTOMER
    return isinstance(argument, Rule) or (isinstance(argument, Tell) and bool(argument.customer))
