"""The signature check's part in the child: a stranger's letter against keys that were looked up (`bounded.child` calls
it), by dkimpy."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import dkim

MOST = 3  # signatures of one letter that are looked at
_TAG = re.compile(r"(?:^|;)\s*([a-z]{1,10})\s*=\s*([^;]*)")
_SIGNED = {b"from", b"to"}


def held(asked: Mapping[str, Any]) -> list[str]:
    """The domains whose signature over From, To and the whole body holds, by these keys."""
    keys = asked["keys"]

    def key(name: bytes, timeout: int = 5) -> bytes:
        return str(keys.get(name.decode("ascii", "replace").rstrip(".").lower(), "")).encode()

    found = []
    letter = dkim.DKIM(asked["raw"], minkey=1024)
    for number in range(MOST):
        try:
            prepared = letter.verify_headerprep(number)
            if not prepared or not _whole(prepared[0], prepared[1]) or _tried_out(key(_key_name(prepared[0]))):
                continue
            if letter.verify(number, dnsfunc=key):
                found.append(prepared[0][b"d"].decode("ascii").lower())
        except Exception:  # noqa: S112 – whatever a stranger's bytes make the library raise is no signature
            continue
    return found


def _whole(tags: Mapping[bytes, bytes], signed: Sequence[bytes]) -> bool:
    """Whether the signature covers all of the body and who wrote to whom, by an algorithm that holds (RFC 8301)."""
    return b"l" not in tags and tags[b"a"] == b"rsa-sha256" and set(signed) >= _SIGNED


def _key_name(tags: Mapping[bytes, bytes]) -> bytes:
    return tags[b"s"] + b"._domainkey." + tags[b"d"] + b"."


def _tried_out(key: bytes) -> bool:
    """Whether the domain says that it is only trying signatures out (`t=y`): then they mean nothing."""
    tags = dict(_TAG.findall(key.decode("ascii", "replace")))
    return "y" in "".join(tags.get("t", "").split()).split(":")
