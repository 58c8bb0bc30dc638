"""Giving: a queue's cases go to its people by themselves: whose turn it is, who has the fewest, who knows the matter.

A case is given when it comes to wait for a team and nobody there is responsible; once a minute, those that waited
because everybody was away or had enough.
"""

import uuid
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from tratativa.accounts import actors
from tratativa.accounts.people import absences
from tratativa.accounts.people.team import Team
from tratativa.cases import door, events
from tratativa.cases.core import responsible, rulebook_versions, stuck, work
from tratativa.cases.core.change import Change
from tratativa.cases.models import Case, QueueAssignment, QueueMember
from tratativa.cases.queues import assignment as assignments
from tratativa.cases.queues.assignment import OWN
from tratativa.cases.reading import inbox
from tratativa.rulebook.terms.parties import Party

BATCH = 200  # cases of a queue, a round: the others are given in the next
GIVING = "give"  # what a case is stuck at that cannot be given
_NEVER = datetime.min.replace(tzinfo=UTC)
_COMES = frozenset({events.Opened.name, events.Reopened.name, events.TurnPassed.name, events.Assigned.name})


def notice(change: Change) -> None:
    """Asks that the case be given to somebody, where this change has left it waiting for a team and nobody's there."""
    if any(entry.event in _COMES for entry in change.entries) and _of_case(change.case):
        work.ask("cases.give", case_id=change.case.pk)


def give(case_id: uuid.UUID, *, at: datetime) -> int:
    """Gives the case to somebody of the team it waits for; returns to how many. Harmless when it is done twice."""
    case = Case.objects.get(pk=case_id)
    return sum(_give(one, case, at=at) for one in _of_case(case))


def give_waiting(*, at: datetime) -> int:
    """Gives out what waits in every queue that gives its cases by itself, what is due first; returns how many.

    A case that cannot be given for a fault of its own keeps no other waiting.
    """
    active = QueueAssignment.objects.exclude(way="off").select_related("marketplace", "seller").order_by("pk")
    round_ = stuck.Round(GIVING, at=at)
    return sum(_give_queue(one, round_) for one in active)


def _give_queue(assignment: QueueAssignment, round_: stuck.Round) -> int:
    given, tried = 0, set(round_.waiting)
    free = _free(assignment, at=round_.at)
    while free and given < BATCH:
        case = _waiting(assignment).filter(_known_to(free)).exclude(pk__in=tried).first()
        if case is None:
            break
        tried.add(case.pk)
        with round_.apart(case.pk, case.pk):
            given += _give(assignment, case, at=round_.at)
            free = _free(assignment, at=round_.at)
    return given


def _give(found: QueueAssignment, case: Case, *, at: datetime) -> bool:
    with transaction.atomic():
        # Who gives from one queue does so one after the other: two would count the same people as free.
        rows = QueueAssignment.objects.select_for_update(of=("self",)).select_related("marketplace", "seller")
        assignment = rows.filter(pk=found.pk).exclude(way="off").first()
        if assignment is None:
            return False
        with door.judging(case.pk, by=actors.clock(assignment.marketplace), at=at) as change:
            chosen = _whom(assignment, change.case, at=at)
            if chosen is None:
                return False
            responsible.make(change, chosen.person_id, _party(assignment))
            QueueMember.objects.filter(pk=chosen.pk).update(given_at=at)
    return True


def _whom(assignment: QueueAssignment, case: Case, *, at: datetime) -> QueueMember | None:
    """Who gets the case; None where somebody has it, it waits for others by now, or nobody is free that knows it."""
    if assignment.pk not in {one.pk for one in _of_case(case)}:
        return None
    return next((one for one in _free(assignment, at=at) if _knows(one, case)), None)


def _of_case(case: Case) -> list[QueueAssignment]:
    """By which assignments the case is to be given; most cases have a responsible person, and ask nothing."""
    if case.closed_at:
        return []
    rows = QueueAssignment.objects.filter(marketplace=case.marketplace_id).exclude(way="off")
    if case.assignee_id is None and (case.queue or case.waiting_on == Party.MARKETPLACE):
        return list(rows.filter(seller=None, queue=case.queue or OWN))
    if case.seller_id and case.seller_assignee_id is None and case.waiting_on == Party.SELLER:
        return list(rows.filter(seller=case.seller_id, queue=OWN))
    return []


def _waiting(assignment: QueueAssignment) -> QuerySet[Case]:
    """The queue's open cases that are nobody's, what is due first."""
    nobodys = Case.objects.filter(marketplace=assignment.marketplace_id, closed_at=None)
    if assignment.seller_id:
        mine = nobodys.filter(seller=assignment.seller_id, seller_assignee=None, queue="", waiting_on=Party.SELLER)
        return mine.order_by(*(inbox.SELLERS.get(name, name) for name in inbox.ORDERS["due"]))
    if assignment.queue == OWN:
        nobodys = nobodys.filter(queue="", waiting_on=Party.MARKETPLACE)
    else:
        nobodys = nobodys.filter(queue=assignment.queue)
    return nobodys.filter(assignee=None).order_by(*inbox.ORDERS["due"])


def _free(assignment: QueueAssignment, *, at: datetime) -> list[QueueMember]:
    """Who of the queue is there today and has fewer than their limit, who is to get the next one first."""
    team = Team(assignment.marketplace, assignment.seller)
    able = assignments.able(team).order_by().values("person")
    members = list(assignment.members.filter(person__in=able).select_related("person"))
    day = rulebook_versions.today(assignment.marketplace_id, at)
    away = absences.on(assignment.marketplace_id, assignment.seller_id, day)
    there = [one for one in members if one.person_id not in away]
    has = held(assignment.marketplace_id, assignment.seller_id, [one.person_id for one in there])
    free = [one for one in there if one.limit is None or has.get(one.person_id, 0) < one.limit]
    # Keys made in one millisecond have no order: of those who were never given any, names decide.
    by_turn = sorted(free, key=lambda one: (one.given_at or _NEVER, one.person.name, one.pk))
    if assignment.way == "fewest":
        return sorted(by_turn, key=lambda one: has.get(one.person_id, 0))  # of two with as many, by turn
    return by_turn


def held(marketplace_id: uuid.UUID, seller_id: uuid.UUID | None, people: list[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many open cases each of them is responsible for in this team, whichever queue they came by; who has none is
    left out."""
    column = "seller_assignee" if seller_id else "assignee"
    mine = Case.objects.filter(marketplace=marketplace_id, closed_at=None, **{f"{column}__in": people})
    if seller_id:
        mine = mine.filter(seller=seller_id)
    return dict(mine.order_by(column).values_list(column).annotate(Count("pk")))


def _knows(member: QueueMember, case: Case) -> bool:
    """Whether the case is among those somebody is given: of what no skill is named of, every one."""
    has = {"kind": case.kind, "reason": case.reason, "seller": str(case.seller_id or "")}
    return all(has.get(name) in wanted for name, wanted in member.skills.items() if wanted)


def _known_to(free: list[QueueMember]) -> Q:
    """The cases somebody of these is given."""
    any_of = Q()
    for member in free:
        wanted = {f"{name}__in": keys for name, keys in member.skills.items() if keys}
        if not wanted:
            return Q()
        any_of |= Q(**wanted)
    return any_of


def _party(assignment: QueueAssignment) -> Party:
    return Party.SELLER if assignment.seller_id else Party.MARKETPLACE
