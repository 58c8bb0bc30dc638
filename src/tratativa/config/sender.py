"""Sender: in whose name letters leave where nobody said: the site's own, never another's domain."""

import ipaddress
from contextlib import suppress
from urllib.parse import urlsplit


def of_the_site(url: str) -> str:
    """A name and an address at the site's host; at `localhost` where that is an address or no name others know."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    named = "." in host
    with suppress(ValueError):
        ipaddress.ip_address(host)
        named = False
    return f"Tratativa <atendimento@{host if named else 'localhost'}>"
