"""Outstanding: links that were given out to an address die when it is its person's no more, or the account is shut."""

from datetime import datetime

from django.db import transaction

from tratativa.accounts.models import Membership, Person
from tratativa.accounts.people import telling
from tratativa.accounts.people.models import Invitation
from tratativa.accounts.people.team import Doer, Team


@transaction.atomic
def shut(person: Person, *, by: Doer, at: datetime) -> None:
    """The account is shut: no invitation, no link to a new password and no change of e-mail of before leads back in."""
    _withdraw(person.email, by=by, at=at)
    person.email_changes.filter(ended_at=None).update(ended_at=at)
    # The links of letters about a new password are made over the password there is: with another they are void.
    person.set_unusable_password()
    Person.objects.filter(pk=person.pk).update(is_active=False, password=person.password)


@transaction.atomic
def moved(person: Person, *, old: str, by: Doer, at: datetime) -> None:
    """The person's address became another: whoever reads the old one joins nothing by it, and what the new one was
    asked to join although its person belongs there already is asked no more."""
    _withdraw(old, by=by, at=at)
    for place in Membership.objects.filter(person=person).select_related("marketplace", "seller", "partner"):
        _withdraw(person.email, team=Team(place.marketplace, place.seller, place.partner), by=by, at=at)


def _withdraw(email: str, *, team: Team | None = None, by: Doer, at: datetime) -> None:
    """Withdraws the open invitations to this address, and tells each team of its own."""
    found = Invitation.objects.filter(email__iexact=email, used_at=None, withdrawn_at=None)
    if team:
        found = found.filter(marketplace=team.marketplace, seller=team.seller, partner=team.partner)
    # Somebody who accepts at this moment comes first, or finds it withdrawn.
    for one in found.select_for_update(of=("self",)).select_related("marketplace", "seller", "partner"):
        one.withdrawn_at = at
        one.save(update_fields=["withdrawn_at"])
        told = Team(one.marketplace, one.seller, one.partner)
        telling.tell(told, telling.WITHDRAWN, by=by, about=one.email)
