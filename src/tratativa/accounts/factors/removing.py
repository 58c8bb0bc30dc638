"""Taking one's own second factor away: not the last one where a role demands one; other sessions end with it."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest

from tratativa.accounts.access import second_factor, sessions
from tratativa.accounts.models import Person
from tratativa.accounts.people import leaving


def in_turn(person_id: Any) -> None:
    """Inside a transaction: of two who take away a person's last two factors at once, one waits for the other."""
    Person.objects.select_for_update(no_key=True).get(pk=person_id)


def is_needed(authenticator: Authenticator) -> bool:
    """Whether a role of its person demands a second factor, and this is the last."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return False
    mine = Authenticator.objects.filter(user=authenticator.user_id).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return not mine.exclude(pk=authenticator.pk).exists() and second_factor.is_demanded(authenticator.user_id)


def end_others(sender: Any, request: HttpRequest, user: Person, **_signal: Any) -> None:
    """Whoever came in by what was taken away is out (allauth's signal); this session stays."""
    with transaction.atomic():
        leaving.end_sessions(user, but=sessions.name(request))
