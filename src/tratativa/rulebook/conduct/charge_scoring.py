"""Charge scoring: a clause that would have the customer pay, weighed by what speaks for it and what takes it back."""

import re
from collections.abc import Iterator

from tratativa.rulebook.conduct import patterns
from tratativa.rulebook.conduct.found import Found

ENOUGH = 4
_CLAUSE = re.compile(r"[^.!?;\n]{2,300}(?:[.,](?=\d)[^.!?;\n]{1,120}){0,4}")
_SHEET = patterns.sheet("charge_scoring")
_SPEAKS_OF_MONEY = re.compile(_SHEET.filled("<amount>|<cost>|<means>"))
_INSISTS = re.compile(_SHEET.filled("<customer-pays>"))
_WE_PAY = _SHEET.any_of("we-pay")
_REFUSED = re.compile(r"\b(?:nao|nunca|jamais|sem)\b")


def _weighed(name: str) -> list[tuple[int, re.Pattern[str]]]:
    family = _SHEET.family(name)
    return [(pattern.weight, _SHEET.compiled(pattern)) for pattern in family.patterns]


_SIGNS, _DOUBTS = _weighed("speaks-for-it"), _weighed("speaks-against-it")
_SAYS = _SHEET.family("speaks-for-it").says


def find(folded: str) -> Iterator[Found]:
    """Where a folded text would have the customer pay, clause by clause."""
    for clause in _CLAUSE.finditer(folded):
        if weigh(clause[0]) >= ENOUGH:
            yield Found(*clause.span(), _SAYS)


def weigh(said: str) -> int:
    """How much of a charge a clause is: what speaks for it less what takes it back; 0 where it names no money."""
    if not _SPEAKS_OF_MONEY.search(said):
        return 0
    signs = sum(weight for weight, one in _SIGNS if one.search(said))
    doubts = sum(weight for weight, one in _DOUBTS if one.search(said))
    return signs - doubts - (4 if _we_pay(said) else 0)


def _we_pay(said: str) -> bool:
    """Whether the seller pays; «você paga a volta e nós pagamos a ida» takes nothing back."""
    insists = _INSISTS.search(said) and not _REFUSED.search(said)
    return bool(_WE_PAY.search(said)) and not insists
