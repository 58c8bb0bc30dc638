"""The guard: where the desk connects to because somebody named a host, and that trying tells nobody what is inside."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from pytest_django import Settings

from tests.cast import gather
from tratativa.mail.intake import fetching, mailbox_secrets
from tratativa.mail.models import Mailbox
from tratativa.outward import guard


@pytest.fixture
def door() -> Iterator[socket.socket]:
    """Something on this machine that takes connections."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


@pytest.fixture(autouse=True)
def nothing_inside(settings: Settings) -> None:
    settings.CONNECT_TO = ()


def own_addresses() -> list[str]:
    """This machine's address on the way to others, where it has one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as trial:
        try:
            trial.connect(("8.8.8.8", 53))
        except OSError:
            return []
        return [trial.getsockname()[0]]


INSIDE = [
    "127.0.0.1", "127.9.9.9", "0.0.0.7", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.127.255.254", "192.0.0.8", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%lo", "fd12::1",
    "fc00::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::808:808", "64:ff9b:1::a00:1", "2002:7f00:1::1", "2001:0:53aa:64c:0:0:0:1", "2001:db8::1", "3fff::1",
    "100::1", "no address",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_inside_is_not_connected_to(address: str) -> None:
    assert not guard.allows("mail.example", address)


@pytest.mark.parametrize("address", ["8.8.8.8", "200.160.2.3", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111"])
def test_the_public_network_is(address: str) -> None:
    assert guard.allows("mail.example", address)


def test_this_machine_s_own_address_is_inside_whatever_it_is() -> None:
    for address in own_addresses():
        assert not guard.allows("mail.example", address)


@pytest.mark.parametrize(
    ("named", "host", "address", "allowed"),
    [
        ("10.1.2.3", "mail.example", "10.1.2.3", True),
        ("10.1.2.3", "mail.example", "10.1.2.4", False),
        ("10.1.0.0/16", "mail.example", "10.1.2.4", True),
        ("imap.intra", "IMAP.intra.", "10.9.9.9", True),
        ("imap.intra", "imap.intra.evil.example", "10.9.9.9", False),
        ("fd12::/16", "mail.example", "fd12::7", True),
        ("10.1.2.3", "mail.example", "::ffff:10.1.2.3", False),
    ],
)
def test_a_setting_lets_in_what_it_names_and_no_more(
    settings: Settings, named: str, host: str, address: str, allowed: bool
) -> None:
    settings.CONNECT_TO = guard.names(f" {named} , mx.other.example")

    assert guard.allows(host, address) is allowed


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433", "0"])
def test_no_spelling_of_this_machine_is_connected_to(door: socket.socket, host: str) -> None:
    with pytest.raises(guard.Refused):
        guard.connect(host, door.getsockname()[1], timeout=5)


def test_the_address_that_was_checked_is_the_one_connected_to(
    door: socket.socket, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name answers something else whenever it is asked again, as an attacker's does."""
    settings.CONNECT_TO = ("127.0.0.1",)
    answers = [["169.254.169.254", "127.0.0.1"], ["169.254.169.254"]]
    asked: list[str] = []

    def answering(host: str, port: int, **_how: Any) -> list[Any]:
        asked.append(host)
        kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*kind, (address, port)) for address in answers[len(asked) - 1]]

    monkeypatch.setattr(socket, "getaddrinfo", answering)

    with guard.connect("mail.example", door.getsockname()[1], timeout=5) as connection:
        assert connection.getpeername()[0] == "127.0.0.1"
    assert asked == ["mail.example"]


@pytest.mark.django_db
@pytest.mark.parametrize("security", ["tls", "starttls", "none"])
def test_trying_a_mailbox_tells_nothing_of_what_is_inside(door: socket.socket, security: str) -> None:
    listening = door.getsockname()[1]
    with socket.create_server(("127.0.0.1", 0)) as other:
        shut = other.getsockname()[1]
    told = set()
    mailbox = Mailbox.objects.create(
        marketplace=gather().marketplace, address="sac@loja.example", kind="imap", security=security,
        password=mailbox_secrets.seal("segredo"),
    )  # fmt: skip

    for host, port in (("127.0.0.1", listening), ("127.0.0.1", shut), ("10.255.255.1", 143), ("nobody.invalid", 143)):
        mailbox.host, mailbox.port = host, port
        with pytest.raises(fetching.Unreachable) as no:
            fetching.probe(mailbox)
        told.add(str(no.value).replace(host, "HOST"))

    assert len(told) == 1
    door.settimeout(0.1)
    with pytest.raises(TimeoutError):
        door.accept()


@pytest.mark.parametrize("tls", [True, False])
def test_letters_leave_by_no_server_inside_that_was_not_named(
    door: socket.socket, settings: Settings, tls: bool
) -> None:
    backend = mail.get_connection(
        "tratativa.mail.outgoing.smtp.Backend", host="127.0.0.1", port=door.getsockname()[1], use_ssl=tls
    )

    with pytest.raises(guard.Refused):
        backend.open()

    door.settimeout(0.1)
    with pytest.raises(TimeoutError):
        door.accept()
