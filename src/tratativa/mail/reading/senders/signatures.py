"""Signatures: whose DKIM signature a letter carries (RFC 6376), checked with dkimpy in a process of its own.

The keys are looked up beforehand by whoever asks, so that nothing here needs a network; a stranger's letter that makes
the check slow or large takes this process with it and no other.
"""

import contextlib
import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence

from tratativa.mail.reading.mime.fields import Fields

FIELD = "dkim-signature"
MOST = 3  # signatures of one letter that are looked at
_SIZE = 12 * 1024 * 1024  # bytes; a larger letter's signatures are not looked at
_MEMORY = 512 * 1024 * 1024
_PATIENCE = 10  # seconds
_TAG = re.compile(r"(?:^|;)\s*([a-z]{1,10})\s*=\s*([^;]*)")
_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9._-]{0,200}[a-z0-9])?", re.I)
_SIGNED = {b"from", b"to"}


def names(fields: Fields, domain: str) -> tuple[str, ...]:
    """The DNS names of the keys of signatures that would speak for this domain: its own, or of one above it."""
    found = []
    for raw in list(fields.every(FIELD))[:MOST]:
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
    command = [sys.executable, "-m", "tratativa.mail.reading.senders.signatures", str(_MEMORY)]
    asked = json.dumps(dict(keys)).encode() + b"\n" + raw
    try:
        done = subprocess.run(command, input=asked, capture_output=True, timeout=_PATIENCE, check=True)  # noqa: S603
        told = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return ()
    return tuple(str(one) for one in told)


def main() -> None:
    """Reads the keys and the letter from standard input, and writes the domains."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not there on every system

        memory = int(sys.argv[1])
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    keys = json.loads(sys.stdin.buffer.readline())
    sys.stdout.write(json.dumps(_held(sys.stdin.buffer.read(), keys)))


def _held(raw: bytes, keys: Mapping[str, str]) -> Sequence[str]:
    import dkim  # noqa: PLC0415 - in the child alone: it pulls a resolver in, and the parent never verifies

    def key(name: bytes, timeout: int = 5) -> bytes:
        return keys.get(name.decode("ascii", "replace").rstrip(".").lower(), "").encode()

    held = []
    letter = dkim.DKIM(raw, minkey=1024)
    for number in range(MOST):
        try:
            prepared = letter.verify_headerprep(number)
            if not prepared or not _whole(prepared[0], prepared[1]) or _tried_out(key(_key_name(prepared[0]))):
                continue
            if letter.verify(number, dnsfunc=key):
                held.append(prepared[0][b"d"].decode("ascii").lower())
        except Exception:  # noqa: S112 – whatever a stranger's bytes make the library raise is no signature
            continue
    return held


def _whole(tags: Mapping[bytes, bytes], signed: Sequence[bytes]) -> bool:
    """Whether the signature covers all of the body and who wrote to whom, by an algorithm that holds (RFC 8301)."""
    return b"l" not in tags and tags[b"a"] == b"rsa-sha256" and set(signed) >= _SIGNED


def _key_name(tags: Mapping[bytes, bytes]) -> bytes:
    return tags[b"s"] + b"._domainkey." + tags[b"d"] + b"."


def _tried_out(key: bytes) -> bool:
    """Whether the domain says that it is only trying signatures out (`t=y`): then they mean nothing."""
    tags = dict(_TAG.findall(key.decode("ascii", "replace")))
    return "y" in "".join(tags.get("t", "").split()).split(":")


if __name__ == "__main__":
    main()
