"""Presence: whether anybody is there to be given what a queue gives out by itself."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from tratativa.accounts.people import absences
from tratativa.accounts.people.models import Absence
from tratativa.accounts.people.team import Team
from tratativa.cases.models import QueueMember
from tratativa.cases.queues import assignment

Span = tuple[date, date]  # the first and the last day


def receivers(team: Team) -> Mapping[str, set[object]]:
    """Who may be given cases, by the queue that gives its own; who left the team or answers no more is not counted."""
    rows = QueueMember.objects.filter(
        assignment__marketplace=team.marketplace, assignment__seller=team.seller,
        person__in=assignment.able(team).order_by().values("person"),
    )  # fmt: skip
    found: dict[str, set[object]] = {queue: set() for queue, one in assignment.of_all(team).items() if one.way != "off"}
    for queue, person in rows.exclude(assignment__way="off").values_list("assignment__queue", "person_id"):
        found.setdefault(queue, set()).add(person)
    return found


def alone(team: Team, day: date) -> set[str]:
    """The queues that give their cases to nobody on this day: what comes waits without a responsible person."""
    return set(_alone(team, receivers(team), day, day))


def alone_between(team: Team, first: date, last: date) -> Mapping[str, Sequence[Span]]:
    """The queues that give their cases to nobody on some day between these two, each with those days."""
    return _alone(team, receivers(team), first, last)


def left_by(team: Team, absence: Absence) -> Mapping[str, Sequence[Span]]:
    """The queues this person is given cases of that have nobody on some day of the absence, each with those days."""
    theirs = {queue: people for queue, people in receivers(team).items() if absence.person_id in people}
    return _alone(team, theirs, absence.first, absence.last)


def _alone(team: Team, queues: Mapping[str, set[object]], first: date, last: date) -> Mapping[str, Sequence[Span]]:
    days = [first + timedelta(days=after) for after in range((last - first).days + 1)]
    away: dict[date, set[object]] = defaultdict(set)
    for one in absences.of(team).filter(first__lte=last, last__gte=first):
        for day in days:
            if one.first <= day <= one.last:
                away[day].add(one.person_id)
    found = {queue: _spans([day for day in days if people <= away[day]]) for queue, people in queues.items()}
    return {queue: spans for queue, spans in found.items() if spans}


def _spans(days: Sequence[date]) -> Sequence[Span]:
    """Days that follow each other, as their first and their last."""
    spans: list[Span] = []
    for day in days:
        if spans and day - spans[-1][1] == timedelta(days=1):
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return spans
