"""What a parent case hears of its children: that the queue answered, that its time passed, and what that changes."""

import uuid
from datetime import timedelta

from django.db.models import Exists, F, Min, OuterRef, Q
from django.utils.translation import gettext as _

from tratativa.accounts import actors
from tratativa.cases import door, events
from tratativa.cases.acting import follow_ups
from tratativa.cases.core import audience
from tratativa.cases.core.change import Change
from tratativa.cases.models import Escalation
from tratativa.cases.queues import bank_details
from tratativa.rulebook.terms.parties import Party


def report(child_id: uuid.UUID) -> None:
    """Tells the parent that the queue answered, or that its time passed, and erases bank data of a closed child.

    Told twice, it is told once.
    """
    known = Escalation.objects.select_related("child__partner", "parent__marketplace").get(child=child_id)
    if known.silent_at and not known.told_silence:
        with door.judging(known.parent_id, by=actors.clock(known.parent.marketplace), at=known.silent_at) as change:
            _silent(change, Escalation.objects.get(pk=known.pk))
    if known.answer > known.told and known.answered_at and known.child.partner:
        by = actors.of_partner(known.child.partner)
        with door.judging(known.parent_id, by=by, at=known.answered_at) as change:
            _answered(change, Escalation.objects.get(pk=known.pk))
    if known.child.closed_at and bank_details.shared_with(child_id).exists():
        by = actors.clock(known.parent.marketplace)
        with door.judging(known.parent_id, by=by, at=known.child.closed_at) as change:
            bank_details.erase(change, Escalation.objects.get(pk=known.pk))


def unreported(marketplace_id: uuid.UUID) -> list[uuid.UUID]:
    """The children whose news their parent has not heard, oldest first."""
    untold = Q(answer__gt=F("told")) | Q(silent_at__isnull=False, told_silence=False)
    over = Q(child__closed_at__isnull=False) & Exists(bank_details.shared_with(OuterRef("child_id")))
    rows = Escalation.objects.filter(untold | over, parent__marketplace=marketplace_id).order_by("asked_at")
    return list(rows.values_list("child_id", flat=True))


def let_go(change: Change, child_id: uuid.UUID | None) -> None:
    """The procedure went on without this queue's answer: that it is late counts for the case no more."""
    Escalation.objects.filter(child=child_id).update(let_go_at=change.at)
    _count_late(change)


def _silent(change: Change, row: Escalation) -> None:
    if row.told_silence:
        return
    row.told_silence = True
    row.save(update_fields=["told_silence"])
    _count_late(change)
    change.record(events.ChildSilent(child=str(row.child_id), queue=row.queue), to=audience.TEAM)
    _bring_back(change)


def _answered(change: Change, row: Escalation) -> None:
    if row.answer <= row.told:
        return
    row.told = row.answer
    row.save(update_fields=["told"])
    _count_late(change)
    answer = events.ChildAnswered(child=str(row.child_id), queue=row.queue, number=row.answer)
    change.record(answer, to=audience.TEAM)
    if not bank_details.asks_back(row):
        bank_details.erase(change, row)
    if change.case.is_open:
        _bring_back(change)
    else:
        _take_up_again(change, row)


def _bring_back(change: Change) -> None:
    if change.case.is_open:
        change.pass_turn(Party.MARKETPLACE, to=audience.TEAM)


def _take_up_again(change: Change, row: Escalation) -> None:
    """The answer came after the case was finished: it is open again for the team, who decides what the customer hears.

    Past the rulebook's term it stays closed, and the answer is a task.
    """
    assert change.case.closed_at is not None
    if change.at <= change.book.clock.due(change.case.closed_at, change.book.reopen.within):
        change.case.closed_at = None
        change.record(events.Reopened(because="child"), to=audience.TEAM)
        change.pass_turn(Party.MARKETPLACE, to=audience.TEAM)
        return
    words = _("%(queue)s respondeu depois do fim: veja se há o que dizer ao cliente.")
    follow_ups.leave(change, words % {"queue": change.book.queue_label(row.queue)}, change.at + timedelta(hours=1))


def _count_late(change: Change) -> None:
    """Puts on the case since when a queue owes it an answer; no row of it is missing one the procedure waits for."""
    owing = Escalation.objects.filter(
        parent=change.case, silent_at__isnull=False, answered_at=None, withdrawn_at=None, let_go_at=None
    )
    change.case.late_child_since = owing.aggregate(at=Min("silent_at"))["at"]
