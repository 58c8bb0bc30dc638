"""Sessions: the list each person has of their own, and what a token may say of one without giving it away."""

import hashlib
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from tratativa.accounts.access import kept_sessions, whence


def digest(session_key: str) -> str:
    """Sixteen hexadecimal digits that only this session's key gives; the database tells them when it ends."""
    return hashlib.sha256(f"tratativa.session:{kept_sessions.name(session_key)}".encode()).hexdigest()[:16]


def name(request: HttpRequest) -> str:
    """What this request's session is called in tables; empty where it has none yet."""
    return kept_sessions.name(request.session.session_key)


def remember(sender: Any, request: HttpRequest, user: Any, **_signal: Any) -> None:
    """Puts a session that somebody just began on their list, by whichever door they came (Django's signal).

    One from where nobody knows too: a session that is on no list is ended by nobody.
    """
    address = whence.network(request).partition("/")[0] or whence.UNKNOWN
    if request.session.session_key is None:
        request.session.save()
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    UserSession.objects.filter(user=user).exclude(session_key__in=alive).delete()
    UserSession.objects.update_or_create(
        session_key=name(request),
        defaults={"user": user, "ip": address, "user_agent": request.META.get("HTTP_USER_AGENT", "")[:200]},
    )
