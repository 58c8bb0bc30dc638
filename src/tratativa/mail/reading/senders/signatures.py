"""Signatures: whose DKIM signature a letter carries (RFC 6376), checked in the child that reaches nothing.

The keys are looked up beforehand by whoever asks, so that nothing there needs a network; a stranger's letter that makes
the check slow or large takes that child with it and no other.
"""

import re
from collections.abc import Mapping

from tratativa.bounded.process import Failed, Process
from tratativa.mail.reading.mime.fields import Fields

FIELD = "dkim-signature"
_MOST = 3  # signatures of one letter whose keys are looked up
_SIZE = 12 * 1024 * 1024  # bytes; a larger letter's signatures are not looked at
_CHECK = Process("tratativa.mail.reading.senders.signature_check:held", patience=10.0, memory=512 * 1024 * 1024)
_TAG = re.compile(r"(?:^|;)\s*([a-z]{1,10})\s*=\s*([^;]*)")
_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9._-]{0,200}[a-z0-9])?", re.I)


def names(fields: Fields, domain: str) -> tuple[str, ...]:
    """The DNS names of the keys of signatures that would speak for this domain: its own, or of one above it."""
    found = []
    for raw in list(fields.every(FIELD))[:_MOST]:
        tags = {name: "".join(value.split()) for name, value in _TAG.findall(raw)}
        signer, selector = tags.get("d", "").lower(), tags.get("s", "").lower()
        if aligned(signer, domain) and _NAME.fullmatch(signer) and _NAME.fullmatch(selector):
            found.append(f"{selector}._domainkey.{signer}")
    return tuple(dict.fromkeys(found))


def aligned(signer: str, domain: str) -> bool:
    """Whether a signature of `signer` speaks for an address of `domain`: the same, or one below it.

    Narrower than DMARC, which lets a sister domain speak too: for that one must know the public suffixes.
    """
    return "." in signer and (domain == signer or domain.endswith(f".{signer}"))


def signers(raw: bytes, keys: Mapping[str, str]) -> tuple[str, ...]:
    """The domains whose signature over From, To and the whole body holds, by these keys. Never raises."""
    if not keys or len(raw) > _SIZE:
        return ()
    try:
        told = _CHECK.ask({"raw": raw, "keys": dict(keys)})
    except (Failed, OSError):
        return ()
    return tuple(str(one) for one in told) if isinstance(told, list) else ()
