"""Workload: what waits for the desk's own team and for each partner, counted, listed by what is due, and taken."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from tratativa.accounts.actors import Actor
from tratativa.accounts.people import absences
from tratativa.cases.acting import actions
from tratativa.cases.core import rulebook_versions, visibility
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.models import Case
from tratativa.cases.queues.assignment import OWN
from tratativa.cases.reading import inbox
from tratativa.cases.reading.inbox import Page
from tratativa.rulebook.terms.parties import Party

SHOWS = ("waiting", "unowned", "overdue", "mine", "all")
TRIES = 50  # of the most urgent: the others are being taken by colleagues at this moment
_OPEN = Q(closed_at=None)
_UNOWNED = Q(assignee=None)
_OVERDUE = Q(overdue_since__isnull=False)


@dataclass(frozen=True)
class Load:
    """What a queue holds: `waiting` for whoever answers it, and of all it holds without a responsible person,
    overdue, and the reader's own."""

    waiting: int = 0
    unowned: int = 0
    overdue: int = 0
    mine: int = 0


def load(actor: Actor, queue: str) -> Load:
    """The load of one queue, counted up to 1,001. One query."""
    return Load(**inbox.capped({show: _of(actor, queue, show) for show in SHOWS[:4]}))


def loads(actor: Actor) -> Mapping[str, Load]:
    """The load of the team's queue (`OWN`) and of every other that holds anything, by its id. Two queries."""
    asked = _cases(actor).exclude(queue="").values("queue").order_by("queue")
    counts = {show: Count("pk", filter=_show(actor, show, Party.PARTNER)) for show in SHOWS[:4]}
    found = asked.annotate(**counts).values_list("queue", *SHOWS[:4])
    return {OWN: load(actor, OWN)} | {queue: Load(*counted) for queue, *counted in found}


def page(actor: Actor, queue: str, show: str, *, after: str = "", before: str = "") -> Page:
    """One page of a queue's open cases, what is due first; `show` is one of `SHOWS`. One query."""
    return inbox.keyset(_of(actor, queue, show), inbox.ORDERS["due"], after=after, before=before)


def mine(actor: Actor, *, at: datetime, after: str = "", before: str = "") -> Page:
    """One page of the open cases the actor is responsible for, or covers somebody's who is away; what is due first."""
    people = _whose(actor, at)
    held = Q(seller_assignee__in=people) if actor.party is Party.SELLER else Q(assignee__in=people)
    cases = visibility.visible_cases(actor).filter(_OPEN & held)
    order = inbox.ORDERS["due"]
    if actor.party is Party.SELLER:
        order = tuple(inbox.SELLERS.get(name, name) for name in order)
    return inbox.keyset(cases, order, after=after, before=before)


def _whose(actor: Actor, at: datetime) -> list[uuid.UUID]:
    away = absences.known(actor.marketplace_id, actor.seller_id, rulebook_versions.today(actor.marketplace_id, at))
    return [actor.person, *absences.covered_by(actor.person_id, away)]


def take_next(actor: Actor, queue: str, *, at: datetime) -> Case | None:
    """Makes the actor responsible for the queue's most urgent case that is nobody's; None when there is none.

    Who asks at the same moment gets the one after it: a case somebody is taking is passed over, not waited for.
    """
    free = _of(actor, queue, "unowned").order_by(*inbox.ORDERS["due"]).values_list("pk", flat=True)
    for key in free[:TRIES]:
        with transaction.atomic():
            case = Case.objects.select_for_update(skip_locked=True).filter(_UNOWNED & _OPEN, pk=key).first()
            taken = _take(case, by=actor, at=at) if case else None
        if taken:
            return taken
    return None


def _take(case: Case, *, by: Actor, at: datetime) -> Case | None:
    action = actions.at_place(rulebook_versions.of(case), by.party, "assign")
    if action is None:
        return None
    fields = {field.id: str(by.person) for field in action.fields if field.type == "person"}
    try:
        return actions.perform(case, action.id, by=by, at=at, fields=fields)
    except NotAllowed:
        return None


def _of(actor: Actor, queue: str, show: str) -> QuerySet[Case]:
    """The team's queue holds what waits for the team; a partner's every child case of it that is open."""
    if queue != OWN:
        return _cases(actor).filter(_show(actor, show, Party.PARTNER), queue=queue)
    turn = Q(queue="", waiting_on=str(Party.MARKETPLACE))
    return _cases(actor).filter(turn & _show(actor, show, Party.MARKETPLACE))


def _cases(actor: Actor) -> QuerySet[Case]:
    return visibility.visible_cases(actor).filter(_OPEN)


def _show(actor: Actor, show: str, answers: Party) -> Q:
    return {
        "waiting": Q(waiting_on=str(answers)),
        "unowned": _UNOWNED,
        "overdue": _OVERDUE,
        "mine": Q(assignee=actor.person_id),
    }.get(show, Q())
