"""Leaving: a place in a team is taken away, and with the last one the account is shut and its sessions end."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from tratativa.accounts.models import Membership, Person
from tratativa.accounts.people import absences, hiring, outstanding, telling, warning
from tratativa.accounts.people.models import Departure, Invitation
from tratativa.accounts.people.team import Doer, of


@transaction.atomic
def leave(member: Membership, *, heir: Person | None = None, by: Doer, at: datetime) -> Departure:
    """Takes the place away at once; pages, streams and sessions hear of it from the database (`tell_ended`).

    `heir` is who is to have their open cases: handing them over is the cases' own work (`cases.acting.handing_over`).
    Raises LastAdministrator.
    """
    team = of(member)
    hiring.keep_an_administrator(team, member)
    person = member.person
    gone = Departure.objects.create(
        person=person, marketplace=team.marketplace, seller=team.seller, partner=team.partner, role=member.role,
        heir=heir, at=at,
    )  # fmt: skip
    Membership.objects.filter(pk=member.pk).delete()
    # Somebody given a place by a command may still hold a link to it: it must not lead them back in.
    Invitation.objects.filter(
        marketplace=team.marketplace, seller=team.seller, partner=team.partner, email__iexact=person.email,
        used_at=None, withdrawn_at=None,
    ).update(withdrawn_at=at)  # fmt: skip
    absences.forget(team, person, at=at)
    if not Membership.objects.filter(person=person).exists():
        outstanding.shut(person, by=by, at=at)
        end_sessions(person)
    after = {"cases_to": heir.email} if heir else {}
    telling.tell(team, telling.LEFT, by=by, about=person.email, before={"role": member.role}, after=after)
    warning.warn(person, telling.LEFT, team, by=by)
    return gone


def end_sessions(person: Person, *, but: str = "") -> int:
    """Signs the person out everywhere, but in the session of this name (`sessions.name`); returns how many ended."""
    ended = list(UserSession.objects.filter(user=person).exclude(session_key=but))
    for one in ended:
        end_session(one)
    return len(ended)


@transaction.atomic
def end_session(one: UserSession) -> None:
    """Ends one session; its streams hear of it from the database."""
    Session.objects.filter(session_key=one.session_key).delete()
    one.delete()
