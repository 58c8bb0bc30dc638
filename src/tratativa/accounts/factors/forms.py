"""The forms a second factor is asked with: allauth's, with tries that are counted as a password's, and told.

Whoever is asked knows the password already, or holds the key; six digits are few.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.core import context
from allauth.mfa.base import forms as codes
from allauth.mfa.webauthn import forms as keys
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from tratativa.accounts import clock, signing_in
from tratativa.accounts.access import sign_in_log, whence
from tratativa.accounts.models import Person

TRIES = signing_in.PASSWORD_TRIES  # of one person from one address
TRIES_ANYWHERE = 50  # of one person, wherever from: six digits would give in to many addresses
WITHIN = signing_in.PASSWORD_TIME


class Code(codes.AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """A code, to come in."""

    def clean_code(self) -> str:
        """The code, if it is one. Raises ValidationError."""
        with _counted(context.request, self.user):
            return str(super().clean_code())


class CodeAgain(codes.ReauthenticateForm):  # type: ignore[misc]
    """A code, before something that matters."""

    def clean_code(self) -> str:
        """The code, if it is one. Raises ValidationError."""
        with _counted(context.request, self.user):
            return str(super().clean_code())


class Key(keys.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey, after the password."""

    def clean_credential(self) -> object:
        """The key that signed. Raises ValidationError."""
        with _counted(context.request, self.user):
            return super().clean_credential()


class KeyAgain(keys.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey, before something that matters."""

    def clean_credential(self) -> object:
        """The key that signed. Raises ValidationError."""
        with _counted(context.request, self.user):
            return super().clean_credential()


class KeyAlone(keys.LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey instead of the password. Whose it says it is counts against nobody: anyone may say it."""

    def clean_credential(self) -> object:
        """The key that signed. Raises ValidationError."""
        with _counted(context.request, None):
            return super().clean_credential()


@contextmanager
def _counted(request: HttpRequest, person: Person | None) -> Iterator[None]:
    """Counts a try, takes it back when it was none, and tells of it when it failed. Raises ValidationError."""
    at, place = clock.now(), whence.network(request)
    limits = [("factor", f"{person.pk if person else 'key'} {place}", TRIES if person else 300)]
    if person:
        limits.append(("factor-anywhere", str(person.pk), TRIES_ANYWHERE))
    try:
        for door, who, limit in limits:
            signing_in.slow_down(door, who, limit=limit, within=WITHIN, at=at)
        yield
    except signing_in.TooManyTries:
        sign_in_log.wrong_factor(request, person, "too many tries of a second factor")
        raise signing_in.ClosedDoor().validation_error("too_many_login_attempts") from None
    except ValidationError:
        sign_in_log.wrong_factor(request, person, "a wrong second factor")
        raise
    for door, who, _limit in limits:
        signing_in.forgive(door, who)
