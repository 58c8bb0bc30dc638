"""Gaps: what a text of `templates/` leaves open, and what proves that the desk will know how to fill it."""

import re
from collections.abc import Iterable, Iterator

from tratativa.rulebook.terms.conditions import Condition, Test

GAP = re.compile(r"{{\s*([^}]*?)\s*}}")
FIELD = "campo."
# What is known of every case; the others are known of some.
ALWAYS = frozenset({"protocol", "reason", "marketplace"})
NAMES = ALWAYS | {"order", "customer", "seller", "shortage", "voucher"}
# An order has its buyer and its seller.
OF_ORDER = frozenset({"order", "customer", "seller"})
_SHORTAGE = "order.shortage_cents"
# What an order lacks, and the voucher that makes up for it: an effect before the text asked for it, or was refused.
LACKS = frozenset({"shortage", "voucher"})


def named(text: str) -> list[str]:
    """The gaps of a text that are not a form's fields, each once, in order."""
    return [gap for gap in dict.fromkeys(GAP.findall(text)) if not gap.startswith(FIELD)]


def fields(text: str) -> list[str]:
    """The ids of the fields a text speaks of, each once, in order."""
    return [gap.removeprefix(FIELD) for gap in dict.fromkeys(GAP.findall(text)) if gap.startswith(FIELD)]


def lines(text: str, known: Iterable[str]) -> list[str]:
    """The text's lines without those about a field that nobody filled in."""
    filled = set(known)
    return [line for line in text.splitlines() if all(field in filled for field in fields(line))]


def proved(condition: Condition) -> frozenset[str]:
    """The gaps that can be filled wherever this condition holds. A fact that is not known passes no test."""
    return frozenset(gap for test in condition.tests for gap in _by(test))


def by_outcome(fact: str, outcome: str, *, asked: bool) -> frozenset[str]:
    """The gaps that can be filled where a check of this fact came out so; `asked` where an agent may have answered it
    although the desk knew nothing."""
    if fact == "order.known":
        return OF_ORDER if outcome == "true" else frozenset()
    if asked or not fact.startswith("order.") or outcome == "unknown":
        return frozenset()
    return OF_ORDER | (LACKS if fact == _SHORTAGE and outcome != "0" else frozenset())


def _by(test: Test) -> Iterator[str]:
    if test.fact == "order.known":
        yield from OF_ORDER if (test.operator == "is") == (test.values[0] is True) else ()
    elif test.fact.startswith("order."):
        yield from OF_ORDER
    elif test.fact.startswith("seller."):
        yield "seller"
    if test.fact == _SHORTAGE and _positive(test):
        yield from LACKS


def _positive(test: Test) -> bool:
    numbers = [value for value in test.values if isinstance(value, int)]
    if test.operator == "not":
        return 0 in numbers
    if test.operator == "gt":
        return bool(numbers) and min(numbers) >= 0
    return test.operator == "is" and bool(numbers) and 0 not in numbers
