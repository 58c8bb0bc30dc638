"""Tokens: reply addresses that name a case and its reader, signed, so that an answer finds its case by the envelope.

`atendimento+c<case>.<mac>@loja.example`: lower case, at most 64 characters before the sign (RFC 5321 §4.5.3.1.1).
The mac is 50 bits, over marketplace, mailbox, case and reader: a token is worth nothing in another's place. It proves
that we gave the address out and that whoever writes knows it. Our Message-IDs are signed too, because the key in them
stands in the addresses of pages.
"""

import base64
import hashlib
import hmac
import re
import uuid
from typing import Protocol

from django.conf import settings

_TOKEN = re.compile(r"\+c([0-9a-z]{1,25})\.([a-z2-7]{10})$")
_OURS = re.compile(r"^([0-9a-z]{1,25})\.([a-z2-7]{10})@")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Box(Protocol):
    """The mailbox a token belongs to, and whose it is."""

    pk: uuid.UUID
    marketplace_id: uuid.UUID
    address: str


def address(mailbox: Box, case_id: uuid.UUID, reader_id: uuid.UUID) -> str:
    """The mailbox's address with the token of this case and this reader."""
    local, _at, domain = mailbox.address.rpartition("@")
    return f"{local}+c{_base36(case_id.int)}.{_mac(mailbox, case_id, reader_id)}@{domain}"


def case_of(recipient: str) -> tuple[uuid.UUID, str] | None:
    """The case a recipient's address names, and the mac that must fit one of its readers; nothing without a token."""
    found = _TOKEN.search(recipient.rpartition("@")[0].lower())
    if not found:
        return None
    key = _key(found[1])
    return (key, found[2]) if key else None


def fits(mac: str, mailbox: Box, case_id: uuid.UUID, reader_id: uuid.UUID) -> bool:
    """Whether we gave out this token to this reader, for this mailbox."""
    return hmac.compare_digest(mac, _mac(mailbox, case_id, reader_id))


def fitted(mac: str, case_id: uuid.UUID, reader_id: uuid.UUID) -> bool:
    """Whether it is a token of before mailboxes were signed with it: it finds its case still, and proves nothing."""
    return hmac.compare_digest(mac, _signed(f"r1|{case_id}|{reader_id}")[:10])


def message_id(key: uuid.UUID, domain: str) -> str:
    """The Message-ID, in its angle brackets, of the letter of ours with this key (RFC 5322 §3.6.4).

    Short, so that no program folds or encodes it.
    """
    return f"<{_base36(key.int)}.{_signed(f'm1|{key}')[:10]}@{domain}>"


def key_of(message_id: str) -> uuid.UUID | None:
    """The key in a Message-ID, without its angle brackets, that we gave out; nothing for any other."""
    found = _OURS.match(message_id.lower())
    key = _key(found[1]) if found else None
    return key if found and key and hmac.compare_digest(found[2], _signed(f"m1|{key}")[:10]) else None


def secret(mailbox_id: uuid.UUID, turn: int) -> str:
    """The secret in the address by which a provider hands letters in to this mailbox: 125 bits, others every turn."""
    return _signed(f"w1|{mailbox_id}|{turn}" if turn else f"w1|{mailbox_id}")[:25]


def is_secret(given: str, mailbox_id: uuid.UUID, turn: int) -> bool:
    """Whether it is that secret, as of this turn."""
    return hmac.compare_digest(given.encode(), secret(mailbox_id, turn).encode())


def bare(recipient: str) -> str:
    """The mailbox behind a recipient's address: lower case, without what follows its plus."""
    local, _at, domain = recipient.lower().strip().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def without(recipient: str) -> str:
    """The recipient's address without the token it carries, if it does: what may be kept once it has been read."""
    local, _at, domain = recipient.rpartition("@")
    return f"{_TOKEN.sub('', local.lower())}@{domain}" if case_of(recipient) else recipient


def _mac(mailbox: Box, case_id: uuid.UUID, reader_id: uuid.UUID) -> str:
    return _signed(f"r2|{mailbox.marketplace_id}|{mailbox.pk}|{case_id}|{reader_id}")[:10]


def _signed(what: str) -> str:
    key = hashlib.sha256(f"tratativa.mail.tokens|{settings.SECRET_KEY}".encode()).digest()
    return base64.b32encode(hmac.digest(key, what.encode(), "sha256")).decode().lower()


def _key(digits: str) -> uuid.UUID | None:
    number = int(digits, 36)
    return uuid.UUID(int=number) if number < 1 << 128 else None


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits or "0"
