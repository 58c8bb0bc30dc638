"""The sweep: clocks whose time came while nobody touched their case, judged in the order they fell due."""

import uuid
from datetime import datetime

from django.db import transaction

from tratativa.accounts import actors
from tratativa.cases import door, events
from tratativa.cases.core import audience, stuck
from tratativa.cases.core.change import Change
from tratativa.cases.models import Case, Deadline
from tratativa.rulebook.terms.parties import Party

BATCH = 200


SWEEP = "sweep"  # what a case is stuck at that cannot be judged


def sweep(*, at: datetime) -> int:
    """Looks at every clock whose time has come; returns how many cases it touched.

    Two sweeps may run at once: each takes cases the other has not locked. After downtime the misses are
    judged in the order they fell due, consequences included.
    """
    round_ = stuck.Round(SWEEP, at=at)
    touched, left = 0, set(round_.waiting)
    while True:
        due = Deadline.objects.filter(state="running", next_at__lt=at).exclude(case_id__in=left)
        batch = list(dict.fromkeys(due.order_by("next_at").values_list("case_id", flat=True)[:BATCH]))
        if not batch:
            return touched
        # One that another sweep holds, or that cannot be judged, must not stand before the others for ever.
        left |= {case_id for case_id in batch if not _try_case(case_id, round_)}
        touched += len(set(batch) - left)


def _try_case(case_id: uuid.UUID, round_: stuck.Round) -> bool:
    with round_.apart(case_id, case_id):
        return _sweep_case(case_id, round_.at)
    return False


def _sweep_case(case_id: uuid.UUID, at: datetime) -> bool:
    with transaction.atomic():
        locked = Case.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=case_id)
        case = locked.select_related("marketplace").first()
        if case is None:
            return False
        with door.judging(case.pk, by=actors.clock(case.marketplace), at=at) as change:
            warn(change)
    return True


def warn(change: Change) -> None:
    """Records, once a clock, that its warning time has come."""
    for row in change.clocks:
        if row.state == "running" and not row.warned and row.warn_at and row.warn_at <= change.at:
            row.warned, row.next_at = True, row.due_at
            row.save()
            change.record(
                events.DeadlineWarned(rule=row.rule, due=row.due_at.isoformat()),
                to=audience.of(Party.MARKETPLACE, Party(row.party)), at=row.warn_at,
            )  # fmt: skip
