"""The first run: one address with a secret, good until the first administrator exists.

The installation's key makes the secret; nothing of it is kept.
"""

import secrets

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from tratativa.founding import companies


def is_open() -> bool:
    """Whether the desk waits for its first administrator."""
    return not companies.has_administrator()


def link() -> str:
    """The address to open; the same each time it is asked for."""
    return settings.SITE_URL + reverse("setup_link", args=[_secret()])


def opens(given: str) -> bool:
    """Whether this is the secret of an address that still opens."""
    return secrets.compare_digest(_secret().encode(), given.encode()) and is_open()


def _secret() -> str:
    return salted_hmac("tratativa.founding.first_run", "link", algorithm="sha256").hexdigest()[:40]
