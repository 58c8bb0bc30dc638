"""A team as its people are spoken of: the marketplace's, a seller's or a partner's; and who changes something in it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from tratativa.accounts.models import Marketplace, Membership, Partner, Person, Seller
from tratativa.rulebook.terms.parties import Party


@dataclass(frozen=True)
class Team:
    """The marketplace's own team, or a seller's or a partner's of it."""

    marketplace: Marketplace
    seller: Seller | None = None
    partner: Partner | None = None

    def __str__(self) -> str:
        return (self.seller or self.partner or self.marketplace).name

    @property
    def party(self) -> Party:
        """For whom its people act."""
        if self.partner:
            return Party.PARTNER
        return Party.SELLER if self.seller else Party.MARKETPLACE

    @property
    def organisation(self) -> Seller | Partner | None:
        """The seller or the partner whose team it is; None for the marketplace's own."""
        return self.seller or self.partner

    def places(self) -> QuerySet[Membership]:
        """The places in it, those of people who may not sign in, too."""
        return Membership.objects.filter(marketplace=self.marketplace, seller=self.seller, partner=self.partner)

    def members(self) -> QuerySet[Membership]:
        """Who belongs to it and may sign in, each with its person."""
        return self.places().filter(person__is_active=True).select_related("person")


def of(membership: Membership) -> Team:
    """The team of a place in it; `membership` comes with marketplace, seller and partner loaded."""
    return Team(membership.marketplace, membership.seller, membership.partner)


@dataclass(frozen=True)
class Doer:
    """Who changes something: a person, from an address, or a command of whoever runs the machine."""

    person: Person | None = None
    whence: str = ""
    command: str = ""
