"""Keys that sign what is pushed (VAPID, RFC 8292): made here, the private half sealed, one at work at a time.

A browser asks its push service for an address that answers one key alone, so one that retired goes on signing for the
addresses made with it, until the last of them is gone.
"""

import base64
from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from django.conf import settings
from django.db import IntegrityError, transaction

from tratativa.accounts.secrecy import sealing
from tratativa.notices.models import PushKey

PURPOSE = "push key"
GOOD_FOR = timedelta(hours=12)  # at most a day (RFC 8292 §2)


def active(*, at: datetime) -> PushKey:
    """The key that new addresses are asked for with; the first one is made here."""
    found = PushKey.objects.filter(retired_at=None).first()
    if found is None:
        try:
            found = rotate(at=at)
        except IntegrityError:  # another process made it a moment ago
            found = PushKey.objects.get(retired_at=None)
    return found


@transaction.atomic
def rotate(*, at: datetime) -> PushKey:
    """Makes a new key, and throws away those that no address needs any more."""
    private = ec.generate_private_key(ec.SECP256R1())
    public = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    PushKey.objects.filter(subscriptions=None).delete()
    PushKey.objects.filter(retired_at=None).update(retired_at=at)
    return PushKey.objects.create(public=encoded(public), private=sealing.seal(pem, PURPOSE), made_at=at)


def authorization(key: PushKey, endpoint: str, *, at: datetime) -> str:
    """The header by which a push service knows whose message it is. Raises sealing.Broken."""
    parts = urlsplit(endpoint)
    said = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int((at + GOOD_FOR).timestamp()), "sub": _contact()}
    token = jwt.encode(said, sealing.unseal(key.private, PURPOSE), algorithm="ES256")
    return f"vapid t={token}, k={key.public}"


def encoded(raw: bytes) -> str:
    """Base64url without padding (RFC 7515 §2)."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """As `encoded` gave it. Raises ValueError."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _contact() -> str:
    """Whom a push service may write to about what we send: the desk's address, or its sender."""
    if settings.SITE_URL.startswith("https://"):
        return settings.SITE_URL
    return f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"
