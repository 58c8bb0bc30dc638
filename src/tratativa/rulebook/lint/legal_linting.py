"""Where a rulebook would have somebody break the law: a refusal while a buyer may still change their mind."""

import re
from collections.abc import Iterator

from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.language.withdrawing import Withdrawal
from tratativa.rulebook.reading import Loc
from tratativa.rulebook.terms.conditions import Condition
from tratativa.rulebook.terms.folding import fold
from tratativa.rulebook.terms.parties import Party

WINDOW = "order.regret_window"
_REFUSES = re.compile(r"\b(recus|neg|rejeit|indefer)\w*\b.*\b(cancel|desist|devolu|arrepend)")


def findings(book: Rulebook) -> Iterator[tuple[Loc, str]]:
    """Every action that refuses a cancellation or a return and may be done while the customer may still regret."""
    rule = book.withdrawal
    if rule is None:  # between companies, say
        return
    yield from _ways(book, rule)
    for index, action in enumerate(book.actions):
        if _REFUSES.search(fold(action.label)) and not _waits_for_the_window(action):
            yield (
                ("actions", index),
                f"«{action.label}» pode recusar dentro do prazo de arrependimento, ou antes da entrega "
                f"({rule.source}): ponha `{WINDOW}: closed` em `when`",
            )


def _ways(book: Rulebook, rule: Withdrawal) -> Iterator[tuple[Loc, str]]:
    for name, way in (("before_arrival", rule.before_arrival), ("after_arrival", rule.after_arrival)):
        if way is None:
            continue
        reason = book.reason(way.reason)
        if reason is None or Party.CUSTOMER not in reason.offered_to:
            yield ("withdrawal", name), f"`{way.reason}` não é um motivo que o cliente escolha"
        action = book.action(way.action) if way.action else None
        if way.action and (action is None or Party.CUSTOMER not in action.by):
            yield ("withdrawal", name), f"`{way.action}` não é uma ação do cliente"
        elif action and any(field.required for field in action.fields):
            yield ("withdrawal", name), f"`{way.action}` pede que se preencha algo: não se faz com um toque"


def _waits_for_the_window(action: Action) -> bool:
    return _demands(action.when, "closed") or any(_is_only(one.when, "open") for one in action.unless)


def _demands(condition: Condition, state: str) -> bool:
    """Whether the condition cannot hold unless the window is in this state."""
    plain = any(test.fact == WINDOW and test.operator == "is" and test.values == (state,) for test in condition.tests)
    return plain or any(all(_demands(one, state) for one in group) for group in condition.groups)


def _is_only(condition: Condition, state: str) -> bool:
    """Whether the condition holds whenever the window is in this state: it asks nothing else."""
    return not condition.groups and len(condition.tests) == 1 and _demands(condition, state)
