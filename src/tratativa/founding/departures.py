"""Departures: somebody leaves a team, and what was open in their name is handed on."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tratativa.accounts.actors import of_membership
from tratativa.accounts.models import Membership
from tratativa.accounts.people import leaving
from tratativa.accounts.people.models import Departure
from tratativa.accounts.people.refusals import Refused
from tratativa.accounts.people.team import Doer
from tratativa.accounts.rights import Right
from tratativa.cases.acting import inheriting
from tratativa.cases.core import work


def part(member: Membership, heir: Membership | None, *, by: Doer, at: datetime) -> int:
    """Takes the place away and hands the open cases on before it returns; returns how many. Raises Refused."""
    return inheriting.inherit(_leave(member, heir, by=by, at=at), at=at)


@transaction.atomic
def part_soon(member: Membership, heir: Membership | None, *, by: Doer, at: datetime) -> None:
    """Takes the place away, and leaves handing the open cases on to a job. Raises Refused."""
    work.ask("cases.inherit", departure_id=_leave(member, heir, by=by, at=at).pk)


def _leave(member: Membership, heir: Membership | None, *, by: Doer, at: datetime) -> Departure:
    if heir and (heir.pk == member.pk or not of_membership(heir).may(Right.ANSWER)):
        raise Refused(_("Escolha, para os atendimentos, outra pessoa da equipe que atenda."), "heir")
    return leaving.leave(member, heir=heir.person if heir else None, by=by, at=at)
