"""First administrators: a seller or a partner is given somebody to administer it, who lets in all others."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tratativa.accounts.models import Marketplace, Partner, Seller
from tratativa.accounts.people import invitations
from tratativa.accounts.people.models import Invitation
from tratativa.accounts.people.refusals import Refused
from tratativa.accounts.people.team import Doer, Team

Organisation = Seller | Partner


def team(of: Organisation) -> Team:
    """Whose people these are; it comes with its marketplace loaded."""
    place: Marketplace = of.marketplace
    return Team(place, seller=of) if isinstance(of, Seller) else Team(place, partner=of)


def has_one(of: Organisation) -> bool:
    """Whether somebody of its own lets people into its team."""
    return team(of).members().filter(role="admin").exists()


@transaction.atomic
def invite(of: Organisation, email: str, name: str, *, by: Doer, at: datetime) -> tuple[Invitation, bool]:
    """Asks somebody to administer what nobody administers; afterwards its people are its own to invite.

    Returns the invitation, and whether it is new. Raises Refused.
    """
    kind: type[Seller] | type[Partner] = type(of)
    locked = kind._default_manager.select_for_update(of=("self",)).select_related("marketplace").get(pk=of.pk)
    if has_one(locked):
        raise Refused(
            _("%(name)s já tem quem administre: essa pessoa convida as outras.") % {"name": locked.name}, "email"
        )
    return invitations.invite(team(locked), email, name, "admin", by=by, at=at)


def asked(of: Organisation) -> QuerySet[Invitation]:
    """Who was asked to administer it and has not answered; of no interest to the marketplace once somebody does."""
    waiting = invitations.waiting(team(of)).filter(role="admin")
    return waiting.none() if has_one(of) else waiting.select_related("marketplace", "seller", "partner", "by")
