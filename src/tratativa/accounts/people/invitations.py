"""Invitations: a link of one use and seven days by which somebody joins a team; sent again, or withdrawn."""

import secrets
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from tratativa.accounts.models import Membership, Person
from tratativa.accounts.people import hiring, telling
from tratativa.accounts.people.models import Invitation
from tratativa.accounts.people.refusals import NotInTime, Refused
from tratativa.accounts.people.team import Doer, Team

LIFE = timedelta(days=7)


def waiting(team: Team) -> QuerySet[Invitation]:
    """Those nobody used or withdrew yet, too old ones among them, newest first."""
    return Invitation.objects.filter(
        marketplace=team.marketplace, seller=team.seller, partner=team.partner, used_at=None, withdrawn_at=None
    ).order_by("-made_at", "-id")


def standing(team: Team, email: str, role: str, *, at: datetime) -> Invitation | None:
    """The invitation of this person in this role that waits and still opens: asked again, nothing needs to be done."""
    found = waiting(team).filter(email__iexact=email, role=role, expires_at__gt=at)
    return found.select_related("marketplace", "seller", "partner", "by").first()


@transaction.atomic
def invite(team: Team, email: str, name: str, role: str, *, by: Doer, at: datetime) -> tuple[Invitation, bool]:
    """Asks somebody to join, and whether that is new: one who was asked already has the same link, seven days more.

    Raises Refused for a wrong address or role, and for who belongs to the team already.
    """
    email, role = hiring.address(email), hiring.role_of(team, role)
    if team.members().filter(person__email__iexact=email).exists():
        raise Refused(_("%(email)s já é desta equipe.") % {"email": email}, "email")
    made = Invitation(
        marketplace=team.marketplace, seller=team.seller, partner=team.partner, email=email,
        name=hiring.name_of(name, email) if name else "", role=role, by=by.person, made_at=at, expires_at=at + LIFE,
    )  # fmt: skip
    Invitation.objects.bulk_create([made], ignore_conflicts=True)  # of two who ask at once, one finds the other's
    found = waiting(team).select_for_update(of=("self",)).get(email__iexact=email)
    if found.pk != made.pk:
        before, found.role, found.expires_at = found.role, role, at + LIFE
        found.name = hiring.name_of(name, email) if name else found.name
        found.save(update_fields=["role", "expires_at", "name"])
        if before != role:
            telling.tell(team, telling.INVITED, by=by, about=email, before={"role": before}, after={"role": role})
        return found, False
    telling.tell(team, telling.INVITED, by=by, about=email, after={"role": role})
    return found, True


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Doer, at: datetime) -> None:
    """Its link opens nothing any more."""
    Invitation.objects.filter(pk=invitation.pk, used_at=None).update(withdrawn_at=at)
    telling.tell(team_of(invitation), telling.WITHDRAWN, by=by, about=invitation.email)


@transaction.atomic
def again(invitation: Invitation, *, by: Doer, at: datetime) -> None:
    """The same link holds seven days from now."""
    telling.tell(team_of(invitation), telling.INVITED_AGAIN, by=by, about=invitation.email)
    Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None).update(expires_at=at + LIFE)
    invitation.refresh_from_db()


def link(invitation: Invitation) -> str:
    """The address by which it is accepted."""
    return settings.SITE_URL + reverse("invitation", args=[invitation.pk, secret(invitation)])


def secret(invitation: Invitation) -> str:
    """What its link is known by; the installation's key makes it, and nothing of it is kept."""
    return salted_hmac(
        "tratativa.accounts.invitation", f"{invitation.pk}:{invitation.turn}", algorithm="sha256"
    ).hexdigest()


def opened(key: uuid.UUID, given: str, *, at: datetime) -> Invitation:
    """The invitation this link is. Raises NotInTime."""
    found = Invitation.objects.select_related("marketplace", "seller", "partner", "by").filter(pk=key).first()
    if found is None or not secrets.compare_digest(secret(found).encode(), given.encode()) or not holds(found, at=at):
        raise NotInTime
    return found


def holds(invitation: Invitation, *, at: datetime) -> bool:
    """Whether its link still opens."""
    return not invitation.used_at and not invitation.withdrawn_at and at < invitation.expires_at


def needs_password(invitation: Invitation) -> bool:
    """Whether whoever accepts makes an account of it: nobody with this address may sign in, or belongs to a team.

    Who invites may see the link, and must not become somebody of another team by it.
    """
    person = hiring.find(invitation.email)
    if person is None:
        return True
    return not hiring.may_sign_in(person) and not Membership.objects.filter(person=person).exists()


@transaction.atomic
def accept(invitation: Invitation, *, name: str, password: str, at: datetime, whence: str = "") -> Membership:
    """Somebody without an account joins by the link, with a password of their own. Raises Refused, NotInTime."""
    mine = _use(invitation, at=at)
    if not needs_password(mine):
        raise NotInTime
    person = hiring.find(mine.email)
    email = person.email if person else mine.email
    member, _made = hiring.found(
        team_of(mine), email, name or mine.name, password, role=mine.role, by=Doer(whence=whence), giver=Doer(mine.by)
    )
    return member


@transaction.atomic
def join(invitation: Invitation, person: Person, *, at: datetime, whence: str = "") -> Membership:
    """Somebody who has signed in joins by a link to their own address. Raises Refused, NotInTime."""
    if person.email.lower() != invitation.email.lower():
        raise Refused(
            _("Este convite é de %(email)s. Saia desta conta e abra o link de novo.") % {"email": invitation.email}
        )
    mine = _use(invitation, at=at)
    hiring.confirm(person)
    member, _made = hiring.place(team_of(mine), person, mine.role, by=Doer(person, whence), giver=Doer(mine.by))
    return member


def team_of(invitation: Invitation) -> Team:
    """The team it is an invitation to."""
    return Team(invitation.marketplace, invitation.seller, invitation.partner)


def _use(invitation: Invitation, *, at: datetime) -> Invitation:
    """Uses it up: of two at once one gets it."""
    mine = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("marketplace", "seller", "partner", "by")
        .get(pk=invitation.pk)
    )
    if not holds(mine, at=at):
        raise NotInTime
    mine.used_at = at
    mine.save(update_fields=["used_at"])
    return mine
