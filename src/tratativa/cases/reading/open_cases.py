"""Open cases: what a person has open side by side on their desk, up to eight, and what of it has news."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from tratativa.accounts.actors import Actor
from tratativa.cases.core import live, once, visibility
from tratativa.cases.models import Case, OpenCase

LIMIT = 8


def visit(case: Case, *, by: Actor, at: datetime) -> list[OpenCase]:
    """Opens the case beside the others, its news seen; past eight, the one opened first makes room.

    Returns what is open now, as `of` does. A page opened twice costs one query.
    """
    found = of(by)
    here = next((one for one in found if one.case_id == case.pk), None)
    if here is None:
        made = _put(by.person, case, at=at, seen=case.row_version, read=case.entries_count)
        made.case = case
        return [*found[max(0, len(found) + 1 - LIMIT) :], made]
    if here.seen < case.row_version or here.read < case.entries_count:
        here.seen, here.read = case.row_version, case.entries_count
        here.save(update_fields=["seen", "read"])
    return found


def hand_to(person: uuid.UUID, case: Case, *, at: datetime) -> None:
    """Puts the case on a colleague's desk, as news their open pages hear of."""
    _put(person, case, at=at, seen=0)
    live.put_on_desk(person)


def of(actor: Actor) -> list[OpenCase]:
    """What the actor has open, in the order it was opened, as far as they may still know of it. One query."""
    rows = OpenCase.objects.filter(person_id=actor.person, away=False, case__in=visibility.visible_cases(actor))
    return list(rows.select_related("case__customer", "case__partner").order_by("opened_at", "id")[:LIMIT])


def see(case: Case, *, by: Actor) -> None:
    """The page of the case showed its news by itself."""
    mine = OpenCase.objects.filter(person_id=by.person, case=case)
    older = mine.filter(Q(seen__lt=case.row_version) | Q(read__lt=case.entries_count))
    older.update(seen=case.row_version, read=case.entries_count)


def read(case: Case, *, by: Actor, at: datetime) -> None:
    """The actor has the case before them on a page without a strip: it is read that far, and stands in none."""
    key = {"person_id": by.person, "case": case}
    with transaction.atomic():
        values = {"opened_at": at, "seen": case.row_version, "read": case.entries_count, "away": True}
        made, fresh = once.locked(OpenCase, key, values)
    if not fresh and (made.seen < case.row_version or made.read < case.entries_count):
        see(case, by=by)


def close(case_id: uuid.UUID, *, by: Actor) -> None:
    """Puts the case away; drafts and everything else of it stay, and what was read of it."""
    OpenCase.objects.filter(person_id=by.person, case=case_id).update(away=True)


def read_of(cases: Iterable[uuid.UUID], by: Actor) -> dict[uuid.UUID, int]:
    """How many entries each of these cases had when the actor last looked at it. One query."""
    return dict(OpenCase.objects.filter(person_id=by.person, case__in=cases).values_list("case_id", "read"))


def _put(person: uuid.UUID, case: Case, *, at: datetime, seen: int, read: int | None = None) -> OpenCase:
    values = {"opened_at": at, "seen": seen, "away": False} | ({} if read is None else {"read": read})
    with transaction.atomic():
        made, fresh = once.locked(OpenCase, {"person_id": person, "case": case}, values)
        if not fresh:
            for name, value in values.items():
                setattr(made, name, value)
            made.save(update_fields=list(values))
    beside = OpenCase.objects.filter(person_id=person, away=False)
    kept = beside.order_by("-opened_at", "-id").values("pk")[:LIMIT]
    beside.exclude(pk__in=kept).update(away=True)
    return made
