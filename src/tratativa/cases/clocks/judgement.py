"""Judging clocks: what ran out is missed at its due time, with the consequences the rulebook names."""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from tratativa.accounts import actors
from tratativa.accounts.absence import AWAY
from tratativa.cases import events
from tratativa.cases.clocks import planning, surveys
from tratativa.cases.core import audience, effects, listeners
from tratativa.cases.core.change import Change
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.models import Case, Deadline, Held, Pressed
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.language import effects as verbs
from tratativa.rulebook.language.deadlines import Deadline as Rule
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.verdict import Clock

log = logging.getLogger(__name__)


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
    for row in run_out(change.clocks, at=change.at):
        if _kept(change, row) or listeners.unopened(change.case, row.due_at):
            row.next_at = change.at + LOOK_AGAIN
            row.save()
        else:
            _miss(change, row)


def run_out(rows: Iterable[Deadline], *, at: datetime) -> Iterator[Deadline]:
    """The running clocks whose time was over before this moment, in the order they fell due; each is looked at only
    when its turn comes, for what follows from one may have stopped the next."""
    for row in sorted(rows, key=lambda row: row.due_at):
        if row.state == "running" and row.due_at < at:
            yield row


def holds_back(book: Rulebook, rule: Rule, action: str) -> bool:
    """Whether an action asked for in time, which still waits to happen, keeps the judgement of this clock waiting."""
    return not rule.legal and (action in verdicts.stoppers(book, rule) or rule.stopped_by == "reply")


def _kept(change: Change, row: Deadline) -> bool:
    """Whether what would have answered this clock in time still waits to happen."""
    rule = change.book.deadline(row.rule)
    if rule is None:
        return False
    if _is_on_its_way(change, row, rule):
        return True
    if not change.case.held:
        return False
    in_time = Held.objects.filter(case=change.case, decided_at=None, party=row.party, asked_at__lte=row.due_at)
    return any(holds_back(change.book, rule, held.action) for held in in_time)


def _is_on_its_way(change: Change, row: Deadline, rule: Rule) -> bool:
    """Whether a message sent in time, which might answer this clock, waits for the seconds its author may take it back
    in: it counts from the click. Seconds are no way round a legal clock, so that it waits, too."""
    reply = change.book.replies.id
    waiting = Pressed.objects.filter(case=change.case, ended_at=None, pressed_at__lte=row.due_at)
    if rule.stopped_by == "public_reply":  # whoever of seller and marketplace says it, to be read by the customer
        return waiting.filter(Q(to=Party.CUSTOMER) | Q(customer_reads=True)).exists()
    if rule.stopped_by != "reply" and reply not in verdicts.stoppers(change.book, rule):
        return False
    return waiting.filter(party=row.party).exists()


def _follow_through(change: Change, effect: verbs.Effect) -> None:
    """Does one consequence of a miss. One that is refused, or fails, is put on record for the team: the miss stands."""
    try:
        with change.attempt():
            effects.run(change, effect)
        return
    except (NotAllowed, Invalid) as no:
        why = str(no)
    except AWAY:
        raise  # the database went away: everything is tried again
    except Exception:  # whatever is wrong with a rule's consequence, the case stays everybody's to work on
        log.exception("case %s: %s of %s failed", change.case.pk, effect.name, change.because)
        why = _("Erro interno; avise quem administra a mesa.")
    refused = events.ConsequenceRefused(because=change.because, effect=effect.name)
    change.record(refused, to=audience.TEAM, words=why)


def _miss(change: Change, row: Deadline) -> None:
    mark_missed(row)
    row.save()
    with change.acting(actors.clock(change.case.marketplace), at=row.due_at, because=f"deadline:{row.rule}"):
        if row.rule == planning.SURVEY:
            surveys.send(change)
        else:
            _record_miss(change, row)
        listeners.follow(change)
        planning.replan(change)


def mark_missed(row: Deadline) -> None:
    """The clock ran out; a procedure's own timer leaves nothing owed."""
    row.state = "missed"
    if row.rule == planning.TIMER:
        row.answered_at = row.due_at


def _record_miss(change: Change, row: Deadline) -> None:
    readers = audience.WITH_PARTNER if change.case.queue else audience.TEAM_AND_SELLER
    change.record(events.DeadlineMissed(rule=row.rule, due=row.due_at.isoformat()), to=readers)
    rule = change.book.deadline(row.rule)
    for effect in rule.missed if rule else ():
        _follow_through(change, effect)
