"""Sessions: the list each person has of their own, and what a token may say of one without giving it away."""

import hashlib
from typing import Any

from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from tratativa.accounts.access import whence


def digest(session_key: str) -> str:
    """Sixteen hexadecimal digits that only this session's key gives."""
    return hashlib.sha256(f"tratativa.session:{session_key}".encode()).hexdigest()[:16]


def remember(sender: Any, request: HttpRequest, user: Any, **_signal: Any) -> None:
    """Puts a session that somebody just began on their list, by whichever door they came (Django's signal).

    One from where nobody knows too: a session that is on no list is ended by nobody.
    """
    address = whence.network(request).partition("/")[0] or whence.UNKNOWN
    if request.session.session_key is None:
        request.session.save()
    UserSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={"user": user, "ip": address, "user_agent": request.META.get("HTTP_USER_AGENT", "")[:200]},
    )
