"""Inheriting: who left a team has no open cases there any more; a colleague gets them, or they are nobody's again."""

import uuid
from datetime import datetime

from django.db.models import QuerySet

from tratativa.accounts import actors
from tratativa.accounts.actors import Actor
from tratativa.accounts.people.models import Departure
from tratativa.accounts.rights import Right
from tratativa.cases import door
from tratativa.cases.core import responsible
from tratativa.cases.models import Case, FollowUp
from tratativa.rulebook.terms.parties import Party


def open_cases(person_id: uuid.UUID, marketplace_id: uuid.UUID, seller_id: uuid.UUID | None) -> QuerySet[Case]:
    """The open cases this person is responsible for in the marketplace's team, or in this seller's."""
    of_team = Case.objects.filter(marketplace=marketplace_id, closed_at=None)
    if seller_id:
        return of_team.filter(seller=seller_id, seller_assignee=person_id)
    return of_team.filter(assignee=person_id)


def inherit(departure: Departure, *, at: datetime) -> int:
    """Gives the cases and tasks of who left to their heir, or to nobody where the heir left too or only reads by now;
    returns how many cases.

    Harmless when it is done twice: what was handed on is not theirs any more.
    """
    if departure.partner_id:
        return 0  # a partner's cases are nobody's in particular
    heir = _still(departure)
    by = heir or actors.clock(departure.marketplace)
    person = heir.person_id if heir else None
    mine = open_cases(departure.person_id, departure.marketplace_id, departure.seller_id)
    keys = list(mine.order_by("pk").values_list("pk", flat=True))
    done = sum(_give(key, departure, person, by, at=at) for key in keys)
    if not departure.seller_id:
        tasks = FollowUp.objects.filter(marketplace=departure.marketplace_id, owner=departure.person_id, done_at=None)
        tasks.update(owner=person)
    return done


def _give(key: uuid.UUID, departure: Departure, person: uuid.UUID | None, by: Actor, *, at: datetime) -> bool:
    with door.judging(key, by=by, at=at) as change:
        party = Party.SELLER if departure.seller_id else Party.MARKETPLACE
        if responsible.held_by(change, party) != departure.person_id:  # somebody was quicker
            return False
        responsible.make(change, person, party)
    return True


def _still(departure: Departure) -> Actor | None:
    if departure.heir_id is None:
        return None
    party = Party.SELLER if departure.seller_id else Party.MARKETPLACE
    heir = actors.still(departure.heir_id, party, departure.marketplace_id, departure.seller_id)
    return heir if heir and heir.may(Right.ANSWER) else None
