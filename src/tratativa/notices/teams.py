"""Teams: whose people may be told of a case: those of a party who may know of it."""

from django.db.models import QuerySet

from tratativa.accounts.models import Membership
from tratativa.cases.models import Case
from tratativa.rulebook.terms.parties import Party


def of(case: Case, party: Party) -> QuerySet[Membership]:
    """The places in the team of this party that the case is with; none where it has no such team."""
    members = Membership.objects.filter(marketplace_id=case.marketplace_id, person__is_active=True)
    if party is Party.MARKETPLACE:
        return members.filter(seller=None, partner=None)
    if party is Party.SELLER and case.seller_id:
        return members.filter(seller=case.seller_id)
    if party is Party.PARTNER and case.partner_id:
        return members.filter(partner=case.partner_id)
    return members.none()
