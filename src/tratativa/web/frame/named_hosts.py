"""Named hosts: passkeys belong to a name; at an address made of numbers a browser makes and uses none (WebAuthn)."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port, validate_host


@dataclass(frozen=True)
class Nameless:
    """A page that was asked for by a number; `url` is the same page by a name, empty where no name is known."""

    url: str
    name: str


def nameless(request: HttpRequest) -> Nameless | None:
    """What to say beside a passkey that cannot work here; None where the address has a name."""
    host, port = split_domain_port(request.get_host())
    number = _number(host)
    if number is None:
        return None
    site = urlsplit(settings.SITE_URL)
    if site.hostname and _number(site.hostname) is None:
        return Nameless(f"{settings.SITE_URL}{request.path}", site.netloc)
    if number.is_loopback and validate_host("localhost", settings.ALLOWED_HOSTS):
        name = f"localhost:{port}" if port else "localhost"
        return Nameless(f"{request.scheme}://{name}{request.path}", name)
    return Nameless("", "")


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None
