"""The list of cases: tabs, filters and search in a fixed number of queries, paged by keyset."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from tratativa.accounts.actors import Actor
from tratativa.cases.core import rulebook_versions, visibility
from tratativa.cases.models import Case, snoozes
from tratativa.cases.models.tags import owner
from tratativa.cases.reading import filters as filtering
from tratativa.cases.reading import finding, paging
from tratativa.cases.reading.filters import Filters, parse
from tratativa.cases.reading.operators import asking
from tratativa.cases.reading.operators.asked import Asking
from tratativa.cases.reading.operators.asking import Asked
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
class Bound:
    """What a list leaves out by age: cases closed more than `closed_days` ago, words of old `messages`."""

    closed_days: int = 0
    messages: bool = False


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
    return page_of(selected(actor, filters, at=at), actor, filters, after=after, before=before, size=size)


def page_of(
    cases: QuerySet[Case], actor: Actor, filters: Filters, *, after: str = "", before: str = "", size: int = SIZE
) -> Page:
    """One page of what the filters selected, in their order. One query."""
    return keyset(cases, order(filters, actor), after=after, before=before, size=size)


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


def counts(
    actor: Actor, book: Rulebook, *, at: datetime, beside: Mapping[str, QuerySet[Case]] | None = None
) -> dict[str, int]:
    """How many cases each tab of open ones holds, and what else stands `beside` them, counted up to 1,001, in one
    query."""
    named = [tab for tab in tabs(book, actor.party) if tab not in _UNCOUNTED]
    mine = visibility.visible_cases(actor).filter(_asked_by_others(actor))
    return capped({tab: mine.filter(_tab(tab, actor, at)) for tab in named} | dict(beside or {}))


def aside(actor: Actor, *, at: datetime) -> QuerySet[Case]:
    """The cases of the team's own turn that it has put aside."""
    mine = visibility.visible_cases(actor).filter(_asked_by_others(actor))
    return mine.filter(_tab("mine", actor, at, aside=True))


def counted(actor: Actor, named: Mapping[str, Filters], *, at: datetime) -> dict[str, int]:
    """How many cases each of these filters selects, counted up to 1,001, in one query; the names stand in it."""
    return capped({name: selected(actor, filters, at=at) for name, filters in named.items()}) if named else {}


def capped(named: Mapping[str, QuerySet[Case]]) -> dict[str, int]:
    """How many cases each of these holds, counted up to 1,001, in one query. The names are ours: they stand in it."""
    pieces: dict[str, str] = {}
    params: list[Any] = []
    for name, cases in named.items():
        try:
            sql, values = cases.order_by().values("pk")[:COUNT_LIMIT].query.sql_with_params()
        except EmptyResultSet:
            continue
        pieces[name] = f"(select count(*) from ({sql}) as {name})"  # noqa: S608 - Django's own SQL, our own name
        params.extend(values)
    if not pieces:
        return dict.fromkeys(named, 0)
    with connection.cursor() as cursor:
        cursor.execute("select " + ", ".join(pieces.values()), params)
        row = cursor.fetchone()
    return dict.fromkeys(named, 0) | dict(zip(pieces, row or [], strict=True))


def export(actor: Actor, filters: Filters, *, at: datetime) -> Iterator[Case]:
    """Every case the filters select, streamed in the list's order, with what was asked of queues because of each."""
    rows = selected(actor, filters, at=at).order_by(*order(filters, actor)).select_related(*_ROW)
    rows = rows.prefetch_related("children")
    yield from rows.iterator(chunk_size=500)


def count(actor: Actor, filters: Filters, *, at: datetime, line: Asked | None = None) -> int:
    """How many cases the filters select; `line` as `selected` takes it."""
    return selected(actor, filters, at=at, line=line).count()


def keys(actor: Actor, filters: Filters, *, at: datetime, most: int) -> list[tuple[uuid.UUID, int]]:
    """The first `most` cases the filters select, in the list's order, each with the version it has now."""
    rows = selected(actor, filters, at=at).order_by(*order(filters, actor))
    return list(rows.values_list("pk", "row_version")[:most])


def asked(actor: Actor, filters: Filters, *, at: datetime) -> Asked:
    """What the search box asks for, and what of it was not understood."""
    return asking.read(filters.q, Asking(actor, rulebook_versions.in_force(actor.marketplace_id), at))


def bounded(actor: Actor, filters: Filters, line: Asked) -> Bound:
    """What age hides from this list: closed cases, or the words of old messages; nothing where `history` is asked."""
    if filters.history:
        return Bound()
    if line.words:
        return Bound(messages=actor.party is Party.MARKETPLACE and filters.tab in {"closed", "all"})
    book = rulebook_versions.in_force(actor.marketplace_id)
    return Bound(closed_days=_days(book.visible_after_close) if _by_age(filters, line) else 0)


def _by_age(filters: Filters, line: Asked) -> bool:
    """Whether closed cases leave this list with time: in what is looked for in particular they do not."""
    return filters.tab in {"closed", "all"} and not filters.exact and not filters.history and not line.words


def selected(actor: Actor, filters: Filters, *, at: datetime, line: Asked | None = None) -> QuerySet[Case]:
    """The cases the filters select; none where what is looked for was not understood.

    `line` is what the search box asks for, where whoever calls has read it: its names are looked for in the database.
    """
    book = rulebook_versions.in_force(actor.marketplace_id)
    line = line or asked(actor, filters, at=at)
    if line.troubles:
        return Case.objects.none()
    wanted = (
        filtering.as_query(filters, book, actor)
        & _tab(filters.tab, actor, at, aside=filters.aside == "yes")
        & line.wanted
    )
    if _by_age(filters, line):
        wanted &= still_listed(book, at)
    if not filters.exact and not line.words and not filters.queue and "queue" not in line.columns:
        wanted &= _asked_by_others(actor)
    if line.words or (filters.q and not line.narrowed):
        wanted &= finding.cases_with(actor, line.words, at=at, whole=bool(filters.history))
    return visibility.visible_cases(actor).filter(wanted)


def _asked_by_others(actor: Actor) -> Q:
    """Without what the team itself asked of a queue: that stands in the queue and on its parent's page."""
    return Q(queue="") if actor.party is Party.MARKETPLACE else Q()


def _tab(tab: str, actor: Actor, at: datetime, *, aside: bool = False) -> Q:
    still_open = Q(closed_at__isnull=True)
    if tab == "all":
        return Q()
    if tab == "closed":
        return Q(closed_at__isnull=False)
    if tab == "mediation":
        return still_open & Q(mediation="asked")
    if tab == "overdue":
        return filtering.overdue(actor.party)
    if tab != "mine":
        return still_open & Q(waiting_on=Party(tab))
    mine, held = (
        still_open & Q(waiting_on=actor.party),
        Q(snoozes.holds(owner(actor.marketplace_id, actor.seller_id), at)),
    )
    return mine & held if aside else mine & ~held


def order(filters: Filters, actor: Actor) -> tuple[str, ...]:
    """The columns a list is sorted by; a seller's by what the seller owes."""
    columns = ORDERS[filters.sort]
    if actor.party is not Party.SELLER:
        return columns
    return tuple(SELLERS.get(name, name) for name in columns)


def _days(within: Any) -> int:
    return int(getattr(within, "amount", 90))
