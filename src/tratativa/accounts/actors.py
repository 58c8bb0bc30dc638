"""Actors: who does something, for which party, with which reach."""

import uuid
from dataclasses import dataclass

from tratativa.accounts import rights
from tratativa.accounts.models import Customer, Marketplace, Membership, Partner
from tratativa.accounts.rights import Right
from tratativa.rulebook.terms.parties import Party


@dataclass(frozen=True)
class Actor:
    """Someone acting for a party of one marketplace. `person_id` is the Person's or the Customer's key,
    or the Partner's where nobody of it signed in.

    `only_case` narrows a customer, or a partner who came by a letter's link, to one case. `role` is one of
    `accounts.models.Role`, `customer`, or `clock` for what the desk does by itself.
    """

    party: Party
    marketplace_id: uuid.UUID
    name: str
    role: str
    person_id: uuid.UUID | None = None
    seller_id: uuid.UUID | None = None
    customer_id: uuid.UUID | None = None
    partner_id: uuid.UUID | None = None
    only_case: uuid.UUID | None = None

    @property
    def person(self) -> uuid.UUID:
        """The key of whoever acts. Raises LookupError for the clock, which is nobody."""
        if self.person_id is None:
            raise LookupError("the clock is nobody in particular")
        return self.person_id

    @property
    def owners(self) -> tuple[uuid.UUID | None, ...]:
        """The keys that rows this actor may touch carry: its organisation's, and what it keeps for itself."""
        organisation = self.customer_id or self.partner_id or self.seller_id or self.marketplace_id
        return organisation, self.person_id

    @property
    def is_admin(self) -> bool:
        """Whether the actor administers its organisation."""
        return self.role == "admin"

    def may(self, right: Right) -> bool:
        """Whether the actor's role in its team has this right; a customer, and the desk itself, have no role."""
        return rights.may(self.party, self.role, right)


def of_membership(membership: Membership) -> Actor:
    """The actor a member of staff is; `membership` comes with its person loaded."""
    return Actor(
        party=_party(membership),
        marketplace_id=membership.marketplace_id,
        name=membership.person.name,
        role=membership.role,
        person_id=membership.person_id,
        seller_id=membership.seller_id,
        partner_id=membership.partner_id,
    )


def of_partner(partner: Partner, only_case: uuid.UUID | None = None) -> Actor:
    """The actor a partner is without any of its people: by a letter's link, in that one child case."""
    return Actor(
        party=Party.PARTNER,
        marketplace_id=partner.marketplace_id,
        name=partner.name,
        role="agent",
        person_id=partner.pk,
        partner_id=partner.pk,
        only_case=only_case,
    )


def _party(membership: Membership) -> Party:
    if membership.partner_id:
        return Party.PARTNER
    return Party.SELLER if membership.seller_id else Party.MARKETPLACE


def of_customer(customer: Customer, only_case: uuid.UUID | None = None) -> Actor:
    """The actor a customer is; whoever came by a letter's link reaches that one case only."""
    return Actor(
        party=Party.CUSTOMER,
        marketplace_id=customer.marketplace_id,
        name=customer.name,
        role="customer",
        person_id=customer.id,
        customer_id=customer.id,
        only_case=only_case,
    )


def speaking_for(customer: Customer | None, agent: Actor) -> Actor:
    """The customer's voice as one of the team takes it down: the customer's party, the agent's own key.

    `customer` is None where nobody the desk knows is speaking.
    """
    return Actor(
        party=Party.CUSTOMER,
        marketplace_id=agent.marketplace_id,
        name=customer.name if customer else "",
        role="customer",
        person_id=agent.person_id,
        customer_id=customer.pk if customer else None,
    )


def still(person_id: uuid.UUID, party: Party, marketplace_id: uuid.UUID, seller_id: uuid.UUID | None) -> Actor | None:
    """Who this person is today for a seller or the marketplace; None once they left, or may no longer sign in."""
    team = Membership.objects.select_related("person").filter(
        person=person_id, marketplace=marketplace_id, person__is_active=True,
        seller=seller_id if party is Party.SELLER else None, partner=None,
    )  # fmt: skip
    member = team.first()
    return of_membership(member) if member else None


def clock(marketplace: Marketplace) -> Actor:
    """The desk itself: judges deadlines and does what follows from them, in the marketplace's name."""
    return Actor(Party.MARKETPLACE, marketplace.id, marketplace.name, "clock")


def identity(actor: Actor) -> str:
    """Who acts, for which organisation and with which reach, in one line: two of one identity may do the same."""
    return ":".join(
        str(part or "")
        for part in (
            actor.party, actor.marketplace_id, actor.seller_id, actor.partner_id, actor.person_id, actor.only_case,
        )
    )  # fmt: skip
