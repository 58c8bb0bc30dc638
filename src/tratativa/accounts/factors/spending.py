"""Spending: the six digits that switched an app of codes on sign nobody in after it (RFC 6238 §5.2)."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.http import HttpRequest


def first_code(request: HttpRequest, authenticator: Authenticator, **_more: Any) -> None:
    """The code of the form that switched it on counts as used. allauth marks those of signing in alone, by a method it
    keeps to itself: there is no other place to mark one."""
    if authenticator.type == Authenticator.Type.TOTP:
        TOTP(authenticator)._mark_code_used(request.POST.get("code", "")[:40])
