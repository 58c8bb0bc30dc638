"""Responsible: who of a team a case is given to, and who becomes so by answering first."""

import uuid

from tratativa.cases import events
from tratativa.cases.core import audience
from tratativa.cases.core.change import Change
from tratativa.rulebook.terms.parties import Party

_TEAMS = (Party.MARKETPLACE, Party.SELLER)


def _column(party: Party) -> str:
    """The column of the case's row that holds whom this party's team made responsible."""
    return "seller_assignee_id" if party is Party.SELLER else "assignee_id"


def held_by(change: Change, party: Party) -> uuid.UUID | None:
    """Whom this party's team made responsible; None for nobody."""
    person: uuid.UUID | None = getattr(change.case, _column(party))
    return person


def make(change: Change, person: uuid.UUID | None, party: Party) -> None:
    """Makes this person of the party's team responsible, or nobody, and tells the team."""
    setattr(change.case, _column(party), person)
    change.record(events.Assigned(person=str(person or "")), to=audience.of(party))


def answered(change: Change, readers: int) -> None:
    """Makes whoever answers responsible where nobody of their team is.

    Words for the own team alone answer nobody, and who opens a case asks.
    """
    by = change.by
    if by.party not in _TEAMS or by.person_id is None or held_by(change, by.party):
        return
    if any(entry.event == events.Opened.name for entry in change.entries):
        return
    if readers & ~audience.of(by.party):
        make(change, by.person_id, by.party)
