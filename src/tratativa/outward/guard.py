"""The guard: a connection to a host somebody named goes to the public network, or where the site lets it, or nowhere.

The address that was checked is the address that is connected to: a name that answers otherwise the second time gains
nothing. Whoever follows a redirect comes here again with each host. A host that is refused and one that does not exist
are told in the same words, so that nobody learns by trying what stands inside the house.
"""

import contextlib
import ipaddress
import socket
import threading
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from ipaddress import IPv4Address, IPv6Address

from django.conf import settings

Address = IPv4Address | IPv6Address

# Beside what the registries call private or reserved: addresses that lead back to one of them, or to nobody.
_REFUSED = [
    ipaddress.ip_network(one)
    for one in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/3", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    )
]  # fmt: skip
# What is public at all in IPv6; outside it lie loopback, local, NAT64 (64:ff9b::/96) and mapped addresses.
_PUBLIC = ipaddress.ip_network("2000::/3")


# Second hands on what was connected to inside `no_longer_than`; None outside.
_BOUNDED: ContextVar[list[socket.socket] | None] = ContextVar("bounded", default=None)


class Refused(OSError):
    """There is nobody at that name whom the desk may connect to. Nothing more is told."""


def connect(host: str, port: int, *, timeout: float | None) -> socket.socket:
    """A connection to the host, by the first of its addresses that lets us. Raises Refused, and OSError.

    `settings.CONNECT_TO` names hosts, addresses and networks inside the house that may be connected to all the same.
    """
    last: OSError = Refused(f"no address of {host!r} may be connected to")
    for family, address in _allowed(host, port):
        door = socket.socket(family, socket.SOCK_STREAM)
        try:
            door.settimeout(timeout)
            door.connect(address)
        except OSError as problem:
            door.close()
            last = problem
            continue
        if (bounded := _BOUNDED.get()) is not None:
            bounded.append(door.dup())
        return door
    raise last


@contextlib.contextmanager
def no_longer_than(seconds: float) -> Iterator[None]:
    """Cuts whatever is connected to inside after so many seconds in all. Raises TimeoutError where that was needed.

    A timeout of a socket's counts from byte to byte: a server that says one just before each ends is listened to for
    ever.
    """
    opened: list[socket.socket] = []
    over = threading.Event()

    def cut() -> None:
        over.set()
        for one in list(opened):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    clock, told = threading.Timer(seconds, cut), _BOUNDED.set(opened)
    clock.daemon = True
    clock.start()
    try:
        yield
    except Exception as problem:
        if over.is_set():
            raise TimeoutError("it took too long") from problem
        raise
    finally:
        clock.cancel()
        _BOUNDED.reset(told)
        for one in opened:
            one.close()


def allows(host: str, address: str) -> bool:
    """Whether this address of a host may be connected to."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:  # with a zone: one machine's own link
        return False
    return _named(host, found) or (public(found) and not _ours(found))


def is_named(host: str) -> bool:
    """Whether the site names this very host, or the network of this address. Nobody is asked for it: a name that
    somebody made up is not looked up on their behalf."""
    if any(one.lower().rstrip(".") == host.lower().rstrip(".") for one in settings.CONNECT_TO):
        return True
    try:
        return _named(host, ipaddress.ip_address(host))
    except ValueError:
        return False


def is_of_the_house(host: str) -> bool:
    """Whether the site names this host, or all the addresses it has: the wire there is the house's own."""
    if is_named(host):
        return True
    try:
        found = {str(one[4][0]) for one in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
        return bool(found) and all(_named(host, ipaddress.ip_address(one)) for one in found)
    except (OSError, UnicodeError, ValueError):
        return False


def public(address: Address) -> bool:
    """Whether it is an address of the public network, and stands for no other one."""
    if isinstance(address, IPv6Address) and address not in _PUBLIC:
        return False
    return address.is_global and not any(
        address in network for network in _REFUSED if network.version == address.version
    )


def _allowed(host: str, port: int) -> Iterator[tuple[socket.AddressFamily, tuple[str, int]]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return
    for family, _kind, _protocol, _name, address in found:
        if allows(host, str(address[0])):
            yield family, (str(address[0]), port)


def _named(host: str, address: Address) -> bool:
    """Whether the site names this host, or a network with this address in it."""
    for one in settings.CONNECT_TO:
        if one.lower().rstrip(".") == host.lower().rstrip("."):
            return True
        with contextlib.suppress(ValueError):
            network = ipaddress.ip_network(one, strict=False)
            if network.version == address.version and address in network:
                return True
    return False


def _ours(address: Address) -> bool:
    """Whether it is one of this machine's own: only those can be bound to."""
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as trial:
            trial.bind((str(address), 0))
    except OSError:
        return False
    return True


def names(raw: str) -> Sequence[str]:
    """The hosts, addresses and networks of a setting, with commas between them."""
    return tuple(one.strip() for one in raw.split(",") if one.strip())
