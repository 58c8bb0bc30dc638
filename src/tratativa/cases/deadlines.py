"""Clocks: started, paused, stopped and missed as the rulebook says; judged at the door and by the sweep."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from tratativa.accounts import actors
from tratativa.cases import attempts, audience, events, following, planning, stuck
from tratativa.cases.models import Case, Deadline, Held
from tratativa.cases.refusals import Invalid, NotAllowed
from tratativa.rulebook import effects as verbs
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.language import Rulebook
from tratativa.rulebook.parties import Party
from tratativa.rulebook.verdict import Clock

if TYPE_CHECKING:
    from tratativa.cases.changing import Change

log = logging.getLogger(__name__)
BATCH = 200
SWEEP = "sweep"  # what a case is stuck at that cannot be judged
# What may have happened in time although nobody has seen it yet: whether something of a case, come by a moment, is
# still unopened. Registered by the apps above, which this one may not import.
UNOPENED: list[Callable[[Case, datetime], bool]] = []
LOOK_AGAIN = timedelta(minutes=1)


def unanswered(case: Case) -> list[Deadline]:
    """The case's clocks that still matter: running, paused, or missed and not yet answered."""
    return list(
        case.deadlines.filter(state__in=["running", "paused", "missed"], answered_at=None).order_by("due_at", "id")
    )


def clocks(rows: Iterable[Deadline], book: Rulebook) -> list[Clock]:
    """Running clocks as the verdict takes them."""
    rules = [(row, book.deadline(row.rule)) for row in rows if row.state == "running"]
    return [
        Clock(Party(row.party), row.due_at, verdicts.stoppers(book, rule), rule.label if rule.is_duty else "")
        for row, rule in rules
        if rule
    ]


def judge(change: Change) -> None:
    """Misses every clock that ran out before `change.at`, with its due time as the time of the miss.

    Answered at the due time is in time; later is not (one boundary, used everywhere). What was done in time and is
    held keeps the judgement waiting: who lets it go must not make its author late. So does a letter that came in
    time and is not opened yet.
    """
    for row in sorted(change.clocks, key=lambda row: row.due_at):
        if row.state != "running" or row.due_at >= change.at:
            continue
        if _kept(change, row) or any(unopened(change.case, row.due_at) for unopened in UNOPENED):
            row.next_at = change.at + LOOK_AGAIN
            row.save()
        else:
            _miss(change, row)


def _kept(change: Change, row: Deadline) -> bool:
    """Whether what would have answered this clock in time still waits to happen."""
    rule = change.book.deadline(row.rule)
    if rule is None or rule.legal or not change.case.held:
        return False
    in_time = Held.objects.filter(case=change.case, decided_at=None, party=row.party, asked_at__lte=row.due_at)
    stops = verdicts.stoppers(change.book, rule)
    return any(held.action in stops or rule.stopped_by == "reply" for held in in_time)


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
    from tratativa.cases import changing  # the door stands above its clocks

    with transaction.atomic():
        locked = Case.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=case_id)
        case = locked.select_related("marketplace").first()
        if case is None:
            return False
        with changing.judging(case.pk, by=actors.clock(case.marketplace), at=at) as change:
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


def _follow_through(change: Change, effect: verbs.Effect) -> None:
    """Does one consequence of a miss. One that is refused, or fails, is put on record for the team: the miss stands."""
    from tratativa.cases import effects  # effects stand above the clocks they start and stop

    try:
        with attempts.attempt(change):
            effects.run(change, effect)
        return
    except (NotAllowed, Invalid) as no:
        why = str(no)
    except (OperationalError, InterfaceError):
        raise  # the database went away: everything is tried again
    except Exception:  # whatever is wrong with a rule's consequence, the case stays everybody's to work on
        log.exception("case %s: %s of %s failed", change.case.pk, effect.name, change.because)
        why = _("Erro interno; avise quem administra a mesa.")
    refused = events.ConsequenceRefused(because=change.because, effect=effect.name)
    change.record(refused, to=audience.TEAM, words=why)


def _miss(change: Change, row: Deadline) -> None:
    from tratativa.cases import effects  # effects stand above the clocks they start and stop

    row.state, row.ended_at = "missed", row.due_at
    row.save()
    clock = actors.clock(change.case.marketplace)
    acting = (change.by, change.at, change.because)
    change.by, change.at, change.because = clock, row.due_at, f"deadline:{row.rule}"
    if row.rule == planning.SURVEY:
        effects.survey.send(change)
    else:
        readers = audience.WITH_PARTNER if change.case.queue else audience.TEAM_AND_SELLER
        change.record(events.DeadlineMissed(rule=row.rule, due=row.due_at.isoformat()), to=readers)
        if row.rule == planning.TIMER:
            row.answered_at = row.due_at  # a procedure's own timer leaves nothing owed
            row.save()
        rule = change.book.deadline(row.rule)
        for effect in rule.missed if rule else ():
            _follow_through(change, effect)
    following.follow(change)
    planning.replan(change)
    change.by, change.at, change.because = acting
