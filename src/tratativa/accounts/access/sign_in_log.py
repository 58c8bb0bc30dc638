"""The log of signing in: who came, who left, who was refused, whose password or second factor changed, and from where.

A person is told by their key. An address that was tried is told by its digest under the installation's key: a log is
read by more people than the table of tries, and somebody types a password into the wrong field.
"""

import logging
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from tratativa.accounts.access import whence

log = logging.getLogger(__name__)


def listen() -> None:
    """Writes a line whenever Django or allauth tell of one of these."""
    told = {
        user_logged_in: "signed in",
        user_logged_out: "signed out",
        account.password_changed: "changed the password",
        account.password_reset: "set a new password by letter",
        mfa.authenticator_added: "added a second factor",
        mfa.authenticator_removed: "removed a second factor",
        mfa.authenticator_reset: "made new recovery codes",
    }
    for signal, what in told.items():
        signal.connect(_teller(what), weak=False, dispatch_uid=f"{__name__}:{what}")
    user_login_failed.connect(refused, dispatch_uid=f"{__name__}:refused")


def refused(credentials: dict[str, Any], request: HttpRequest | None = None, **_more: Any) -> None:
    """Somebody was not let in."""
    tried = str(credentials.get("email") or credentials.get("username") or "").lower()
    known_as = salted_hmac("tratativa.accounts.access.sign_in_log", tried, algorithm="sha256").hexdigest()[:12]
    log.warning("refused %s from %s", known_as, _whence(request))


def wrong_factor(request: HttpRequest, person: Any, what: str) -> None:
    """Somebody who had the password, or held out a key, was not let in: `what` says by what."""
    log.warning("%s: %s from %s", getattr(person, "pk", "nobody"), what, _whence(request))


def refused_by_provider(request: HttpRequest, why: str) -> None:
    """Somebody whom the site's provider sent back was not let in; `why` is of the protocol and names nobody."""
    log.warning("refused by the provider's word from %s: %r", _whence(request), why[:200])


def wrong_code(request: HttpRequest) -> None:
    """Somebody at the customers' door gave a code that was not theirs, or no more."""
    log.warning("a wrong code at the customers' door from %s", _whence(request))


def _teller(what: str) -> Any:
    def tell(request: HttpRequest | None = None, user: Any = None, **_more: Any) -> None:
        if user is not None:
            log.info("%s %s from %s", getattr(user, "pk", "nobody"), what, _whence(request))

    return tell


def _whence(request: HttpRequest | None) -> str:
    return (whence.address(request) if request else "") or "nowhere"
