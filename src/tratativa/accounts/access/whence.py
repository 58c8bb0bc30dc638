"""Whence: the address a request comes from, for limits and for what is written down."""

import ipaddress

from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104 - how a list writes that nobody knows; nothing listens there
IPV6_NETWORK = 64  # bits; a household has as many addresses as it likes below it


def network(request: HttpRequest) -> str:
    """An IPv4 address, or the IPv6 network of one household; empty where nobody knows.

    Behind a proxy it is the client's where `TRATATIVA_PROXIES` names that proxy.
    """
    said = str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ipaddress.ip_address(said)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network(f"{address}/{IPV6_NETWORK}", strict=False))
    return said


def address(request: HttpRequest) -> str:
    """The client's address as it is, for what is written down; empty where nobody knows."""
    said = str(request.META.get("REMOTE_ADDR", ""))
    try:
        found = ipaddress.ip_address(said)
    except ValueError:
        return ""
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return str(mapped or found)
