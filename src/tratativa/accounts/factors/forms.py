"""The forms a second factor is asked with: allauth's, with tries that are counted as a password's, and told.

Whoever is asked knows the password already, or holds the key; six digits are few. A passkey counts only where it was
used on the very address that asks for it: allauth would take a neighbour below the same name, too.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.core import context
from allauth.mfa.base import forms as codes
from allauth.mfa.webauthn import forms as keys
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from fido2.utils import websafe_decode

from tratativa.accounts import clock, signing_in, text
from tratativa.accounts.access import sign_in_log, whence
from tratativa.accounts.models import Person

TRIES = signing_in.PASSWORD_TRIES  # of one person from one address
TRIES_ANYWHERE = 50  # of one person, wherever from: six digits would give in to many addresses
KEY_TRIES = 300  # from one address, of keys that say themselves whose they are: an office shares one
WITHIN = signing_in.PASSWORD_TIME
NAME = 60  # letters of a key's name


class Code(codes.AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """A code, to come in."""

    def clean_code(self) -> str:
        """The code, if it is one. Raises ValidationError."""
        with _counted(self.user):
            return str(super().clean_code())


class CodeAgain(codes.ReauthenticateForm):  # type: ignore[misc]
    """A code, before something that matters."""

    def clean_code(self) -> str:
        """The code, if it is one. Raises ValidationError."""
        with _counted(self.user):
            return str(super().clean_code())


class Key(keys.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey, after the password."""

    def clean_credential(self) -> Any:
        """The key that signed. Raises ValidationError."""
        with _counted(self.user), _understood(self.cleaned_data["credential"]):
            return super().clean_credential()


class KeyAgain(keys.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey, before something that matters."""

    def clean_credential(self) -> Any:
        """The key that signed. Raises ValidationError."""
        with _counted(self.user), _understood(self.cleaned_data["credential"]):
            return super().clean_credential()


class KeyAlone(keys.LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey instead of the password. Whose it says it is counts against nobody: anyone may say it."""

    def clean_credential(self) -> Any:
        """The key that signed. Raises ValidationError."""
        with _counted(None), _understood(self.cleaned_data["credential"]):
            return super().clean_credential()


class NewKey(keys.AddWebAuthnForm):  # type: ignore[misc]
    """A passkey to be added: its name, and whether it is to open the account by itself."""

    name = forms.CharField(label=gettext_lazy("Nome da chave"), required=False, max_length=NAME)
    passwordless = forms.BooleanField(
        label=gettext_lazy("Entrar também sem a senha, só com esta chave"), required=False, initial=True
    )
    field_order = ("name", "passwordless")

    def clean_name(self) -> str:
        """In one line. Raises ValidationError."""
        return text.line(str(super().clean_name()))[:NAME]

    def clean(self) -> dict[str, Any]:
        """The key, if this page asked for it. Raises ValidationError."""
        with _understood(self.cleaned_data.get("credential")):
            return dict(super().clean())


class KeyName(keys.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    name = forms.CharField(label=gettext_lazy("Nome da chave"), max_length=NAME)

    def clean_name(self) -> str:
        """In one line."""
        return text.line(self.cleaned_data["name"])


@contextmanager
def _counted(person: Person | None) -> Iterator[None]:
    """Counts a try, takes it back when it was none, and tells of it when it failed. Raises ValidationError."""
    request: HttpRequest = context.request
    at, place = clock.now(), whence.network(request)
    limits = [("factor", f"{person.pk} {place}", TRIES), ("factor-anywhere", str(person.pk), TRIES_ANYWHERE)] if (
        person
    ) else [("key-from", place, KEY_TRIES)]  # fmt: skip
    try:
        for door, who, limit in limits:
            signing_in.slow_down(door, who, limit=limit, within=WITHIN, at=at)
        yield
    except signing_in.TooManyTries:
        sign_in_log.wrong_factor(request, person, "too many tries of a second factor")
        raise signing_in.ClosedDoor().validation_error("too_many_login_attempts") from None
    except ValidationError:
        sign_in_log.wrong_factor(request, person, "a wrong second factor" if person else "a wrong passkey")
        raise
    for door, who, _limit in limits:
        signing_in.forgive(door, who)


@contextmanager
def _understood(credential: Any) -> Iterator[None]:
    """What a browser says of a key, read as a stranger's word. Raises ValidationError."""
    refused = ValidationError(_("Esta chave de acesso não vale aqui."), code="wrong_key")
    if credential is None:  # said at its field
        raise refused
    try:
        said = json.loads(websafe_decode(credential["response"]["clientDataJSON"]))
        at_home = said["origin"] == f"{context.request.scheme}://{context.request.get_host()}"
        if not at_home or said.get("crossOrigin"):
            raise refused
        yield
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        raise refused from None
    except ValidationError as no:
        raise no if no.code == "too_many_login_attempts" else refused from None
