"""What an operator is, and for whom its value is read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.utils.functional import Promise

from tratativa.accounts.actors import Actor
from tratativa.cases.reading.operators import splitting
from tratativa.cases.reading.operators.choosing import Choice, choose
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party


@dataclass(frozen=True)
class Asking:
    """Who asks, under which rules, and when."""

    actor: Actor
    book: Rulebook
    at: datetime


Read = Callable[[Asking, str], Q]
Offer = Callable[[Asking], Sequence[Choice]]
_TEAMS = frozenset({Party.MARKETPLACE, Party.SELLER})


def _nothing(_asking: Asking) -> Sequence[Choice]:
    return ()


@dataclass(frozen=True)
class Operator:
    """One word that narrows: `name` as pages offer it, `also` the others it goes by, `does` in a few words.

    `read` turns one value into a query and raises Unclear; `offer` are the values there are to choose from.
    """

    name: str | Promise
    also: frozenset[str]
    does: Promise
    read: Read
    offer: Offer = _nothing
    of: frozenset[Party] = field(default=_TEAMS)
    whole: bool = False  # a comma is part of its value

    def query(self, asking: Asking, value: str) -> Q:
        """The cases that any of the values between commas means. Raises Unclear."""
        either = Q()
        for one in [splitting.plain(value)] if self.whole else splitting.several(value):
            either |= self.read(asking, one)
        return either


def chosen(offer: Offer, column: str) -> Read:
    """Reads a value as one of what is offered, kept in this column under its key."""

    def read(asking: Asking, value: str) -> Q:
        return Q(**{f"{column}__in": choose(value, offer(asking))})

    return read
