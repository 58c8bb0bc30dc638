"""The second factor a role demands, and whether somebody has one."""

import uuid
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Exists, OuterRef

from tratativa.accounts.models import Membership
from tratativa.rulebook.terms.parties import Party

BY_PROVIDER = "by_provider"  # marks a session that the site's provider opened
# Asked together with the places of whoever is signed in, so that no page asks by itself.
HAS_ONE = Exists(Authenticator.objects.filter(user=OuterRef("person_id")).exclude(type="recovery_codes"))


def key(party: Party, role: str) -> str:
    """A role of a team, as `Marketplace.two_factor_roles` names it."""
    return f"{party}:{role}"


def demands(membership: Membership) -> bool:
    """Whether the role of this place may not work without one."""
    party = Party.PARTNER if membership.partner_id else Party.SELLER if membership.seller_id else Party.MARKETPLACE
    return key(party, membership.role) in membership.marketplace.two_factor_roles


def is_demanded(person_id: uuid.UUID) -> bool:
    """Whether any place of the person demands one."""
    return any(demands(place) for place in Membership.objects.select_related("marketplace").filter(person=person_id))


def is_missing(membership: Membership) -> bool:
    """Whether the place demands a second factor that its person does not have."""
    if not demands(membership):
        return False
    known: bool | None = getattr(membership, "has_second_factor", None)
    return not (has_one(membership) if known is None else known)


def passkeys(person_id: uuid.UUID) -> list[Any]:
    """The person's passkeys, each as allauth wraps it, oldest first."""
    kept = Authenticator.objects.filter(user=person_id, type=Authenticator.Type.WEBAUTHN)
    return [one.wrap() for one in kept.order_by("created_at", "pk")]


def is_the_providers(session: SessionBase) -> bool:
    """Whether this session was opened by the site's provider, which asks for a second factor by itself."""
    return bool(settings.OIDC_TWO_FACTOR and settings.OIDC_ISSUER and session.get(BY_PROVIDER))


def has_one(membership: Membership) -> bool:
    """Whether its person has a second factor now."""
    found: bool = Authenticator.objects.filter(user=membership.person_id).exclude(type="recovery_codes").exists()
    return found
