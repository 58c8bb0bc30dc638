"""Mailbox secrets: passwords of mailboxes, kept so that a copy of the database alone opens no mailbox."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class Broken(Exception):
    """Sealed under another key: the installation's secret key was changed."""


def seal(secret: str) -> str:
    """The secret, encrypted and authenticated under a key made from the installation's own."""
    return _fernet().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """The secret again. Raises Broken."""
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except (InvalidToken, UnicodeError) as problem:
        raise Broken from problem


def _fernet() -> Fernet:
    key = hashlib.sha256(f"tratativa.mail.intake.mailbox_secrets|{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
