"""Conduct: words for the customer are checked against the rulebook before they go, and what passed is remembered."""

from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases import events
from tratativa.cases.core import audience
from tratativa.cases.core.change import Change
from tratativa.cases.core.refusals import Invalid
from tratativa.rulebook.conduct import rules
from tratativa.rulebook.conduct.rules import ConductRule
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party

_SEVEREST = ("block", "hold", "warn")
_NAMED = 3  # of what a refused message may not say, how much its refusal repeats


def errors_of(
    book: Rulebook, words: str, *, by: Actor, readers: int, warned: bool = False, field: str = "text"
) -> dict[str, str]:
    """What these words may not say to these readers: under `field` if refused, under `conduct` if warned of.

    With `warned` the author has read the warning and insists; what is refused stays refused. What is held is no
    error: it is `held` that finds it.
    """
    found = _broken(book, words, by, readers)
    blocked = [rule.text for rule in found if rule.severity == "block"]
    if blocked:
        return {field: " ".join(blocked)}
    warnings = [rule.text for rule in found if rule.severity == "warn"]
    return {"conduct": " ".join(warnings)} if warnings and not warned else {}


def held(book: Rulebook, words: str, *, by: Actor, readers: int) -> ConductRule | None:
    """The first rule for whose sake these words wait until one of the marketplace's people has read them."""
    return next((rule for rule in _broken(book, words, by, readers) if rule.severity == "hold"), None)


def foretold(book: Rulebook, words: str, *, by: Actor, readers: int) -> list[str]:
    """What the author of these words is told while writing them: refused, warned of, or kept until somebody read it."""
    return list(dict.fromkeys(rule.text for rule in _broken(book, words, by, readers)))


def check(book: Rulebook, words: str, *, by: Actor, readers: int, warned: bool, field: str = "text") -> None:
    """Raises Invalid where `errors_of` finds something."""
    errors = errors_of(book, words, by=by, readers=readers, warned=warned, field=field)
    if errors:
        raise Invalid(errors)


def not_opened(book: Rulebook, broken: ConductRule, words: str) -> str:
    """What who wrote a first message that would be held is told: nothing waits, and what is to be taken out."""
    found = dict.fromkeys(f"«{one}»" for one in rules.excerpts(broken, words, book.names))
    return _(
        "O atendimento não foi aberto e nada foi enviado: a primeira mensagem não pode levar %(found)s. "
        "Retire e tente de novo."
    ) % {"found": ", ".join([*found][:_NAMED])}


def decisive(book: Rulebook, words: str, *, by: Actor, readers: int) -> ConductRule | None:
    """The rule that decides what becomes of these words: refused before kept, kept before warned of."""
    found = _broken(book, words, by, readers)
    return min(found, key=lambda rule: _SEVEREST.index(rule.severity), default=None)


def remember(change: Change, words: str, readers: int) -> None:
    """Records each warning a message was sent in spite of; the customer is not told."""
    for rule in _broken(change.book, words, change.by, readers):
        if rule.severity == "warn":
            change.record(events.ConductWarned(rule=rule.id), to=audience.TEAM_AND_SELLER)


def _broken(book: Rulebook, words: str, by: Actor, readers: int) -> list[ConductRule]:
    if not book.conduct or by.role == "clock" or not audience.holds(readers, Party.CUSTOMER):
        return []
    return rules.broken(book.conduct, by.party, words, book.names)
