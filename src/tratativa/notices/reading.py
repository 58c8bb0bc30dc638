"""Reading notices: one's own list, how many are unread, and what makes them read. No other room asks for the rows."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from tratativa.accounts.actors import Actor
from tratativa.cases.core import visibility
from tratativa.cases.models import Case
from tratativa.cases.reading import paging
from tratativa.notices import hearing
from tratativa.notices.models import Notice

ORDER = ("-at", "-id")
MOST = 99  # unread ones that are counted; what is beyond is told as more


@dataclass(frozen=True)
class Bell:
    """How many notices are unread, counted up to one more than `MOST`."""

    unread: int = 0

    @property
    def shown(self) -> str:
        """The number as it is shown; empty for none."""
        return f"{MOST}+" if self.unread > MOST else str(self.unread or "")

    @property
    def mark(self) -> str:
        """What stands before a page's title."""
        return f"({self.shown}) " if self.unread else ""


def of(actor: Actor) -> QuerySet[Notice]:
    """The notices of this person in the team they act for, as far as they may still know of the case, whatever ways
    they go."""
    own = Notice.objects.filter(
        person=actor.person, marketplace=actor.marketplace_id, seller=actor.seller_id, partner=actor.partner_id,
    )  # fmt: skip
    return own.filter(case__in=visibility.visible_cases(actor))


def page(actor: Actor, *, unread: bool, after: str = "", before: str = "") -> paging.Slice[Notice]:
    """Fifty of them, newest first, with what is said of each. One query."""
    rows = of(actor).filter(on_desk=True)
    rows = rows.filter(read_at=None) if unread else rows
    rows = rows.select_related("case__customer", "case__partner", "entry", "batch")
    return paging.keyset(rows, ORDER, after=after, before=before)


def bell(actor: Actor | None) -> Bell:
    """How many are unread. One query; none for a customer, or who came by a partner's link."""
    if actor is None or actor.person_id is None or actor.customer_id or actor.only_case:
        return Bell()
    return Bell(of(actor).filter(on_desk=True, read_at=None)[: MOST + 1].count())


def find(person: uuid.UUID, key: uuid.UUID) -> Notice | None:
    """The notice of this key, of whichever of the person's teams."""
    return Notice.objects.filter(person=person, pk=key).first()


def open_one(notice: Notice, *, at: datetime) -> None:
    """It was opened: it is read."""
    _read(Notice.objects.filter(pk=notice.pk), notice.person_id, at=at)


def read_all(actor: Actor, *, until: datetime, at: datetime) -> int:
    """All that had come by a moment are read; returns how many were not before."""
    return _read(of(actor).filter(at__lte=until), actor.person, at=at)


def see(case: Case, actor: Actor, *, at: datetime) -> None:
    """The actor has this case before them as it is loaded: what its entries told is read. One query."""
    if actor.person_id and not actor.only_case:
        told = Notice.objects.filter(person=actor.person_id, case=case, batch=None, last__lte=case.entries_count)
        _read(told, actor.person_id, at=at)


def _read(notices: QuerySet[Notice], person: uuid.UUID, *, at: datetime) -> int:
    count = notices.filter(read_at=None).update(read_at=at)
    if count:
        hearing.tell(person)
    return count
