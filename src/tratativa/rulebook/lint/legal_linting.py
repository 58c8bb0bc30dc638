"""Where a rulebook would have somebody break the law: a refusal inside the seven days of regret."""

import re
from collections.abc import Iterator

from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.reading import Loc
from tratativa.rulebook.terms.conditions import Condition
from tratativa.rulebook.terms.folding import fold

# Only who includes it sells to consumers; between companies there is no regret (CDC art. 49).
_CONSUMERS = "comercio-eletronico"
_WINDOW = "order.regret_window"
_REFUSES = re.compile(r"\b(recus|neg|rejeit|indefer)\w*\b.*\b(cancel|desist|devolu|arrepend)")


def findings(book: Rulebook) -> Iterator[tuple[Loc, str]]:
    """Every action that refuses a cancellation or a return and may be done while the customer may still regret."""
    if _CONSUMERS not in book.includes:
        return
    for index, action in enumerate(book.actions):
        if _REFUSES.search(fold(action.label)) and not _waits_for_the_window(action):
            yield (
                ("actions", index),
                f"«{action.label}» pode recusar dentro dos sete dias de arrependimento, ou antes da entrega "
                f"(CDC art. 49): ponha `{_WINDOW}: closed` em `when`",
            )


def _waits_for_the_window(action: Action) -> bool:
    return _demands(action.when, "closed") or any(_is_only(one.when, "open") for one in action.unless)


def _demands(condition: Condition, state: str) -> bool:
    """Whether the condition cannot hold unless the window is in this state."""
    plain = any(test.fact == _WINDOW and test.operator == "is" and test.values == (state,) for test in condition.tests)
    return plain or any(all(_demands(one, state) for one in group) for group in condition.groups)


def _is_only(condition: Condition, state: str) -> bool:
    """Whether the condition holds whenever the window is in this state: it asks nothing else."""
    return not condition.groups and len(condition.tests) == 1 and _demands(condition, state)
