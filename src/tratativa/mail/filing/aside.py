"""Letters put aside, or that belong nowhere: opened again, brought to a case, or settled by somebody of the team."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tratativa.accounts import text
from tratativa.accounts.actors import Actor
from tratativa.cases.core import work
from tratativa.cases.models import Case
from tratativa.mail.models import Arrival

STATES = ("quarantined", "unmatched")  # what waits for somebody of the team


def put(arrival: Arrival, trouble: str, *, at: datetime) -> None:
    """Puts a letter that still waits aside, with what was wrong with it."""
    Arrival.objects.filter(pk=arrival.pk, state="waiting").update(
        state="quarantined", trouble=text.line(trouble)[:200], opened_at=at
    )


def give_up(arrival_id: UUID, trouble: str, *, at: datetime) -> None:
    """Puts a letter aside that could not be filed, however often it was tried."""
    arrival = Arrival.objects.get(pk=arrival_id)
    if arrival.state == "waiting":
        put(arrival, trouble, at=at)


def again(arrival: Arrival) -> None:
    """Opens a letter again that was put aside, belonged nowhere, or was dealt with by hand."""
    with transaction.atomic():
        found = Arrival.objects.select_for_update().filter(pk=arrival.pk, state__in=[*STATES, "settled"])
        if found.update(state="waiting", trouble="", opened_at=None, settled_at=None, settled_by=None):
            work.ask("mail.open_letter", arrival_id=arrival.pk)


def bring(arrival: Arrival, case: Case, *, by: Actor, at: datetime) -> None:
    """Files a letter on the case somebody opened because of it: its words stand there for the team, as it came.

    One that cannot be read is settled with that case instead. It never acts as the customer's word: a person read it.
    """
    with transaction.atomic():
        found = Arrival.objects.select_for_update().filter(pk=arrival.pk, state="unmatched")
        if found.update(state="waiting", case=case, settled_at=at, settled_by_id=by.person_id):
            work.ask("mail.open_letter", arrival_id=arrival.pk)
        else:
            settle(arrival, by=by, at=at, case=case)


def settle(arrival: Arrival, *, by: Actor, at: datetime, case: Case | None = None) -> bool:
    """Somebody dealt with a letter that no case took in, and opened `case` where there is one. Nothing is erased."""
    settled = {"state": "settled", "settled_at": at, "settled_by_id": by.person_id}
    given = settled | ({"case": case} if case else {})
    return bool(Arrival.objects.filter(pk=arrival.pk, state__in=STATES).update(**given))
