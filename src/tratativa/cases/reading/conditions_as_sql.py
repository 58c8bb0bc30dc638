"""A rulebook's condition as a query: how a list asks for «Aguardando parceiro» without a verdict per row."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q

from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.conditions import Condition, Test

_COLUMNS: Mapping[str, Callable[[Any], Q]] = {
    "case.status": lambda value: Q(closed_at__isnull=value == "open"),
    "case.kind": lambda value: Q(kind=value),
    "case.reason": lambda value: Q(reason=value),
    "case.channel": lambda value: Q(channel=value),
    "case.origin": lambda value: Q(origin=value),
    "case.waiting_on": lambda value: Q(waiting_on=value),
    "case.mediation": lambda value: Q(mediation=value),
    "case.critical": lambda value: Q(critical=value),
    "case.overdue": lambda value: Q(overdue_since__isnull=not value),
    "return.stage": lambda value: Q(return_stage=value),
    "case.assigned": lambda value: (
        Q(assignee__isnull=False) | Q(seller_assignee__isnull=False)
        if value
        else Q(assignee=None, seller_assignee=None)
    ),
}


class NotSelectable(ValueError):
    """The condition asks for a fact that stands on no column of the case."""


def by_status(book: Rulebook, name: str) -> Q:
    """Cases whose first matching status is called so, in whatever language. Raises KeyError where none is."""
    earlier = Q()
    for status in book.statuses:
        here = by_condition(status.when)
        if status.is_called(name):
            return here & earlier
        earlier &= ~here
    raise KeyError(name)


def by_condition(condition: Condition) -> Q:
    """Cases for which the condition holds. Raises NotSelectable."""
    wanted = Q()
    for test in condition.tests:
        wanted &= _test(test)
    for group in condition.groups:
        either = Q()
        for one in group:
            either |= by_condition(one)
        wanted &= either
    return wanted


def _test(test: Test) -> Q:
    column = _COLUMNS.get(test.fact)
    if column is None or test.operator not in {"is", "not"}:
        raise NotSelectable(f"{test.fact} não é uma coluna do caso")
    either = Q()
    for value in test.values:
        either |= column(value)
    return either if test.operator == "is" else ~either
