"""The second factor a role demands, and whether somebody has one."""

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef

from tratativa.accounts.models import Membership
from tratativa.rulebook.terms.parties import Party

# Asked together with the places of whoever is signed in, so that no page asks by itself.
HAS_ONE = Exists(Authenticator.objects.filter(user=OuterRef("person_id")).exclude(type="recovery_codes"))


def key(party: Party, role: str) -> str:
    """A role of a team, as `Marketplace.two_factor_roles` names it."""
    return f"{party}:{role}"


def is_missing(membership: Membership) -> bool:
    """Whether the place demands a second factor that its person does not have."""
    party = Party.PARTNER if membership.partner_id else Party.SELLER if membership.seller_id else Party.MARKETPLACE
    if key(party, membership.role) not in membership.marketplace.two_factor_roles:
        return False
    known: bool | None = getattr(membership, "has_second_factor", None)
    return not (has_one(membership) if known is None else known)


def has_one(membership: Membership) -> bool:
    """Whether its person has a second factor now."""
    found: bool = Authenticator.objects.filter(user=membership.person_id).exclude(type="recovery_codes").exists()
    return found
