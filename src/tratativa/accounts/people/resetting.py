"""Resetting a password: the page does the same for every address, and a job finds out whether it is anybody's."""

from typing import Any

from allauth.account.forms import ResetPasswordForm, default_token_generator
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.account.internal.userkit import filter_users_by_email
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app

from tratativa.accounts import clock, signing_in
from tratativa.accounts.access import whence

TRIES, WITHIN = 5, signing_in.PASSWORD_TIME  # of one address of e-mail, from one place


class ResetForm(ResetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """Asks for a letter; nothing it does depends on who there is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As allauth makes it, in our own words."""
        super().__init__(*args, **kwargs)
        self.fields["email"].label = gettext_lazy("E-mail")
        self.fields["email"].widget.attrs["placeholder"] = ""

    def clean_email(self) -> str:
        """The address as typed, in lower case; looked up nowhere."""
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest, **_kwargs: Any) -> str:
        """Leaves the rest to a job, unless this place has asked for this address too often."""
        email = str(self.cleaned_data["email"])
        who = f"{email} {whence.network(request)}"
        try:
            signing_in.slow_down("reset", who, limit=TRIES, within=WITHIN, at=clock.now())
        except signing_in.TooManyTries:
            return email
        app.configure_task("accounts.send_reset", queue="mail").defer(email=email, language=translation.get_language())
        return email


def send(email: str, language: str) -> None:
    """The letter with the way to a new password, where the address is somebody's; nothing where it is nobody's.

    It goes to the address of the account, not to the one that was typed: two may look alike to allauth («ſ» and «s»)
    and be two mailboxes. Whom the site's provider alone lets in has no password here, and makes none behind its back.
    """
    people = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
    with translation.override(language):
        for person in people:
            if person.has_usable_password() or not settings.OIDC_ISSUER:
                request_password_reset(HttpRequest(), person.email, [person], default_token_generator)
