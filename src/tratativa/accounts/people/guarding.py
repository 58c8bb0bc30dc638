"""Guarding: what an administrator may do to somebody's account as a whole: only where it belongs to no other team.

Else a seller's administrator could take the second factor from somebody who administers the marketplace.
"""

from allauth.mfa.models import Authenticator
from django.db import transaction

from tratativa.accounts.models import Membership
from tratativa.accounts.people import leaving, regaining, telling, warning
from tratativa.accounts.people.refusals import ElsewhereToo
from tratativa.accounts.people.team import Doer, of


def is_only_here(member: Membership) -> bool:
    """Whether the person belongs to no other team."""
    return not Membership.objects.filter(person=member.person_id).exclude(pk=member.pk).exists()


@transaction.atomic
def reset_second_factor(member: Membership, *, by: Doer) -> None:
    """Takes every second factor away, recovery codes too, and ends all sessions. Raises ElsewhereToo."""
    if not is_only_here(member):
        raise ElsewhereToo
    Authenticator.objects.filter(user=member.person_id).delete()
    leaving.end_sessions(member.person)
    regaining.mark(member.person)
    telling.tell(of(member), telling.FACTOR_RESET, by=by, about=member.person.email)
    warning.warn(member.person, telling.FACTOR_RESET, of(member), by=by)


@transaction.atomic
def sign_out(member: Membership, *, by: Doer) -> None:
    """Ends all sessions of the person. Raises ElsewhereToo."""
    if not is_only_here(member):
        raise ElsewhereToo
    leaving.end_sessions(member.person)
    telling.tell(of(member), telling.SIGNED_OUT, by=by, about=member.person.email)
    warning.warn(member.person, telling.SIGNED_OUT, of(member), by=by)


@transaction.atomic
def demand_second_factor(member: Membership, keys: list[str], *, by: Doer) -> bool:
    """The roles that may not work without a second factor, as `second_factor.key` writes them; whether it changed."""
    team = of(member)
    place = type(team.marketplace).objects.select_for_update().get(pk=team.marketplace.pk)
    before = sorted(place.two_factor_roles)
    if before == sorted(keys):
        return False
    place.two_factor_roles = sorted(keys)
    place.save(update_fields=["two_factor_roles"])
    telling.tell(team, telling.FACTOR_DEMANDED, by=by, before={"roles": before}, after={"roles": sorted(keys)})
    return True
