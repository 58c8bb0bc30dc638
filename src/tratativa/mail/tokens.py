"""Tokens: reply addresses that name a case and its reader, signed, so that an answer finds its case by the envelope.

`atendimento+c<case>.<mac>@loja.example`: lower case, at most 64 characters before the sign (RFC 5321 §4.5.3.1.1).
The mac is 50 bits; it proves that we gave the address out, never who is writing: that is the sender's check.
"""

import base64
import hashlib
import hmac
import re
import uuid

from django.conf import settings

_TOKEN = re.compile(r"\+c([0-9a-z]{1,25})\.([a-z2-7]{10})$")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def address(mailbox: str, case_id: uuid.UUID, reader_id: uuid.UUID) -> str:
    """The mailbox's address with the token of this case and this reader."""
    local, _at, domain = mailbox.rpartition("@")
    return f"{local}+c{_base36(case_id.int)}.{_mac(case_id, reader_id)}@{domain}"


def case_of(recipient: str) -> tuple[uuid.UUID, str] | None:
    """The case a recipient's address names, and the mac that must fit one of its readers; nothing without a token."""
    found = _TOKEN.search(recipient.rpartition("@")[0].lower())
    if not found:
        return None
    number = int(found[1], 36)
    return (uuid.UUID(int=number), found[2]) if number < 1 << 128 else None


def fits(mac: str, case_id: uuid.UUID, reader_id: uuid.UUID) -> bool:
    """Whether we gave out this token to this reader."""
    return hmac.compare_digest(mac, _mac(case_id, reader_id))


def secret(mailbox_id: uuid.UUID) -> str:
    """The secret in the address by which a provider hands letters in to this mailbox: 125 bits."""
    return _signed(f"w1|{mailbox_id}")[:25]


def is_secret(given: str, mailbox_id: uuid.UUID) -> bool:
    """Whether it is that secret."""
    return hmac.compare_digest(given.encode(), secret(mailbox_id).encode())


def bare(recipient: str) -> str:
    """The mailbox behind a recipient's address: lower case, without what follows its plus."""
    local, _at, domain = recipient.lower().strip().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _mac(case_id: uuid.UUID, reader_id: uuid.UUID) -> str:
    return _signed(f"r1|{case_id}|{reader_id}")[:10]


def _signed(what: str) -> str:
    key = hashlib.sha256(f"tratativa.mail.tokens|{settings.SECRET_KEY}".encode()).digest()
    return base64.b32encode(hmac.digest(key, what.encode(), "sha256")).decode().lower()


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits or "0"
