"""Bank data: sealed for the one queue that pays, and erased from everywhere when its child case closes."""

import uuid

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import Combinable

from tratativa.cases import asked_events, audience
from tratativa.cases.changing import Change
from tratativa.cases.models import Escalation, Request, Text


def shared_with(child: uuid.UUID | Combinable) -> QuerySet[Text]:
    """The sealed words a child case still holds."""
    return Text.objects.filter(case=child, entry__event=asked_events.DataShared.name, entry__data__sealed=True)


def erase(change: Change, row: Escalation) -> None:
    """Erases what the closed child held, and the answers it came from (LGPD arts. 15 and 16).

    The queue that pays may ask back before it does, so its first answer erases nothing; whoever closes the child says
    that it is over. Answers another open child still holds, or given since, stay.
    """
    gone, _rows = shared_with(row.child_id).delete()
    if not gone:
        return
    others = Escalation.objects.filter(Exists(shared_with(OuterRef("child_id"))), parent=change.case)
    if not others.exists():
        asked = Request.objects.filter(case=change.case, answered_at__lte=row.asked_at)
        asked.exclude(sealed={}).update(sealed={})
    change.record(asked_events.DataErased(), to=audience.TEAM)
