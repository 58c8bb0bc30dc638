"""The list of cases: tabs, filters and search in a fixed number of queries, paged by keyset."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from tratativa.accounts.actors import Actor
from tratativa.cases.core import rulebook_versions, visibility
from tratativa.cases.models import Case
from tratativa.cases.reading import filters as filtering
from tratativa.cases.reading import finding, paging
from tratativa.cases.reading.filters import Filters, parse
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party

__all__ = ["Filters", "Page", "counts", "export", "page", "parse"]
SIZE = paging.SIZE
# Nobody acts on the difference between 1,000 and 5,000; counting on costs what the whole page does.
COUNT_LIMIT = 1001
_WAITING = (Party.CUSTOMER, Party.SELLER, Party.MARKETPLACE, Party.PARTNER)
_UNCOUNTED = {"closed", "all"}
ORDERS: dict[str, tuple[str, ...]] = {
    "activity": ("-last_activity_at", "-id"),
    "due": ("due_order", "-value_cents", "id"),
}
SELLERS = {"due_order": "seller_due_order"}  # the columns that know only what the seller owes
_ROW = ("seller", "customer", "assignee", "seller_assignee")


@dataclass(frozen=True)
class Page:
    """Up to fifty cases, and the cursors of the pages after and before; an empty cursor says there is none."""

    cases: list[Case]
    after: str
    before: str


def page(actor: Actor, filters: Filters, *, at: datetime, after: str = "", before: str = "", size: int = SIZE) -> Page:
    """One page of the cases this actor may know of. Two queries, three with search.

    A cursor that is not one of ours begins at the beginning.
    """
    return keyset(_selected(actor, filters, at), _order(filters, actor), after=after, before=before, size=size)


def keyset(
    cases: QuerySet[Case], order: tuple[str, ...], *, after: str = "", before: str = "", size: int = SIZE
) -> Page:
    """One page of these cases in this order, in one query; a cursor that is not one of ours begins at the beginning."""
    found = paging.keyset(cases.select_related(*_ROW), order, after=after, before=before, size=size)
    return Page(found.rows, found.after, found.before)


def still_listed(book: Rulebook, at: datetime) -> Q:
    """Open cases, and closed ones as long as the rulebook keeps them in lists."""
    return Q(closed_at__isnull=True) | Q(closed_at__gte=at - timedelta(days=_days(book.visible_after_close)))


def tabs(book: Rulebook, party: Party) -> list[str]:
    """The tabs of this party's list, in order: what the rulebook knows nothing of has none."""
    others = [one for one in _WAITING if one in book.parties and one is not party]
    if party is Party.SELLER:
        others = [one for one in others if one is not Party.PARTNER]
    mediation = ["mediation"] if book.does("mediate") else []
    return ["mine", *map(str, others), *mediation, "overdue", "closed", "all"]


def counts(actor: Actor, book: Rulebook, *, at: datetime) -> dict[str, int]:
    """How many cases each tab of open ones holds, counted up to 1,001, in one query."""
    counted = [tab for tab in tabs(book, actor.party) if tab not in _UNCOUNTED]
    mine = visibility.visible_cases(actor).filter(_asked_by_others(actor))
    return capped({tab: mine.filter(_tab(tab, actor, at)) for tab in counted})


def capped(named: Mapping[str, QuerySet[Case]]) -> dict[str, int]:
    """How many cases each of these holds, counted up to 1,001, in one query. The names are ours: they stand in it."""
    pieces: list[str] = []
    params: list[Any] = []
    for name, cases in named.items():
        sql, values = cases.order_by().values("pk")[:COUNT_LIMIT].query.sql_with_params()
        pieces.append(f"(select count(*) from ({sql}) as {name})")  # noqa: S608 - Django's own SQL, our own name
        params.extend(values)
    with connection.cursor() as cursor:
        cursor.execute("select " + ", ".join(pieces), params)
        row = cursor.fetchone()
    return dict(zip(named, row or [], strict=True))


def export(actor: Actor, filters: Filters, *, at: datetime) -> Iterator[Case]:
    """Every case the filters select, streamed in the list's order, with what was asked of queues because of each."""
    rows = _selected(actor, filters, at).order_by(*_order(filters, actor)).select_related(*_ROW)
    rows = rows.prefetch_related("children")
    yield from rows.iterator(chunk_size=500)


def count(actor: Actor, filters: Filters, *, at: datetime) -> int:
    """How many cases the filters select."""
    return _selected(actor, filters, at).count()


def keys(actor: Actor, filters: Filters, *, at: datetime, most: int) -> list[tuple[uuid.UUID, int]]:
    """The first `most` cases the filters select, in the list's order, each with the version it has now."""
    rows = _selected(actor, filters, at).order_by(*_order(filters, actor))
    return list(rows.values_list("pk", "row_version")[:most])


def _selected(actor: Actor, filters: Filters, at: datetime) -> QuerySet[Case]:
    book = rulebook_versions.in_force(actor.marketplace_id)
    wanted = filtering.as_query(filters, book, actor.party) & _tab(filters.tab, actor, at)
    if filters.tab in {"closed", "all"} and not filters.exact and not filters.q:
        wanted &= still_listed(book, at)
    if not filters.exact and not filters.q:
        wanted &= _asked_by_others(actor)
    if filters.q:
        wanted &= finding.cases_with(actor, filters.q, at=at)
    return visibility.visible_cases(actor).filter(wanted)


def _asked_by_others(actor: Actor) -> Q:
    """Without what the team itself asked of a queue: that stands in the queue and on its parent's page."""
    return Q(queue="") if actor.party is Party.MARKETPLACE else Q()


def _tab(tab: str, actor: Actor, at: datetime) -> Q:
    still_open = Q(closed_at__isnull=True)
    if tab == "all":
        return Q()
    if tab == "closed":
        return Q(closed_at__isnull=False)
    if tab == "mediation":
        return still_open & Q(mediation="asked")
    if tab == "overdue":
        return filtering.overdue(actor.party)
    return still_open & Q(waiting_on=actor.party if tab == "mine" else Party(tab))


def _order(filters: Filters, actor: Actor) -> tuple[str, ...]:
    """A seller's list is sorted by what the seller owes."""
    order = ORDERS[filters.sort]
    if actor.party is not Party.SELLER:
        return order
    return tuple(SELLERS.get(name, name) for name in order)


def _days(within: Any) -> int:
    return int(getattr(within, "amount", 90))
