"""Keys that sign anchors: the public half is a row, the private one a file kept apart from data and copies of them.

The file is sealed by the installation's secret: whoever steals it alone signs nothing.
"""

import base64
import hashlib
import os
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tratativa.evidence.models import SigningKey


class NoKey(Exception):
    """The key that should sign is not on this machine, or does not open."""


def folder() -> Path:
    """Where the private halves are."""
    return Path(settings.KEYS)


def active(*, at: datetime) -> SigningKey:
    """The key that signs today; the first one is made here."""
    return SigningKey.objects.filter(retired_at=None).order_by("made_at").last() or rotate(at=at)


@transaction.atomic
def rotate(*, at: datetime) -> SigningKey:
    """Makes a new key, which signs from now on; what the old ones signed stays valid. Raises OSError."""
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    SigningKey.objects.filter(retired_at=None).update(retired_at=at)
    key = SigningKey.objects.create(public=base64.b64encode(public).decode(), made_at=at)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(_passphrase()))
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(_file(key), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
    return key


def sign(key: SigningKey, statement: str) -> str:
    """The signature (Ed25519, RFC 8032) in base64. Raises NoKey."""
    return base64.b64encode(_private(key).sign(statement.encode())).decode()


def is_here(key: SigningKey) -> bool:
    """Whether this machine holds the private half and opens it."""
    try:
        _private(key)
    except NoKey:
        return False
    return True


def _private(key: SigningKey) -> Ed25519PrivateKey:
    try:
        private = load_pem_private_key(_file(key).read_bytes(), _passphrase())
    except (OSError, ValueError) as problem:
        raise NoKey(
            _("A chave que assina as âncoras não abre em %(file)s. Devolva o arquivo, ou faça outra chave.")
            % {"file": _file(key)}
        ) from problem
    if not isinstance(private, Ed25519PrivateKey):
        raise NoKey(_("%(file)s não é uma chave Ed25519.") % {"file": _file(key)})
    return private


def _file(key: SigningKey) -> Path:
    return folder() / f"anchor-{key.pk}.pem"


def _passphrase() -> bytes:
    return hashlib.sha256(f"tratativa.evidence|{settings.SECRET_KEY}".encode()).hexdigest().encode()
