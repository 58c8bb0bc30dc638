"""Mailbox secrets: passwords of mailboxes, kept so that a copy of the database alone opens no mailbox."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from tratativa.accounts.secrecy import sealing

PURPOSE = "mailbox"


class Broken(Exception):
    """Sealed under a key that is not here: the keys were changed or left behind."""


def seal(secret: str) -> str:
    """The secret in an envelope."""
    return sealing.seal(secret, PURPOSE)


def unseal(sealed: str) -> str:
    """The secret again. Raises Broken."""
    try:
        return sealing.unseal(sealed, PURPOSE) if sealing.is_sealed(sealed) else _of_before(sealed)
    except (sealing.Broken, InvalidToken, UnicodeError) as problem:
        raise Broken from problem


def _of_before(sealed: str) -> str:
    """Of before there were keys of their own: under one made from the installation's."""
    key = hashlib.sha256(f"tratativa.mail.intake.mailbox_secrets|{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key)).decrypt(sealed.encode()).decode()
