"""Shutting a customer out: what a lost telephone, or somebody else's, may still open, opens nothing any more."""

from datetime import datetime

from django.utils.translation import gettext as _

from tratativa.accounts.access import customer_access
from tratativa.accounts.actors import Actor
from tratativa.cases import door, events
from tratativa.cases.core import audience
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.models import Case
from tratativa.rulebook.terms.parties import Party


def shut_out(case: Case, *, by: Actor, at: datetime) -> int:
    """Ends the customer's sessions and every link letters have carried, of all their cases; returns how many links
    still opened.

    The next letter carries a new link, and the door stays open to whoever proves anew who they are. Raises NotAllowed
    for anybody but the marketplace, and where the case has no customer.
    """
    if by.party is not Party.MARKETPLACE or case.customer_id is None:
        raise NotAllowed(_("Só a equipe do marketplace encerra os acessos de um cliente."))
    with door.judging(case.pk, by=by, at=at) as change:
        links = customer_access.shut_out(case.customer_id, at=at)
        change.record(events.CustomerShutOut(links=links), to=audience.TEAM)
    return links
