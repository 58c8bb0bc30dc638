"""A partner's list: the child cases that wait for its answer, the others that are open, and those that closed."""

from datetime import datetime

from django.db.models import Q

from tratativa.accounts.actors import Actor
from tratativa.cases.core import rulebook_versions, visibility
from tratativa.cases.reading import inbox
from tratativa.cases.reading.inbox import Page
from tratativa.rulebook.terms.parties import Party

SHOWS = ("waiting", "open", "closed")
FEW = 20  # of each, on the page that shows all three
_WAITS = Q(closed_at=None, waiting_on=str(Party.PARTNER))
_ORDERS = {"waiting": "due", "open": "activity", "closed": "activity"}


def overview(actor: Actor, *, at: datetime) -> dict[str, Page]:
    """The first of each kind, by `SHOWS`; a query each."""
    return {show: page(actor, show, at=at, size=FEW) for show in SHOWS}


def page(actor: Actor, show: str, *, at: datetime, after: str = "", before: str = "", size: int = inbox.SIZE) -> Page:
    """One page of the partner's cases of this kind: those that wait by what is due first, others by what is new."""
    cases = visibility.visible_cases(actor).filter(_of(actor, show, at))
    return inbox.keyset(cases, inbox.ORDERS[_ORDERS[show]], after=after, before=before, size=size)


def _of(actor: Actor, show: str, at: datetime) -> Q:
    if show == "waiting":
        return _WAITS
    if show == "open":
        return Q(closed_at=None) & ~_WAITS
    book = rulebook_versions.in_force(actor.marketplace_id)
    return Q(closed_at__isnull=False) & inbox.still_listed(book, at)
