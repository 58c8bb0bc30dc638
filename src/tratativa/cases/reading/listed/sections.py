"""Sections: a list by what is due, cut where one looks for it: late, today, tomorrow, later, and without a time."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from tratativa.accounts.actors import Actor
from tratativa.cases.models import Case
from tratativa.rulebook.terms.parties import Party

NAMES = ("late", "today", "tomorrow", "later", "none")
_NO_TIME = datetime(9999, 1, 1, tzinfo=UTC)  # what is due by no clock is sorted behind every moment


def bounds(at: datetime, zone: ZoneInfo) -> Mapping[str, datetime]:
    """Until when each section reaches."""
    today = at.astimezone(zone).date()
    ends = [datetime.combine(today + timedelta(days=days), time(), zone) for days in (1, 2)]
    return {"late": at, "today": ends[0], "tomorrow": ends[1], "later": _NO_TIME}


def of(case: Case, party: Party, until: Mapping[str, datetime]) -> str:
    """The section this case stands in, as its party's lists are sorted."""
    due = case.seller_due_order if party is Party.SELLER else case.due_order
    return next((name for name, end in until.items() if due < end), "none")


def split(cases: QuerySet[Case], actor: Actor, until: Mapping[str, datetime]) -> dict[str, QuerySet[Case]]:
    """The cases of each section."""
    column = "seller_due_order" if actor.party is Party.SELLER else "due_order"
    begins: datetime | None = None
    found = {}
    for name in NAMES:
        wanted = {f"{column}__gte": begins} if begins else {}
        end = until.get(name)
        found[name] = cases.filter(**wanted, **({f"{column}__lt": end} if end else {}))
        begins = end
    return found
