"""Bank data: sealed for the one queue that pays, and erased from everywhere once it has answered."""

import uuid

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import Combinable

from tratativa.cases import events
from tratativa.cases.core import audience
from tratativa.cases.core.change import Change
from tratativa.cases.models import Entry, Escalation, Request, Text


def shared_with(child: uuid.UUID | Combinable) -> QuerySet[Text]:
    """The sealed words a child case still holds."""
    return Text.objects.filter(case=child, entry__event=events.DataShared.name, entry__data__sealed=True)


def asks_back(row: Escalation) -> bool:
    """Whether the queue said that its last answer is a question: it has not paid, and still needs what it was given."""
    return bool(Entry.objects.get(case=row.child_id, number=row.answer).data.get("asks"))


def erase(change: Change, row: Escalation) -> None:
    """Erases what the child held, and the answers it came from (LGPD arts. 15 and 16).

    Answers another open child still holds, or given since, stay.
    """
    gone = list(shared_with(row.child_id).values_list("pk", flat=True))
    if not gone:
        return
    change.record(events.DataErased(words=tuple(str(one) for one in sorted(gone))), to=audience.TEAM)
    Text.objects.filter(pk__in=gone).delete()
    others = Escalation.objects.filter(Exists(shared_with(OuterRef("child_id"))), parent=change.case)
    if not others.exists():
        asked = Request.objects.filter(case=change.case, answered_at__lte=row.asked_at)
        asked.exclude(sealed={}).update(sealed={})
