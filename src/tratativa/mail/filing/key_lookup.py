"""Key lookup: the public keys of domains that sign their letters, as the DNS has them."""

from collections.abc import Sequence

import dns.exception
import dns.resolver
from django.conf import settings

_PATIENCE = 4.0  # seconds, for one name
_LARGEST = 4_000  # characters of a key's record


def keys(names: Sequence[str]) -> dict[str, str]:
    """The TXT record of each of these names that has one; a name server that does not answer has none."""
    found = {}
    for name in names:
        record = _record(name)
        if record and len(record) <= _LARGEST:
            found[name] = record
    return found


def _record(name: str) -> str:
    try:
        answer = _resolver().resolve(name, "TXT", lifetime=_PATIENCE, search=False)
    except (dns.exception.DNSException, OSError, ValueError):
        return ""
    texts = [b"".join(one.strings).decode("ascii", "replace") for one in answer]
    return texts[0] if len(texts) == 1 else ""  # two keys of one name are none (RFC 6376 §3.6.2.2)


def _resolver() -> dns.resolver.Resolver:
    """The machine's own, or the server the site names (`TRATATIVA_DNS`)."""
    if not settings.NAME_SERVER:
        return dns.resolver.get_default_resolver()
    host, _colon, port = settings.NAME_SERVER.rpartition(":")
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers, resolver.port = [host or port], int(port) if host else 53
    return resolver
