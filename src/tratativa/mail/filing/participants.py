"""Participants: whose letters on a case are its customer's own word, by address, and who of the teams wrote instead."""

from tratativa.accounts.models import Membership, Person
from tratativa.cases.models import Case
from tratativa.mail.models import Participant
from tratativa.rulebook.terms.parties import Party


def writes(case: Case, address: str) -> bool:
    """Whether the address is the customer's registered one, the case's own, or one that the team added to it."""
    if case.customer is None or not address:
        return False
    if address in {case.customer.email.strip().lower(), case.letters_to.strip().lower()}:
        return True
    return Participant.objects.filter(case=case, address__iexact=address).exists()


def colleague(case: Case, address: str) -> tuple[Party, Person] | None:
    """Who of the case's own teams has this address as theirs, and the party they act for; None for anybody else."""
    places = Membership.objects.filter(
        marketplace_id=case.marketplace_id, person__email__iexact=address, person__is_active=True
    ).select_related("person")
    for place in places:
        if place.partner_id:
            if place.partner_id == case.partner_id:
                return Party.PARTNER, place.person
        elif place.seller_id is None:
            return Party.MARKETPLACE, place.person
        elif place.seller_id == case.seller_id:
            return Party.SELLER, place.person
    return None
